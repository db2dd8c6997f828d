// A telephone's photo has ten times the pixels that anybody looks at, and the network in a stairwell is thin: it is made smaller before it goes.
// When and where it was taken goes along: the server reads both from the EXIF of what arrives (engine/content/photos.py).
const SIDE = 2560 // pixels of the longer side
const QUALITY = 0.85
const [SOI, EXIF, SCAN] = [0xffd8, 0xffe1, 0xffda] // markers of JPEG (ITU-T T.81, B.1.1.3), and of EXIF in it (JEITA CP-3451, 4.7.2)
const ORIENTATION = 0x0112

/** A chosen file as it is sent: a JPEG of more than SIDE pixels made smaller, every other one as it is; so too what cannot be read here. */
export async function smaller(file) {
  if (file.type !== 'image/jpeg') return file
  try {
    const photo = await createImageBitmap(file) // upright, whatever way the telephone was held
    const factor = SIDE / Math.max(photo.width, photo.height)
    if (factor >= 1) return file
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(photo.width * factor), height: Math.round(photo.height * factor) })
    const context = canvas.getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(photo, 0, 0, canvas.width, canvas.height)
    photo.close()
    const drawn = await new Promise(done => canvas.toBlob(done, file.type, QUALITY))
    const parts = [drawn.slice(0, 2), ...exifOf(await file.arrayBuffer()), drawn.slice(2)]
    const made = new File(parts, file.name, { type: file.type, lastModified: file.lastModified })
    return made.size < file.size ? made : file
  } catch {
    return file
  }
}

/** The segments of a JPEG that hold EXIF, told to be upright. Throws RangeError where the file is none, or broken off. */
function exifOf(content) {
  const view = new DataView(content)
  const found = []
  if (view.getUint16(0) !== SOI) throw new RangeError('no JPEG')
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint16(at) === 0xffff) at += 1 // filled up
    const marker = view.getUint16(at)
    if (marker < 0xff00) throw new RangeError('no segment')
    if (marker === SCAN) return found
    if (marker === EXIF && text(view, at + 4, 6) === 'Exif\0\0') found.push(upright(content.slice(at, at + 2 + view.getUint16(at + 2))))
  }
}

/** The same segment, whose photo no longer lies on its side: it was drawn upright. */
function upright(segment) {
  const view = new DataView(segment, 10) // the TIFF in it: marker, length and name stand before
  const little = text(view, 0, 2) === 'II'
  const first = view.getUint32(4, little)
  for (let entry = 0; entry < view.getUint16(first, little); entry += 1) {
    const at = first + 2 + 12 * entry
    if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little)
  }
  return segment
}

function text(view, at, length) {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
}
