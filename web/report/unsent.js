// What was handed in and has not arrived: what it is, why, and what can be done about it.
import { isOld } from './send.js'

export class Unsent {
  /** `doing`: mend(id), forget(id), now(). */
  constructor(doing) {
    this.doing = doing
    this.place = document.getElementById('unsent')
  }

  show(rows) {
    this.place.hidden = !rows.length
    document.getElementById('unsent-title').textContent = `还有 ${rows.length} 条没有发出`
    this.place.querySelector('ul').replaceChildren(...rows.map(row => this.line(row)))
  }

  line(row) {
    const item = document.createElement('li')
    const waits = row.state === 'waiting'
    const name = document.querySelector(`[name=category][value="${CSS.escape(row.fields.category)}"]`)?.nextElementSibling.textContent
    const what = [name, row.fields.address, `照片 ${row.photos.length} 张`].filter(Boolean).join(' · ')
    const at = new Date(row.handed).toLocaleString('zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false })
    const told = document.createElement('p')
    told.append(Object.assign(document.createElement('b'), { textContent: what }))
    const why = waits ? `${at} 填写，已存在这台手机上，${isOld(row) ? '已超过六天，请先核对是否已经收到，再按“现在发送”' : '连上网络后自动发送'}。` : `${at} 填写，没有通过：${row.sentence}`
    told.append(Object.assign(document.createElement('span'), { textContent: why }))
    item.append(told)
    if (waits) item.append(this.button('现在发送', () => this.doing.now()))
    else item.append(this.button('修改', () => this.doing.mend(row.id)), this.button('不报了', () => this.doing.forget(row.id)))
    return item
  }

  button(text, act) {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text, className: 'btn btn-quiet btn-sm' })
    button.addEventListener('click', act)
    return button
  }
}
