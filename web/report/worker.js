// Between /report and the network: without one, the page opens as web/report/shell.js has kept it. This keeps nothing, and answers nothing else.
const CACHE = 'report'
const PAGE = '/report'
const PATIENCE = 4000 // ms: in a stairwell a telephone believes for minutes that there is a network

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin) return
  if (mode === 'navigate' && pathname === PAGE) event.respondWith(page(event.request))
  else if (pathname.startsWith('/assets/')) event.respondWith(kept(pathname).then(found => found ?? fetch(event.request)))
})

async function page(request) {
  const found = await kept(PAGE)
  if (!found) return fetch(request)
  const late = new Promise(done => setTimeout(done, PATIENCE, found))
  return Promise.race([fetch(request).catch(() => found), late])
}

/** What stands in the cache under a path, or undefined. Nothing kept here differs by a header. */
async function kept(path) {
  return (await caches.has(CACHE)) ? (await caches.open(CACHE)).match(path, { ignoreVary: true }) : undefined
}
