// 流程图: bpmn-js with its properties panel, in Chinese and in our dialect; read-only it is a viewer.
import { textRenderer } from '../../layout/lettering.js'
import { MODELER } from './zh/all.js'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'

const inChinese = { translate: ['value', MODELER.translate] }

/**
 * A tool of the desk: {open, text, name, mark, go, pass, unpass}; an element on the way into a problem stays marked from `pass` to `unpass`.
 * `changed()` is called after every change.
 */
export async function diagram({ canvas, panel, editable, changed, chosen }) {
  const modeler = editable ? (await import('./drawing.js')).drawing(canvas, panel, { zeebe }, inChinese) : await looking(canvas)
  modeler.on('commandStack.changed', changed)
  modeler.on('elements.changed', renumber)
  // The palette stands in two columns where it is not high enough for one, beside an open list of problems for example.
  if (editable) new ResizeObserver(() => modeler.get('canvas').resized()).observe(canvas)
  let problems = []

  function renumber() {
    const overlays = modeler.get('overlays', false), registry = modeler.get('elementRegistry', false), board = modeler.get('canvas', false)
    if (!overlays || !registry) return
    overlays.remove({ type: 'problem' })
    registry.forEach(element => MARKS.forEach(mark => board.removeMarker(element, mark)))
    const found = Map.groupBy(problems, problem => problem.element)
    for (const [id, all] of found) {
      const element = registry.get(id)
      if (!element || element === board.getRootElement()) continue
      board.addMarker(element, blocks(all) ? 'has-problem' : 'has-warning')
      overlays.add(element, 'problem', { position: place(element), scale: { min: 0.7 }, html: badge(id, all) })
    }
  }

  function badge(id, all) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'problem-badge', textContent: String(all.length) })
    button.classList.toggle('is-warning', !blocks(all))
    button.setAttribute('aria-label', `${all.length} ${blocks(all) ? '个问题' : '条提醒'}`)
    button.title = all.map(problem => problem.said).join('\n')
    button.addEventListener('click', () => chosen(id))
    return button
  }

  /** To where it can be seen. */
  function bring(element) {
    const board = modeler.get('canvas'), plane = board.findRoot(element)
    if (plane && plane !== board.getRootElement()) board.setRootElement(plane)
    if (element !== board.getRootElement()) board.scrollToElement(element, 160)
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
      bring(element)
      modeler.get('selection').select(element)
      return true
    },
    pass(id) {
      const element = modeler.get('elementRegistry').get(id)
      if (!element) return
      modeler.get('selection').select(null) // its buttons would cover what comes next
      bring(element)
      modeler.get('canvas').addMarker(element, 'is-passed')
    },
    unpass() {
      const board = modeler.get('canvas')
      modeler.get('elementRegistry').forEach(element => board.removeMarker(element, 'is-passed'))
    },
  }
}

const MARKS = ['has-problem', 'has-warning']

/** Does one of them keep the diagram from being published? */
function blocks(all) {
  return all.some(problem => problem.severity === 'error')
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
