// Every request of a page shows the session's token, and says that a script made it, so that no password is asked for by the browser.

/** The headers that an unsafe request of this session needs. */
export function shown() {
  return { 'X-CSRF-Token': document.querySelector('meta[name=csrf]').content, 'X-Requested-With': 'XMLHttpRequest' }
}

/**
 * The session's token, for a page that was opened without a network and has none -> 200; 0 where nobody answers, 401 where the session is over,
 * 403 where by now somebody else is signed in, who may not send what this page holds.
 */
export async function token() {
  const page = name => document.querySelector(`meta[name=${name}]`)
  if (page('csrf').content) return 200
  const { status, body } = await ask('GET', '/api/session')
  if (status !== 200) return status
  if ([body.username, body.behalf_of].filter(Boolean).join('/') !== page('user').content) return 403
  page('csrf').content = body.csrf_token
  return 200
}

document.addEventListener('htmx:config:request', event => Object.assign(event.detail.ctx.request.headers, shown()))

/** Asks one of our own doors -> {status, body}, the body read where it is JSON; status 0 where nobody answered. */
export async function ask(method, path, body, more = {}) {
  const headers = { ...shown(), Accept: 'application/json', ...more }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  let answer
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin' })
  } catch {
    return { status: 0, body: null }
  }
  if (answer.status === 401) signIn()
  const isJson = answer.status !== 204 && (answer.headers.get('Content-Type') || '').includes('json')
  return { status: answer.status, body: isJson ? await answer.json() : null }
}

/** The session is over: sign in, and come back here. */
export function signIn() {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
}
