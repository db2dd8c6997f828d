// The photos of a find: copied as they are taken, because what a camera hands over may be gone when there is a network again.
import { smaller } from '../layout/smaller.js'

const PLACE = 'photos'

export class Photos {
  /** `limits`: photos, size, together; `changed()` after each change. */
  constructor(limits, changed) {
    Object.assign(this, { limits, changed, list: [], urls: [], copying: Promise.resolve() })
    for (const id of ['camera', 'album']) {
      const input = document.getElementById(id)
      input.addEventListener('change', () => {
        const files = [...input.files]
        input.value = ''
        this.copying = this.copying.then(() => this.take(files))
      })
    }
  }

  /** Once everything that was chosen is here. */
  ready() {
    return this.copying
  }

  async take(files) {
    const wrong = []
    for (const chosen of files) {
      const file = await smaller(chosen)
      const size = this.list.reduce((sum, photo) => sum + photo.blob.size, file.size)
      if (this.list.length >= this.limits.photos) wrong.push(`最多 ${this.limits.photos} 张照片。`)
      else if (file.size > this.limits.size || size > this.limits.together) wrong.push(`「${file.name}」太大，没有收下。`)
      else this.list.push({ name: file.name, blob: new Blob([await file.arrayBuffer()], { type: file.type }) })
    }
    this.draw()
    document.getElementById('photos-problem').textContent = [...new Set(wrong)].join('')
    await this.changed()
  }

  show(list) {
    this.list = [...list]
    this.draw()
  }

  draw() {
    this.urls.splice(0).forEach(url => URL.revokeObjectURL(url))
    const place = document.getElementById(PLACE)
    place.replaceChildren(...this.list.map((photo, number) => this.shot(photo, number)))
    place.hidden = !this.list.length
    document.querySelector('.shot-camera').textContent = this.list.length ? '再拍一张' : '拍照'
  }

  shot(photo, number) {
    const url = URL.createObjectURL(photo.blob)
    this.urls.push(url)
    const item = document.createElement('li')
    const image = Object.assign(document.createElement('img'), { src: url, alt: `照片 ${number + 1}`, width: 96, height: 96 })
    image.addEventListener('error', () => image.replaceWith(Object.assign(document.createElement('span'), { className: 'shot-none', textContent: photo.name })))
    const away = Object.assign(document.createElement('button'), { type: 'button', textContent: '移除' })
    away.setAttribute('aria-label', `移除照片 ${number + 1}`)
    away.addEventListener('click', () => {
      this.list.splice(number, 1)
      this.draw()
      document.getElementById('photos-problem').textContent = ''
      this.changed()
    })
    item.append(image, away)
    return item
  }
}
