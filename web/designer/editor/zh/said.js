// How our dictionaries are asked. What a library says is looked up without regard to case and hyphens ("Sub-process", "Sub Process").

const plain = text => text.toLowerCase().replaceAll('-', ' ').replaceAll(/\s+/g, ' ').trim()

/** A dictionary of many tables -> {has(text), translate(text, replacements)}. What it does not know stays as it is. */
export function dictionary(...tables) {
  const known = new Map(tables.flatMap(table => Object.entries(table)).map(([text, said]) => [plain(text), said]))
  const find = text => known.get(plain(text)) ?? text

  function translate(text, replacements = {}) {
    return find(text).replace(/{\s*([^}]+?)\s*}/g, (whole, name) => name in replacements ? find(String(replacements[name])) : whole)
  }

  return { has: text => known.has(plain(text)), translate }
}
