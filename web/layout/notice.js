// One line at the top that says what happened; it is read out, and goes with the next one or by its button.

/** Says a sentence; `kind`: done, wrong or nothing. */
export function say(sentence, kind = '') {
  const place = document.getElementById('notice')
  place.replaceChildren()
  if (!sentence) return
  const line = Object.assign(document.createElement('p'), { textContent: sentence, className: kind })
  const close = Object.assign(document.createElement('button'), { type: 'button', textContent: '知道了', className: 'link' })
  close.addEventListener('click', () => place.replaceChildren())
  line.append(close)
  place.append(line)
}

document.addEventListener('htmx:error', event => {
  if (event.detail.ctx) say('连接中断，刚才的操作没有完成。网络恢复后请再试一次。', 'wrong')
})
