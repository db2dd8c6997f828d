// The question that stands before whatever is shown on the record: why?

let last = ''

/**
 * Puts into `dialog` a form that asks for a reason, and opens it. `ask(reason, emergency)` does it, and returns what is wrong, or nothing.
 * What was said last is offered again: who opens three papers for a hearing has one reason.
 */
export function why(dialog, { title, told, button, emergency }, ask) {
  dialog.innerHTML = `<form class="why"><h2 id="dialog-title"></h2><p class="why-told"></p>
    <label for="why">理由</label><textarea id="why" class="form-control" rows="2" maxlength="200" required></textarea>
    <label class="why-broken" hidden><input type="checkbox"> 我声明情况紧急，确有必要破例查看</label>
    <p class="problem" role="alert" hidden></p>
    <div class="dialog-do"><button class="btn btn-primary"></button><button type="button" class="btn btn-quiet" data-close>取消</button></div></form>`
  const form = dialog.querySelector('form'), reason = form.querySelector('textarea'), wrong = form.querySelector('.problem')
  const broken = form.querySelector('.why-broken'), submit = form.querySelector('.btn-primary')
  form.querySelector('h2').textContent = title
  form.querySelector('.why-told').textContent = told
  submit.textContent = button
  reason.value = last
  broken.hidden = !emergency
  form.noValidate = true
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const said = reason.value.trim()
    submit.disabled = true
    const problem = said ? await ask(said, broken.querySelector('input').checked) : '请写明理由，理由会记入案件历史。'
    submit.disabled = false
    if (said && !problem) last = said
    wrong.hidden = !problem
    wrong.textContent = problem || ''
  })
  if (!dialog.open) dialog.showModal()
  reason.focus()
}

/** What a door's refusal says to people. */
export function refusal(status, body) {
  const told = Object.values(body?.problems || {}).flat().find(sentence => /[\u4e00-\u9fff]/.test(sentence))
  if (told) return told
  if (status === 0) return '连接中断，没有取到。网络恢复后请再试一次。'
  if (status === 403 || status === 404) return '您不能查看这一项，或者它已经依法删除。'
  return '没有取到，请稍后再试。'
}
