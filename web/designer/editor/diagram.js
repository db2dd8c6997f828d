// 流程图: bpmn-js with its properties panel, in Chinese and in our dialect; read-only it is a viewer.
import { textRenderer } from '../../layout/lettering.js'
import { MODELER } from './zh/all.js'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'

const inChinese = { translate: ['value', MODELER.translate] }

/** A tool of the desk: {open, text, mark, go, panel}. `changed()` is called after every change. */
export async function diagram({ canvas, panel, editable, changed, chosen }) {
  const modeler = editable ? (await import('./drawing.js')).drawing(canvas, panel, { zeebe }, inChinese) : await looking(canvas)
  modeler.on('commandStack.changed', changed)
  modeler.on('elements.changed', renumber)
  let problems = []

  function renumber() {
    const overlays = modeler.get('overlays', false), registry = modeler.get('elementRegistry', false), board = modeler.get('canvas', false)
    if (!overlays || !registry) return
    overlays.remove({ type: 'problem' })
    registry.forEach(element => board.removeMarker(element, 'has-problem'))
    const found = Map.groupBy(problems, problem => problem.element)
    for (const [id, all] of found) {
      const element = registry.get(id)
      if (!element || element === board.getRootElement()) continue
      board.addMarker(element, 'has-problem')
      overlays.add(element, 'problem', { position: place(element), scale: { min: 0.7 }, html: badge(id, all) })
    }
  }

  function badge(id, all) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'problem-badge', textContent: String(all.length) })
    button.setAttribute('aria-label', `${all.length} 个问题`)
    button.title = all.map(problem => problem.said).join('\n')
    button.addEventListener('click', () => chosen(id))
    return button
  }

  return {
    async open(text) {
      const { warnings } = await modeler.importXML(text)
      fit(modeler.get('canvas'), editable)
      canvas.dispatchEvent(new CustomEvent('diagram:drawn', { bubbles: true, detail: { viewer: modeler } }))
      return warnings
    },
    async text() {
      return (await modeler.saveXML({ format: true })).xml
    },
    name: id => called(modeler.get('elementRegistry').get(id)),
    mark(all) {
      problems = all
      renumber()
    },
    go(id) {
      const element = modeler.get('elementRegistry').get(id)
      if (!element) return false
      const board = modeler.get('canvas')
      const plane = board.findRoot(element)
      if (plane && plane !== board.getRootElement()) board.setRootElement(plane)
      modeler.get('selection').select(element)
      if (element !== board.getRootElement()) board.scrollToElement(element, 160)
      return true
    },
  }
}

async function looking(container) {
  const { default: Viewer } = await import('bpmn-js/lib/NavigatedViewer')
  return new Viewer({ container, textRenderer: textRenderer(), moddleExtensions: { zeebe }, additionalModules: [inChinese] })
}

/** Below this scale nobody can read a diagram. */
const READABLE = 0.7

/** The whole diagram where it can still be read, beside the palette; else its beginning. */
function fit(canvas, editable) {
  canvas.zoom('fit-viewport')
  const { inner, outer } = canvas.viewbox()
  const left = editable ? 110 : 20, scale = Math.min(1, Math.max(READABLE, (outer.width - left - 20) / inner.width))
  const height = outer.height / scale
  const y = inner.height * scale < outer.height - 40 ? inner.y - (height - inner.height) / 2 : inner.y - 20 / scale
  canvas.viewbox({ x: inner.x - left / scale, y, width: outer.width / scale, height })
}

function place(element) {
  if (element.waypoints) return { top: 0, left: 0 }
  return { top: -12, right: 14 }
}

function called(element) {
  const name = element?.businessObject?.name?.replace(/\s+/g, '')
  return element && (name || MODELER.translate(element.type.replace('bpmn:', '').replace(/(\B[A-Z])/g, ' $1')))
}
