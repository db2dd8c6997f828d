// The form of a find: photo, what, where. All of it is kept in this browser until the server has said that it arrived.
import { say } from '../layout/notice.js'
import { signIn } from '../layout/session.js'
import { all, drop, keep, one } from './kept.js'
import { Photos } from './photos.js'
import { Place } from './place.js'
import { key, later, send, sendWaiting } from './send.js'
import { clear, point } from './problems.js'
import { Unsent } from './unsent.js'

const PAUSE = 400 // ms after the last letter
const AGAIN = 20_000 // ms between attempts

const form = document.getElementById('report')
if (form) start()

async function start() {
  const user = document.querySelector('meta[name=user]').content
  const limits = Object.fromEntries(['exact', 'photos', 'size', 'together'].map(name => [name, Number(form.dataset[name])]))
  let row = null // what is being filled in
  let busy = false
  let timer = null

  const photos = new Photos(limits, save)
  const place = new Place(form, limits, () => save())
  const unsent = new Unsent({ mend, forget, now: () => round(true) })

  const fields = () => ({ ...Object.fromEntries(new FormData(form)), ...place.position() })
  const draft = () => ({ ...row, fields: fields(), photos: photos.list, state: 'draft' })
  const touched = found => found.photos.length || found.fields.category || found.fields.text || found.fields.address

  /** Keeps what is there; what is empty is not worth it. */
  async function save() {
    clearTimeout(timer)
    if (busy || !row) return
    const found = draft()
    if (touched(found)) await keep(found)
    else await drop(row.id)
  }

  function fill(found) {
    row = found
    form.reset()
    clear(form)
    for (const [name, value] of Object.entries(found.fields)) {
      const field = form.elements[name]
      if (field && value !== null) field.value = value
    }
    photos.show(found.photos)
    place.show(found.fields)
    asked()
  }

  /** An empty form, with the key under which it will be sent. */
  function empty() {
    fill({ id: key(), user, state: 'draft', made: Date.now(), fields: {}, photos: [] })
    place.locate()
  }

  // What depends on what was chosen.
  function asked() {
    const { category, severe } = fields()
    const rare = form.querySelector('.chips-more')
    if (rare.querySelector(':checked')) rare.open = true
    document.getElementById('severe-hint').hidden = severe !== '1'
    document.getElementById('text-asked').textContent = category === 'H99' ? '（请写明是什么）' : '（可以不填）'
  }

  /** What can be seen to be missing without a server -> {field: [sentence]}. */
  function missing({ category, text, address }) {
    const problems = {}
    if (!photos.list.length) problems.photos = ['请至少拍一张现场照片。']
    if (!category) problems.category = ['请选择是什么隐患。']
    if (category === 'H99' && text.trim().length < 4) problems.text = ['选了“其他”的，请说明是什么隐患（至少 4 个字）。']
    if (address.trim().length < 4 && (address.trim() || !place.isExact())) problems.address = [place.why()]
    return problems
  }

  async function hand() {
    if (busy) return
    await photos.ready()
    const problems = missing(fields())
    if (Object.keys(problems).length) return point(form, problems)
    clear(form)
    busy = true
    const handed = { ...draft(), state: 'waiting', handed: Date.now() }
    handed.fields.found_at = new Date(handed.handed).toISOString()
    const isKept = await keep(handed)
    going(0)
    const { status, body } = await send(handed, going)
    going(null)
    busy = false
    if (status === 201) {
      await drop(handed.id)
      return location.assign(body.at)
    }
    // It waits here, and goes when one is back.
    if (status === 401 && isKept) return signIn()
    if (status === 403 && later(status, body) && isKept) return location.reload()
    if (later(status, body) && isKept) {
      empty()
      scrollTo(0, 0)
      const with_ = `已存在这台手机上（含照片 ${handed.photos.length} 张）`
      say(`${status ? '系统正忙' : '没有网络'}，这条上报还没有发出，${with_}，连上网络后自动发送，不用再报。`, 'wrong')
      return renew()
    }
    row = { ...handed, state: 'draft' }
    await save()
    if (later(status, body)) return say('没有网络，还没有发出，本机也存不下。请不要关闭此页，网络恢复后再按“发送上报”。', 'wrong')
    if (body?.problems && Object.keys(body.problems).some(name => name)) point(form, body.problems)
    else say(body?.sentence || '没有发出，请稍后再试。', 'wrong')
  }

  function going(part) {
    const button = document.getElementById('send')
    const bar = document.getElementById('going')
    button.disabled = part !== null
    button.textContent = part === null ? '发送上报' : '正在发送'
    bar.hidden = part === null
    if (part !== null) bar.value = part
  }

  /** Tries what waits, and says what arrived. */
  async function round(byHand = false) {
    if (!busy && (byHand || navigator.onLine)) {
      const arrived = await sendWaiting(user, byHand).catch(() => [])
      if (arrived.length) say(`${arrived.map(each => each.number).join('、')} 已发出。`, 'done')
      else if (byHand) say('还没有连上，连上网络后会自动发送。', 'wrong')
    }
    await renew()
  }

  async function renew() {
    const rows = await all(user).catch(() => [])
    unsent.show(rows.filter(each => each.state !== 'draft' && each.id !== (busy && row.id)))
  }

  /** What the server refused is filled in again, its problems at their fields; what was being filled in is kept. */
  async function mend(id) {
    await save()
    const found = await one(id)
    if (!found) return renew()
    fill({ ...found, state: 'draft' })
    await save()
    await renew()
    if (Object.keys(found.problems).some(name => name)) point(form, found.problems)
    else say(found.sentence, 'wrong')
  }

  async function forget(id) {
    await drop(id)
    await renew()
  }

  form.addEventListener('submit', event => {
    event.preventDefault()
    hand()
  })
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  })
  form.addEventListener('change', event => {
    asked()
    clear(form, event.target.closest('[data-field]')?.dataset.field)
    if (event.target.type !== 'file') save()
  })
  window.addEventListener('online', () => round())
  window.addEventListener('pagehide', save)
  setInterval(() => !document.hidden && localStorage.getItem('unsent-reports') && round(), AGAIN)

  const rows = await all(user).catch(() => [])
  const left = rows.filter(each => each.state === 'draft').pop()
  if (left) {
    fill(left)
    if (!place.position().lng) place.locate()
  } else empty()
  if ('kept' in form.dataset) say('没有连上网络。照常填写、发送即可：会存在这台手机上，连上网络后自动发出。')
  form.inert = false // before, what was typed would have been overwritten by what was restored
  await round()
}
