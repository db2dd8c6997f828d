// What a form keeps apart: shown in its place to who gives a reason, until the page is left.
import { ask } from '../layout/session.js'
import { refusal, why } from './reason.js'

document.addEventListener('click', event => {
  const button = event.target.closest('[data-reveal]')
  if (!button) return
  const dialog = document.getElementById('dialog'), { reveal, ref, label } = button.dataset
  const emergency = 'emergency' in button.dataset
  const told = '谁在何时因何查看，会记入案件历史。'
  why(dialog, { title: `查看${label}`, told, button: '查看', emergency }, async (reason, broken) => {
    const { status, body } = await ask('POST', reveal, { ref, reason, emergency: emergency && broken })
    if (status !== 200) return refusal(status, body)
    const shown = Object.assign(document.createElement('b'), { className: 'revealed', textContent: body.value, tabIndex: -1 })
    dialog.close()
    button.replaceWith(shown)
    shown.focus()
  })
})
