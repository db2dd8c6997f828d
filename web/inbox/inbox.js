// The list renews itself, quietly; and it is walked through by keys: / searches, j and k go down and up, Enter opens.
import htmx from 'htmx.org'

const EVERY = 30_000
let renewed = Date.now()

function renew() {
  const list = document.getElementById('list')
  if (!list || document.hidden || document.querySelector('dialog[open]') || Date.now() - renewed < 5_000) return
  renewed = Date.now()
  for (const part of [list, document.getElementById('queues')]) htmx.trigger(part, 'refresh')
}

setInterval(renew, EVERY)
window.addEventListener('focus', renew)
document.addEventListener('visibilitychange', renew)

// Whoever pressed a button of a row by key goes on in that row: the button is gone with the row that was put in its place.
document.addEventListener('htmx:after:swap', ({ detail: { ctx } }) => {
  if (!ctx?.target?.matches('tr.task')) return
  setTimeout(() => {
    const row = document.getElementById(ctx.target.id)
    if (document.activeElement === document.body) (row?.querySelector('.c-do :is(a, button)') ?? row?.querySelector('.what'))?.focus()
  })
})

// The queue that is shown is in sight, where they do not all fit.
document.querySelector('.queues [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })

function step(by) {
  const links = [...document.querySelectorAll('.tasks .what')]
  const at = links.findIndex(link => link.closest('tr').contains(document.activeElement))
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog, [contenteditable]')) return
  const search = document.getElementById('search')
  if (event.key === '/' && search) {
    event.preventDefault()
    search.select()
  } else if (event.key === 'j') step(1)
  else if (event.key === 'k') step(-1)
})
