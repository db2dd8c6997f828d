// What is wrong in a form, said twice: at its field, and in a list at the top whose lines lead to the fields.

export class Problems {
  constructor(form, list) {
    Object.assign(this, { form, list })
  }

  clear() {
    this.list.hidden = true
    this.list.replaceChildren()
  }

  /** What form-js itself found and shows at the fields. */
  ofFields() {
    const { errors } = this.form._getState()
    const found = this.instances().flatMap(one => (at(errors, one) || []).map(sentence => [one, `${row(one.indexes)}${label(one.field)}：${sentence}`]))
    this.show(found)
  }

  /** What the server found: {"plan.items.0.text": [sentence]}, each with its field's name in it. */
  fromServer(problems) {
    const instances = this.instances()
    const errors = {}
    const found = Object.entries(problems).flatMap(([path, sentences]) => {
      const one = instances.find(each => each.valuePath.join('.') === path) || null
      if (one?.keyed) put(errors, one, sentences)
      return sentences.map(sentence => [one, sentence])
    })
    this.form._setState({ errors })
    this.show(found)
  }

  /** Every field that is shown, in the order of the page, and every list: {field, indexes, valuePath, keyed, element}. */
  instances() {
    const [fields, shown] = ['formFieldRegistry', 'formFieldInstanceRegistry'].map(name => this.form.get(name))
    const of = ({ id, indexes, valuePath }) => ({ field: fields.get(id), indexes, valuePath, keyed: Boolean(fields.get(id).key) })
    const all = shown.getAll().map(of).map(one => ({ ...one, element: this.element(one) }))
    return all.sort((one, other) => before(one.element, other.element))
  }

  element({ field, indexes }) {
    const id = [`fjs-form-${this.form._id}-${field.id}`, ...Object.values(indexes || {})].join('_')
    const found = ['', '-date', '-time', '-search', '-0'].map(end => document.getElementById(id + end)).find(Boolean)
    return found || document.querySelector(`[id^="${CSS.escape(id)}"]`)
  }

  show(found) {
    const title = Object.assign(document.createElement('p'), { textContent: `有 ${found.length} 处需要改正，还没有提交。` })
    const lines = document.createElement('ul')
    for (const [one, sentence] of found) {
      const line = document.createElement('li')
      if (one?.element) {
        const link = Object.assign(document.createElement('a'), { href: `#${one.element.id}`, textContent: sentence })
        link.addEventListener('click', event => {
          event.preventDefault()
          one.element.scrollIntoView({ block: 'center' })
          const input = one.element.matches('input, textarea, button') ? one.element : one.element.querySelector('input, textarea, button')
          input?.focus({ preventScroll: true })
        })
        line.append(link)
      } else line.textContent = sentence
      lines.append(line)
    }
    this.list.replaceChildren(title, lines)
    this.list.hidden = false
    this.list.focus({ preventScroll: true })
    this.list.scrollIntoView({ block: 'start' })
  }
}

function label(field) {
  const text = field.label || field.dateLabel || field.timeLabel || field.key
  return text.startsWith('=') ? field.key : text
}

/** In which row of a list, as people count. */
function row(indexes) {
  return Object.values(indexes || {}).map(index => `第 ${index + 1} 行 `).join('')
}

function at(errors, { field, indexes }) {
  return [field.id, ...Object.values(indexes || {})].reduce((found, step) => found?.[step], errors)
}

function put(errors, { field, indexes }, sentences) {
  const steps = [field.id, ...Object.values(indexes || {})]
  const last = steps.pop()
  let holder = errors
  for (const [number, step] of steps.entries()) holder = holder[step] ??= typeof (steps[number + 1] ?? last) === 'number' ? [] : {}
  holder[last] = sentences
}

function before(one, other) {
  if (!one || !other) return one ? -1 : other ? 1 : 0
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
}
