// What was not sent yet stays in this browser, with its photos: a row {id, user, state, made, fields, photos [{name, blob}], …} each.
// `state`: draft (is being filled in), waiting (handed in, for the network), refused (the server said no: problems, sentence).
const NAME = 'bihuan', TABLE = 'reports'
// What other pages look at before they load anything of this.
const FLAG = 'unsent-reports'

let opening = null

function open() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(TABLE, { keyPath: 'id' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function run(mode, work) {
  const database = await open()
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(TABLE, mode)
    const request = work(transaction.objectStore(TABLE))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = transaction.onabort = () => reject(transaction.error)
  })
}

/** All rows of `user`, oldest first. */
export async function all(user) {
  const rows = (await run('readonly', table => table.getAll())).filter(row => row.user === user)
  return rows.sort((one, other) => one.made - other.made)
}

/** One row, or undefined. */
export function one(id) {
  return run('readonly', table => table.get(id))
}

/** Keeps a row; false where this browser keeps nothing (a private window, a full disk). */
export async function keep(row) {
  try {
    await run('readwrite', table => table.put(row))
    if (row.state === 'waiting') flag(true)
    return true
  } catch {
    return false
  }
}

export async function drop(id) {
  try {
    await run('readwrite', table => table.delete(id))
  } catch {
    // Nothing was kept.
  }
}

/** Whether something waits here, for pages that do not load this. */
export function flag(waits) {
  if (waits) localStorage.setItem(FLAG, '1')
  else localStorage.removeItem(FLAG)
}
