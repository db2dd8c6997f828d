// The path that a case took, on its diagram: walked, standing, still ahead; loops counted; what was called opens on a click.

/** Below this scale nobody can read a diagram: then it is shown where the case stands. */
const READABLE = 0.6
/** So wide is what stands on a printed sheet, A4 upright with its margins. Pixels. */
const SHEET = 660

/** Marks a drawn diagram with `path`: {elements: {id: {count, active}}, flows: [id], children: {id: [{name, state, href}]}}. */
export function mark(viewer, container, path) {
  const canvas = viewer.get('canvas'), registry = viewer.get('elementRegistry'), overlays = viewer.get('overlays')
  const walked = new Set(path.flows)
  registry.forEach(element => {
    const { id, type, businessObject } = element
    if (element.labelTarget || !businessObject?.$instanceOf) return
    if (type === 'bpmn:SequenceFlow') canvas.addMarker(id, walked.has(id) ? 'walked' : 'ahead')
    else if (businessObject.$instanceOf('bpmn:FlowNode')) markNode(element)
  })
  viewer.get('eventBus').on('element.click', event => open(path.children[event.element.id] || []))
  drag(container, canvas)
  buttons(viewer, () => standing(registry, path))
  printed(canvas)
  if (canvas.zoom() < READABLE) show(canvas, standing(registry, path))

  function markNode({ id, businessObject }) {
    const found = path.elements[id]
    canvas.addMarker(id, found ? 'walked' : 'ahead')
    if (found?.active) canvas.addMarker(id, 'standing')
    if (businessObject.$instanceOf('bpmn:SubProcess')) canvas.addMarker(id, 'frame')
    if (found?.count > 1) overlays.add(id, { position: { top: -12, right: 14 }, scale: { min: 0.5 }, html: text('span', 'times', `×${found.count}`) })
    const children = path.children[id]
    if (!children) return
    canvas.addMarker(id, 'calls')
    const button = text('button', 'calls-open', children.length === 1 ? '打开' : `打开 ${children.length}`)
    button.type = 'button'
    button.setAttribute('aria-label', `${button.textContent}：由「${(businessObject.name || id).replace(/\s+/g, '')}」开出的流程`)
    button.addEventListener('click', () => open(children))
    overlays.add(id, { position: { top: -12, left: 6 }, scale: { min: 0.7 }, html: button })
  }
}

/** On paper there is all of it, as wide as the sheet; on the screen afterwards what was there before. */
function printed(canvas) {
  let before
  addEventListener('beforeprint', () => {
    before = canvas.viewbox()
    const { inner, outer } = before, scale = Math.min(SHEET / inner.width, outer.height / inner.height)
    canvas.viewbox({ x: inner.x, y: inner.y, width: outer.width / scale, height: outer.height / scale })
  })
  addEventListener('afterprint', () => canvas.viewbox(before))
}

/** Where the case stands; of one that is over, where it ended; of one that shows neither, nothing. */
function standing(registry, path) {
  const known = Object.entries(path.elements).map(([id, found]) => [registry.get(id), found]).filter(([element]) => element)
  const now = known.filter(([, found]) => found.active).map(([element]) => element)
  const inner = now.filter(element => !now.some(other => other.parent === element))
  const ends = known.map(([element]) => element).filter(element => element.type === 'bpmn:EndEvent' && element.parent.type !== 'bpmn:SubProcess')
  return inner.length ? inner : ends
}

/** The first of these in the middle, at a scale that can be read, and as many of the others as have room. */
function show(canvas, elements) {
  const { outer } = canvas.viewbox(), scale = 0.8
  const box = { width: outer.width / scale, height: outer.height / scale }
  if (!elements.length) return canvas.viewbox({ ...canvas.viewbox().inner, ...box })
  const first = elements[0], inner = canvas.viewbox().inner
  const middle = (at, size, from, all, room) => all <= room ? from - (room - all) / 2 : Math.min(Math.max(at + size / 2 - room / 2, from - 20), from + all - room + 20)
  canvas.viewbox({
    x: middle(first.x, first.width, inner.x, inner.width, box.width),
    y: middle(first.y, first.height, inner.y, inner.height, box.height),
    ...box,
  })
}

function buttons(viewer, found) {
  const canvas = viewer.get('canvas')
  const act = {
    now: () => show(canvas, found()),
    all: () => canvas.zoom('fit-viewport', 'auto'),
    in: () => canvas.zoom(Math.min(canvas.zoom() * 1.25, 3)),
    out: () => canvas.zoom(Math.max(canvas.zoom() / 1.25, 0.15)),
  }
  for (const button of document.querySelectorAll('[data-view]')) button.addEventListener('click', act[button.dataset.view])
}

/** A finger moves the diagram sideways; up and down it moves the page. */
function drag(container, canvas) {
  let last = null
  container.addEventListener('pointerdown', event => { last = event.pointerType === 'touch' ? event.clientX : null })
  container.addEventListener('pointermove', event => {
    if (last === null || event.pointerType !== 'touch') return
    canvas.scroll({ dx: event.clientX - last, dy: 0 })
    last = event.clientX
  })
  for (const name of ['pointerup', 'pointercancel']) container.addEventListener(name, () => { last = null })
}

/** One child opens at once; of several one chooses. */
function open(children) {
  if (children.length === 1) return location.assign(children[0].href)
  if (!children.length) return
  const dialog = document.getElementById('dialog'), list = document.createElement('ul')
  for (const child of children) {
    const line = document.createElement('li'), link = text('a', '', child.name)
    link.href = child.href
    line.append(link, text('span', '', child.state))
    list.append(line)
  }
  list.className = 'case-choice'
  const title = text('h2', '', '打开哪一个')
  title.id = 'dialog-title'
  const close = text('button', 'btn btn-quiet', '取消')
  close.type = 'button'
  close.dataset.close = ''
  dialog.replaceChildren(title, list, close)
  dialog.showModal()
}

function text(tag, className, content) {
  return Object.assign(document.createElement(tag), { className, textContent: content })
}
