// The one dialog of a page: whatever is put into it opens it; any answer to its form, or a button that says so, closes it.
const dialog = document.getElementById('dialog')

document.addEventListener('htmx:after:swap', event => {
  if (event.detail.ctx?.target === dialog && dialog.childElementCount && !dialog.open) dialog.showModal()
})

document.addEventListener('htmx:after:request', event => {
  if (dialog.open && event.detail.ctx?.sourceElement?.matches('#dialog form')) dialog.close()
})

dialog?.addEventListener('click', event => {
  if (event.target === dialog || event.target.closest('[data-close]')) dialog.close()
})

dialog?.addEventListener('close', () => dialog.replaceChildren())

// A menu closes when one does something else.
document.addEventListener('click', event => {
  for (const menu of document.querySelectorAll('details.bar-me[open]')) if (!menu.contains(event.target)) menu.open = false
})
