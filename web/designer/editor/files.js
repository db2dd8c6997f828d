// A file out of the browser, and one into it.
export function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = Object.assign(document.createElement('a'), { href: address, download: name })
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** The text of a file that somebody chooses; null where they choose none. */
export function file(accept) {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept })
  return new Promise(resolve => {
    input.addEventListener('change', async () => resolve(input.files[0] ? await input.files[0].text() : null))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}
