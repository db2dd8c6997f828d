// On every page: whoever may report finds /report also without a network. Its empty form, and what that loads, are kept in this browser, for the
// person who is signed in; nothing of a case. web/report/worker.js answers with it.
const CACHE = 'report'
const PAGE = '/report'
const ASSETS = ['link[href^="/assets/"]', 'script[src^="/assets/"]', 'img[src^="/assets/"]'].join()
// Whose form is kept, of which build.
const FLAG = 'report-shell'

const told = (name, page = document) => page.querySelector(`meta[name=${name}]`)?.content

async function look() {
  const user = told('user')
  if (!navigator.serviceWorker || !window.caches || (!user && location.pathname !== '/login')) return // not over https, or a page of an error
  const wanted = user && document.querySelector(`.bar-places a[href="${PAGE}"]`) ? `${user} ${told('build')}` : null
  const found = localStorage.getItem(FLAG)
  if (found?.split(' ')[0] !== user || !wanted) await forget()
  if (wanted && (found !== wanted || location.pathname === PAGE)) await keep(user, wanted)
}

async function keep(user, wanted) {
  const answer = await fetch(`${PAGE}/shell`, { headers: { Accept: 'text/html', 'X-Requested-With': 'XMLHttpRequest' }, credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.clone().text(), 'text/html')
  if (told('user', page) !== user) return
  const assets = new Set([...page.querySelectorAll(ASSETS)].map(part => part.getAttribute('href') ?? part.getAttribute('src')))
  const cache = await caches.open(CACHE)
  const there = new Set((await cache.keys()).map(request => new URL(request.url).pathname))
  // The page after what it loads, and what it no longer loads after the page: there is no moment at which it would open in pieces.
  await cache.addAll([...assets].filter(path => !there.has(path)))
  await cache.put(PAGE, answer)
  for (const path of there) if (path !== PAGE && !assets.has(path)) await cache.delete(path)
  localStorage.setItem(FLAG, wanted)
  await navigator.serviceWorker.register(`${PAGE}/worker.js`, { scope: PAGE })
}

async function forget() {
  await caches.delete(CACHE)
  localStorage.removeItem(FLAG)
}

// A browser that keeps nothing (a private window, a full disk) has the page with a network only.
if (navigator.onLine) look().catch(() => {})
