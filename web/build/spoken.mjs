// A plugin that reads what was built: whatever a library asks its `translate` for must stand in our dictionary, or the build fails.
// It looks at the modules as they are rendered, so that what nobody can reach is not asked for.
const ASKED = /(?:(?<!['"])\btranslate|get\(['"]translate['"]\))\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g

/** `files`: whose texts, by a pattern; `known(text)`: whether it has its Chinese. */
export function spoken(name, files, known) {
  return {
    name: `spoken:${name}`,
    generateBundle(_, bundle) {
      const missing = new Set()
      for (const chunk of Object.values(bundle)) {
        for (const [id, module] of Object.entries(chunk.modules ?? {})) {
          if (!files.test(id.replaceAll('\\', '/')) || !module.code) continue
          for (const [, literal] of module.code.matchAll(ASKED)) {
            const text = new Function(`return ${literal}`)()
            if (!known(text)) missing.add(text)
          }
        }
      }
      if (missing.size) this.error(`Expected Chinese for ${missing.size} texts, but there is none: ${JSON.stringify([...missing], null, 1)}`)
    },
  }
}
