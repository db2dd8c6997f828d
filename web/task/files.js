// A form's files: uploaded as they are chosen, shown small, and handed in as references. On a telephone the camera opens at once.
import { Errors, Label } from '@bpmn-io/form-js-viewer'
import { h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { shown, signIn } from '../layout/session.js'
import { smaller } from '../layout/smaller.js'

const AT_ONCE = 10 // files in a request, by api/attachments.py
const WORDS = { 'image/*': '照片', 'application/pdf': 'PDF', '.pdf': 'PDF', 'video/*': '视频', 'video/mp4': '视频' }

/** A module for form-js: file pickers upload to the attachments of `task`. */
export function filesOf(task) {
  class Registering {
    constructor(formFields) {
      formFields.register('filepicker', filePicker(task))
    }
  }
  Registering.$inject = ['formFields']
  return { __init__: ['filesOfTask'], filesOfTask: ['type', Registering] }
}

function filePicker(task) {
  function Files({ field, value, onChange, onBlur, errors = [], disabled, readonly, domId }) {
    const files = Array.isArray(value) ? value : []
    const latest = useRef(files)
    latest.current = files
    const [moving, setMoving] = useState([]) // what is on its way: {name, done, problem, file}
    const camera = useRef(null)
    const locked = disabled || readonly
    const accept = field.accept || ''
    const photos = !accept || /image/.test(accept)
    const errorId = `${domId}-error-message`

    const set = list => {
      latest.current = list
      onChange({ value: list.length ? list : null })
    }
    const change = (id, more) => setMoving(list => list.map(one => (one.id === id ? { ...one, ...more } : one)))
    const forget = id => setMoving(list => list.filter(one => one.id !== id))

    const bring = async one => {
      change(one.id, { done: 0, problem: null })
      const { status, body } = await upload(task, await smaller(one.file), done => change(one.id, { done }))
      if (status === 201) {
        set(field.multiple ? [...latest.current, ...body] : body)
        forget(one.id)
      } else if (status === 401) signIn()
      else change(one.id, { done: null, problem: sentence(status, body) })
    }
    const chosen = async event => {
      const picked = [...event.currentTarget.files].slice(0, field.multiple ? AT_ONCE * 10 : 1)
      event.currentTarget.value = ''
      const added = picked.map(file => ({ id: `${Date.now()}-${Math.random()}`, name: file.name, file, done: 0, problem: null }))
      setMoving(list => [...list, ...added])
      for (const one of added) await bring(one)
      onBlur?.()
    }

    return h('div', { class: `fjs-form-field fjs-form-field-filepicker files${errors.length ? ' fjs-has-errors' : ''}` }, [
      h(Label, { htmlFor: domId, label: field.label, required: field.validate?.required }),
      (files.length > 0 || moving.length > 0) &&
        h('ul', { class: 'files-list' }, [
          ...files.map(file => h(Brought, { key: file.key, file, locked, remove: () => set(latest.current.filter(other => other.key !== file.key)) })),
          ...moving.map(one => h(Moving, { key: one.id, one, again: () => bring(one), forget: () => forget(one.id) })),
        ]),
      readonly && !files.length && h('p', { class: 'files-none' }, '没有附件'),
      !locked &&
        h('div', { class: 'files-do' }, [
          photos && h('button', { type: 'button', class: 'files-camera', onClick: () => camera.current.click() }, '拍照'),
          photos && h('input', { ref: camera, type: 'file', accept: 'image/*', capture: 'environment', hidden: true, onChange: chosen, 'data-camera': true }),
          h('label', { class: 'files-choose' }, [
            h('input', { id: domId, type: 'file', accept: accept || undefined, multiple: Boolean(field.multiple), onChange: chosen, 'aria-describedby': errors.length ? errorId : undefined }),
            h('span', { 'aria-hidden': true }, photos ? '从相册或文件选取' : `选取${WORDS[accept] || '文件'}`),
          ]),
        ]),
      h(Errors, { id: errorId, errors }),
    ])
  }
  Files.config = { type: 'filepicker', keyed: true, name: '附件', group: 'basic-input', emptyValue: null, create: (options = {}) => ({ ...options }) }
  return Files
}

function Brought({ file, locked, remove }) {
  const image = (file.type || '').startsWith('image/')
  const missing = [!file.taken_at && '拍摄时间', (file.lng ?? null) === null && '位置'].filter(Boolean)
  return h('li', { class: 'file' }, [
    h('a', { href: `/api/attachments/${file.key}`, target: '_blank', rel: 'noopener', class: 'file-open' }, [
      image ? h('img', { src: `/api/attachments/${file.key}/thumbnail`, alt: '', width: 64, height: 64, loading: 'lazy' }) : h('span', { class: 'file-kind' }, kind(file)),
      h('span', { class: 'file-name' }, [
        file.name,
        image && h('small', null, missing.length ? `照片里没有${missing.join('和')}` : `${moment(file.taken_at)} · 有位置`),
      ]),
    ]),
    !locked && h('button', { type: 'button', class: 'file-remove', 'aria-label': `移除 ${file.name}`, onClick: remove }, '移除'),
  ])
}

function Moving({ one, again, forget }) {
  const bar = useRef(null)
  useEffect(() => {
    if (bar.current) bar.current.value = one.done
  }, [one.done])
  if (one.problem)
    return h('li', { class: 'file file-wrong' }, [
      h('span', { class: 'file-name' }, [one.name, h('small', null, one.problem)]),
      h('button', { type: 'button', class: 'file-remove', onClick: again }, '重传'),
      h('button', { type: 'button', class: 'file-remove', onClick: forget }, '不传了'),
    ])
  return h('li', { class: 'file', 'data-uploading': true }, [
    h('span', { class: 'file-name' }, [one.name, h('small', null, '正在上传')]),
    h('progress', { ref: bar, max: 1, 'aria-label': `正在上传 ${one.name}` }),
  ])
}

/** Sends a file; `told(0…1)` as it goes -> {status, body}. By XMLHttpRequest, because fetch does not say how far it is. */
function upload(task, file, told) {
  return new Promise(resolve => {
    const request = new XMLHttpRequest()
    const body = new FormData()
    body.append('task', task)
    body.append('files', file)
    request.open('POST', '/api/attachments')
    for (const [name, value] of Object.entries({ ...shown(), Accept: 'application/json' })) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = event => event.lengthComputable && told(event.loaded / event.total)
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = request.onabort = request.ontimeout = () => resolve({ status: 0, body: null })
    request.send(body)
  })
}

function sentence(status, body) {
  if (status === 0) return '连接中断，没有传上。'
  if (status === 413) return '文件过大，单个文件不超过 20 MB。'
  return Object.values(body?.problems || {}).flat()[0] || '没有传上，请重试。'
}

function kind(file) {
  return file.name.includes('.') ? file.name.split('.').pop().slice(0, 4).toUpperCase() : '文件'
}

function moment(text) {
  return new Date(text).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false })
}
