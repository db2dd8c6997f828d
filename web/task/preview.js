// 预览文书: what would be issued if the form were handed in as it stands, shown as pages. Nothing is stored and no number taken.
import '../paper/print.js'
import { shown, signIn } from '../layout/session.js'
import { say } from '../layout/notice.js'

const dialog = document.getElementById('paper')

/** `filled()` gives the form's values, or nothing where it shows itself what is wrong; `wrong(problems)` shows what the server found. */
export function previews(filled = () => ({}), wrong = null) {
  const button = document.querySelector('[data-preview]')
  button?.addEventListener('click', async () => {
    const variables = await filled()
    if (!variables) return
    button.disabled = true
    await preview(button.dataset.preview, variables, wrong)
    button.disabled = false
    if (!dialog.open) return
    dialog.addEventListener('close', () => button.focus(), { once: true })
  })
  // Until here a press would be lost.
  if (button) button.disabled = false
}

async function preview(path, variables, wrong) {
  const headers = { ...shown(), Accept: 'text/html', 'Content-Type': 'application/json' }
  let answer
  try {
    answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify({ variables }), credentials: 'same-origin' })
  } catch {
    return say('连接中断，没有取到预览。网络恢复后请再试一次。', 'wrong')
  }
  if (answer.status === 401) return signIn()
  if (answer.ok) return open(await answer.text())
  const told = await answer.json().catch(() => null)
  const { '': whole, ...fields } = told?.problems || {}
  if (Object.keys(fields).length && wrong) wrong(fields)
  else say(whole?.[0] || told?.sentence || '没有取到预览，请稍后再试。', 'wrong')
}

/** `page`: the fragment that our own server made; it holds text and classes alone. */
function open(page) {
  dialog.innerHTML = `<div class="paper-head"><h2 id="dialog-title">预览文书</h2>
    <button type="button" class="btn btn-primary" data-close>关闭</button></div>
    <div class="paper-desk" tabindex="0" role="region" aria-label="文书内容"></div>`
  dialog.querySelector('.paper-desk').innerHTML = page
  dialog.classList.add('paper-open')
  dialog.showModal()
  dialog.querySelector('[data-close]').focus()
}
