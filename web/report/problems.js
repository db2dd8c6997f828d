// What is wrong stands at its field; the first one comes into view and is read out.

/** Takes the problems away: of one field, or all. */
export function clear(form, name = null) {
  for (const part of form.querySelectorAll(name ? `[data-field="${name}"]` : '[data-field]')) {
    const line = document.getElementById(`${part.dataset.field}-problem`)
    line.textContent = ''
    for (const field of fields(part)) field.removeAttribute('aria-invalid')
  }
}

/** Puts {field: [sentence]} where it belongs. */
export function point(form, problems) {
  clear(form)
  let first = null
  for (const part of form.querySelectorAll('[data-field]')) {
    const said = problems[part.dataset.field]
    if (!said) continue
    document.getElementById(`${part.dataset.field}-problem`).textContent = said.join('')
    for (const field of fields(part)) field.setAttribute('aria-invalid', 'true')
    first ??= part
  }
  const line = first && document.getElementById(`${first.dataset.field}-problem`)
  first?.scrollIntoView({ block: 'center' })
  fields(first ?? form)[0]?.focus({ preventScroll: true })
  const rest = Object.keys(problems).filter(name => name && !form.querySelector(`[data-field="${name}"]`)).flatMap(name => problems[name])
  if (rest.length && !line) document.getElementById('problems').textContent = rest.join('')
}

function fields(part) {
  return [...part.querySelectorAll('input:not([type=hidden]):not([type=radio]), select, textarea')].filter(field => field.closest('[data-field]') === part)
}
