// The form of a task, as an island in its page: shown by form-js, kept as a draft while it is filled in, handed in whole.
import { Form } from '@bpmn-io/form-js-viewer'
import '../paper/paper.css'
import '../paper/dialog.css'
import '../case/papers.js'
import flatpickr from 'flatpickr'
import { Mandarin } from 'flatpickr/dist/l10n/zh.js'
import { ask } from '../layout/session.js'
import { say } from '../layout/notice.js'
import { Drafts } from './drafts.js'
import { filesOf } from './files.js'
import { previews } from './preview.js'
import { Problems } from './problems.js'

flatpickr.localize(Mandarin)

const place = document.getElementById('form')
const button = document.getElementById('submit')

if (place) start(JSON.parse(document.getElementById('form-data').textContent))
else {
  button?.addEventListener('click', () => submit(button.dataset, {}))
  ready()
  previews()
}

/** A press before there is somebody to hear it would be lost: the page comes with its button disabled. */
function ready() {
  if (button) button.disabled = false
}

async function start(given) {
  const container = document.createElement('div')
  // Without a pause after each letter: form-js would lose what was typed into one field while another one changes.
  const form = new Form({ container, debounce: false, properties: { readOnly: !given.editable }, additionalModules: [filesOf(given.task)] })
  container.className = given.editable ? 'fill-in' : 'to-read'
  await form.importSchema(readable(given.schema, given.editable), given.values)
  place.replaceChildren(container)
  place.classList.remove('form-shape')
  place.removeAttribute('aria-busy')
  if (!given.editable) return previews()
  const problems = new Problems(form, document.getElementById('problems'))
  const drafts = new Drafts(form, given, document.getElementById('draft'))
  const filled = async wish => {
    if (container.querySelector('[data-uploading]')) return say(`附件还在上传，传完后再${wish}。`, 'wrong')
    // What stands in a field that was just typed in is taken over when it loses the focus.
    document.activeElement?.blur()
    await new Promise(resolve => setTimeout(resolve, 50))
    const { data, errors } = form.submit()
    if (Object.keys(errors).length) return problems.ofFields()
    problems.clear()
    return data
  }
  previews(() => filled('预览'), found => problems.fromServer(found))
  button.addEventListener('click', async () => {
    const data = await filled('提交')
    if (!data) return
    drafts.pause()
    if (!(await submit(given, data, problems))) drafts.goOn()
  })
  ready()
}

/** A copy of a schema in which a line of text that is only to be read is as high as its text is long. */
function readable(part, editable) {
  const components = part.components?.map(one => readable(one, editable))
  const type = part.type === 'textfield' && (!editable || part.readonly === true) ? 'textarea' : part.type
  return { ...part, type, ...(components && { components }) }
}

// One attempt of handing in is done once, however often it is sent.
let attempt = null

/** Hands in; true where one leaves the page. */
async function submit({ submit: path, done }, variables, problems) {
  button.disabled = true
  button.textContent = '正在提交'
  const told = JSON.stringify(variables)
  if (attempt?.told !== told) attempt = { told, key: [...crypto.getRandomValues(new Uint32Array(4))].join('-') }
  const { status, body } = await ask('POST', path, { variables }, { 'Idempotency-Key': attempt.key })
  if (status === 204) {
    location.assign(done)
    return true
  }
  button.disabled = false
  button.textContent = '提交'
  if (status === 0) say('连接中断，还没有提交。您填写的内容仍在这里，网络恢复后请再按一次「提交」。', 'wrong')
  else if (body?.problems && Object.keys(body.problems).length && problems) problems.fromServer(body.problems)
  else say(body?.sentence || body?.detail || '没有提交成功，请稍后再试。', 'wrong')
  return false
}
