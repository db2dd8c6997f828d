// Sends a find, once: the key that was made with it goes along until the server has acknowledged it, however often it is tried.
import { shown, token } from '../layout/session.js'
import { all, drop, flag, keep } from './kept.js'

const SEND = '/report'
// The server remembers a key for seven days; what waited longer is not sent again by itself.
const BY_ITSELF = 6 * 24 * 3600 * 1000

/** A new key. */
export function key() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36)).join('-')
}

/** Sends a row; `told(0…1)` as it goes -> {status, body}; status 0 where nobody answered. By XMLHttpRequest, which says how far it is. */
export async function send(row, told = () => {}) {
  const status = await token()
  if (status !== 200) return { status, body: null }
  return new Promise(resolve => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    for (const [name, value] of Object.entries(row.fields)) if (value !== null && value !== undefined) body.append(name, value)
    for (const photo of row.photos) body.append('photos', photo.blob, photo.name)
    request.open('POST', SEND)
    for (const [name, value] of Object.entries({ ...shown(), Accept: 'application/json', 'Idempotency-Key': row.id })) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = event => event.lengthComputable && told(event.loaded / event.total)
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = request.onabort = request.ontimeout = () => resolve({ status: 0, body: null })
    request.send(body)
  })
}

/** Will the same come through later, as it is? A session that is another one by now is refused without a sentence. */
export function later(status, body) {
  return status === 0 || status === 401 || (status === 403 && !body?.sentence) || status === 429 || status >= 500
}

/** Did it wait for so long that the server may not know its key any more? */
export function isOld(row) {
  return Date.now() - row.handed > BY_ITSELF
}

/** Sends what waits, one after another -> [{row, at, number}] of what arrived. Only one page of this browser does it at a time. */
export function sendWaiting(user, byHand = false) {
  const work = async () => {
    const arrived = []
    for (const row of await all(user)) {
      if (row.state !== 'waiting' || (!byHand && isOld(row))) continue
      const { status, body } = await send(row)
      if (status === 201) {
        await drop(row.id)
        arrived.push({ row, ...body })
      } else if (later(status, body)) break
      else await keep({ ...row, state: 'refused', problems: body?.problems || {}, sentence: body?.sentence || '服务器没有接收。' })
    }
    flag((await all(user)).some(row => row.state === 'waiting'))
    return arrived
  }
  return navigator.locks ? navigator.locks.request('unsent-reports', { ifAvailable: true }, lock => (lock ? work() : [])) : work()
}
