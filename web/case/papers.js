// A paper is opened as a page, for a reason; the file that is printed and served can be taken from there.
import '../paper/print.js'
import { shown } from '../layout/session.js'
import { refusal, why } from './reason.js'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const dialog = document.getElementById('paper')

dialog?.addEventListener('click', event => {
  if (event.target === dialog || event.target.closest('[data-close]')) dialog.close()
})
dialog?.addEventListener('close', () => dialog.replaceChildren())

document.addEventListener('click', event => {
  const button = event.target.closest('[data-paper]')
  if (!button) return
  const { paper, name } = button.dataset, told = '文书写有隐去的内容。谁在何时因何打开，会记入案件历史。'
  dialog.classList.remove('paper-open')
  why(dialog, { title: `打开 ${name}`, told, button: '打开' }, async reason => {
    const { status, answer, problem } = await opened(paper, reason, 'text/html')
    if (status !== 200) return problem
    show(paper, name, reason, await answer.text())
  })
})

/** Opens a paper in one of its two forms -> {status, answer, problem}. */
async function opened(paper, reason, type) {
  const headers = { ...shown(), Accept: type, 'Content-Type': 'application/json' }
  let answer
  try {
    answer = await fetch(paper, { method: 'POST', headers, body: JSON.stringify({ reason }), credentials: 'same-origin' })
  } catch {
    return { status: 0, problem: refusal(0) }
  }
  const wrong = answer.ok ? null : refusal(answer.status, await answer.json().catch(() => null))
  return { status: answer.status, answer, problem: wrong }
}

/** `page`: the fragment that our own server made of the paper; it holds text and classes alone. */
function show(paper, name, reason, page) {
  dialog.innerHTML = `<div class="paper-head"><h2 id="dialog-title"></h2><p class="problem" role="alert" hidden></p>
    <button type="button" class="btn btn-quiet" data-take>下载 .docx</button><button type="button" class="btn btn-primary" data-close>关闭</button></div>
    <div class="paper-desk" tabindex="0" role="region" aria-label="文书内容"></div>`
  dialog.querySelector('h2').textContent = name
  dialog.querySelector('.paper-desk').innerHTML = page
  dialog.classList.add('paper-open')
  dialog.querySelector('[data-take]').addEventListener('click', () => take(paper, name, reason))
  dialog.querySelector('[data-close]').focus()
}

async function take(paper, name, reason) {
  const { status, answer, problem } = await opened(paper, reason, DOCX)
  const wrong = dialog.querySelector('.problem')
  wrong.hidden = status === 200
  wrong.textContent = problem || ''
  if (status !== 200) return
  const address = URL.createObjectURL(await answer.blob())
  Object.assign(document.createElement('a'), { href: address, download: `${name}.docx` }).click()
  URL.revokeObjectURL(address)
}
