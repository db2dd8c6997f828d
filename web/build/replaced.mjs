// A plugin that says other words in a library's file. The build fails where one of them is no longer there, so that an upgrade
// cannot bring English back in silence. What is looked for may be several ways of writing one text.
export function replaced(file, literals) {
  return {
    name: `replaced:${file}`,
    enforce: 'pre',
    transform(code, id) {
      if (!id.split('?')[0].replaceAll('\\', '/').endsWith(file)) return null
      for (const [from, to] of literals) {
        const there = [from].flat().filter(each => code.includes(each))
        if (!there.length) throw new Error(`Expected ${JSON.stringify(from)} in ${file}, but it is not there`)
        for (const each of there) code = code.replaceAll(each, to)
      }
      return { code, map: null }
    },
  }
}
