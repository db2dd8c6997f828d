// On every page: what was handed in without a network goes as soon as there is one.
import { say } from '../layout/notice.js'

async function look() {
  const user = document.querySelector('meta[name=user]')?.content
  if (!user || document.getElementById('report') || !navigator.onLine || !localStorage.getItem('unsent-reports')) return
  const { sendWaiting } = await import('./send.js')
  const arrived = await sendWaiting(user)
  if (arrived.length) say(`${arrived.map(one => one.number).join('、')} 已发出：之前没有网络时填写的上报。`, 'done')
}

window.addEventListener('online', look)
look()
