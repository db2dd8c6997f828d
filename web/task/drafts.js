// Drafts keep themselves: a moment after something was typed, and when one leaves the page.
import { ask, shown } from '../layout/session.js'
import { say } from '../layout/notice.js'

const PAUSE = 1200 // ms after the last change
const AGAIN = 10_000 // ms after a failure

export class Drafts {
  /** `given`: task, revision; `line`: where it is said when the draft was saved. */
  constructor(form, given, line) {
    Object.assign(this, { form, line, path: `/api/tasks/${given.task}/draft`, revision: given.revision, timer: null, busy: false, off: false })
    this.kept = this.text()
    form.on('changed', () => this.look())
    document.addEventListener('visibilitychange', () => document.hidden && this.leave())
    window.addEventListener('pagehide', () => this.leave())
  }

  text() {
    return JSON.stringify(this.form._getSubmitData())
  }

  look() {
    if (this.off || this.text() === this.kept) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.save(), PAUSE)
  }

  async save() {
    if (this.off || this.busy) return
    const text = this.text()
    if (text === this.kept) return
    this.busy = true
    const { status, body } = await ask('PUT', this.path, { values: JSON.parse(text), revision: this.revision })
    this.busy = false
    if (status === 200) {
      Object.assign(this, { kept: text, revision: body.revision })
      this.line.textContent = `草稿 · ${this.time(body.saved)} 已存`
      this.look()
    } else if (status === 409) {
      this.off = true
      this.line.textContent = '草稿不再自动保存'
      say('这份草稿在另一个窗口改过。刷新本页可以看到那里的内容；在这里继续填写仍可提交，但不再自动保存。', 'wrong')
    } else {
      this.line.textContent = status ? '草稿没有存上' : '连接中断，草稿待存'
      this.timer = setTimeout(() => this.save(), AGAIN)
    }
  }

  /** What is not saved yet is sent as the page goes. */
  leave() {
    if (this.off || this.busy) return
    const text = this.text()
    if (text === this.kept) return
    clearTimeout(this.timer)
    this.kept = text
    const body = JSON.stringify({ values: JSON.parse(text), revision: this.revision })
    const headers = { ...shown(), 'Content-Type': 'application/json', Accept: 'application/json' }
    fetch(this.path, { method: 'PUT', headers, body, keepalive: body.length < 60_000, credentials: 'same-origin' })
      .then(answer => answer.ok && answer.json())
      .then(saved => saved && (this.revision = saved.revision))
      .catch(() => (this.kept = null))
  }

  pause() {
    clearTimeout(this.timer)
    this.off = true
  }

  goOn() {
    this.off = false
    this.look()
  }

  time(moment) {
    return new Date(moment).toLocaleTimeString('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false })
  }
}
