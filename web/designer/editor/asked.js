// A question in the page's dialog.

/** Resolves to whether it was answered with `yes`. */
export async function asked(title, words, yes) {
  return await choose(title, words, [['yes', yes]], '取消') === 'yes'
}

/** Resolves to the name of what was chosen among `ways` ([name, words]), or null. */
export function choose(title, words, ways, no) {
  const dialog = document.getElementById('dialog')
  const head = Object.assign(document.createElement('h2'), { id: 'dialog-title', textContent: title })
  const text = Object.assign(document.createElement('p'), { textContent: words })
  const row = Object.assign(document.createElement('div'), { className: ways.length > 1 ? 'dialog-do dialog-ways' : 'dialog-do' })
  return new Promise(resolve => {
    const button = (name, label, look) => {
      const one = Object.assign(document.createElement('button'), { type: 'button', textContent: label, className: `btn ${look}` })
      one.addEventListener('click', () => {
        resolve(name)
        dialog.close()
      })
      return one
    }
    row.append(...ways.map(([name, label], index) => button(name, label, index ? 'btn-quiet' : 'btn-primary')), button(null, no, 'btn-quiet'))
    dialog.replaceChildren(head, text, row)
    dialog.addEventListener('close', () => resolve(null), { once: true })
    dialog.showModal()
  })
}
