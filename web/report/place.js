// Where it is: by the telephone, with how exact that is; by an address where that is refused, or is not exact enough.
import { shown } from '../layout/session.js'

const ASKED = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 20_000 }
const WORDS = { 1: '没有允许定位，请写明地址', 2: '定不了位，请写明地址', 3: '定位太慢，请写明地址' }
const PAUSE = 600 // ms after the last letter of an address

export class Place {
  /** `changed()` after each change of the position. */
  constructor(form, limits, changed) {
    Object.assign(this, { form, limits, changed, found: null, failed: null, asking: 0, looked: null, timer: null })
    this.line = document.getElementById('position')
    document.getElementById('locate').addEventListener('click', () => this.locate())
    form.elements.address.addEventListener('input', () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.near(), PAUSE)
    })
    form.elements.village?.addEventListener?.('change', () => this.near())
  }

  /** {lng, lat, accuracy} as they are sent; nulls where there is none. */
  position() {
    return this.found ?? { lng: null, lat: null, accuracy: null }
  }

  isExact() {
    return this.found !== null && this.found.accuracy <= this.limits.exact
  }

  /** Why an address is needed. */
  why() {
    if (this.found && !this.isExact() && !this.form.elements.address.value.trim()) return `定位误差超过 ${this.limits.exact} 米，请写明地址。`
    return '请写明地址（至少 4 个字）。'
  }

  show({ lng, lat, accuracy }) {
    this.asking += 1 // what was asked before is not for this one
    this.found = lng ? { lng, lat, accuracy } : null
    this.failed = null
    this.say()
    this.near()
  }

  locate() {
    const asking = ++this.asking
    if (!navigator.geolocation) return this.fail(2)
    this.line.textContent = '正在定位'
    const found = ({ coords }) => {
      if (asking !== this.asking) return
      this.found = { lng: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6), accuracy: Math.round(coords.accuracy) }
      this.failed = null
      this.say()
      this.changed()
      this.near()
    }
    navigator.geolocation.getCurrentPosition(found, error => asking === this.asking && this.fail(error.code), ASKED)
  }

  fail(code) {
    this.failed = code
    this.say()
  }

  say() {
    const { found, failed } = this
    const about = found && (found.accuracy < 1000 ? `${found.accuracy} 米` : `${Math.round(found.accuracy / 100) / 10} 公里`)
    if (found) this.line.textContent = this.isExact() ? `已定位，误差约 ${about}` : `定位误差约 ${about}，请写明地址`
    else this.line.textContent = failed ? WORDS[failed] || WORDS[2] : '还没有定位'
    this.line.classList.toggle('position-found', this.isExact())
    document.getElementById('address-asked').textContent = this.isExact() ? '（可以不填）' : found || failed ? '（请填写）' : '（定位后可以不填）'
  }

  /** What was found stands below the address; that there is something, where one sends it. */
  tell(place, found) {
    place.innerHTML = found
    const count = place.querySelectorAll('li').length
    const line = document.getElementById('near-told')
    line.hidden = !count
    line.firstElementChild.textContent = `这里有 ${count} 处已在台账，先看一下`
  }

  /** What is on the ledger there already. Says nothing where nobody answers: it is only help. */
  async near() {
    const address = this.form.elements.address.value.trim()
    const wanted = new URLSearchParams({ village: this.form.elements.village?.value ?? '' })
    if (address.length >= 4) wanted.set('address', address)
    if (this.isExact()) for (const [name, value] of Object.entries(this.found)) wanted.set(name, value)
    const place = document.getElementById('near')
    if (!wanted.has('address') && !wanted.has('lng')) return this.tell(place, '')
    if (this.looked === String(wanted)) return
    this.looked = String(wanted)
    try {
      const answer = await fetch(`${this.form.dataset.near}?${wanted}`, { headers: { ...shown(), Accept: 'text/html' }, credentials: 'same-origin' })
      if (answer.ok && this.looked === String(wanted)) this.tell(place, await answer.text())
    } catch {
      this.looked = null
    }
  }
}
