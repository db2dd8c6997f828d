// A diagram to be looked at: `<div data-diagram="address of its XML">` is drawn; on the page of a case, with the path that it took.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import '../paper/paper.css'
import '../paper/dialog.css'
import '../case/case.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { mark } from '../case/diagram.js'
import { textRenderer } from '../layout/lettering.js'
import '../case/papers.js'
import '../case/reveal.js'

for (const container of document.querySelectorAll('[data-diagram]')) {
  // The wheel scrolls the page: a diagram that takes it away from somebody who only wants to go on is a trap.
  const viewer = new NavigatedViewer({ container, textRenderer: textRenderer(), zoomScroll: { enabled: false } })
  const answer = await fetch(container.dataset.diagram, { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
  if (!answer.ok) {
    container.textContent = '流程图没有取到，请刷新后再试。'
    continue
  }
  const path = JSON.parse(document.getElementById('path')?.textContent ?? 'null')
  const drawn = await viewer.importXML(await answer.text()).then(() => true, () => false)
  // A file may hold several processes, and a picture of one of them, or of none.
  if (!drawn || (path && !Object.keys(path.elements).some(id => viewer.get('elementRegistry').get(id)))) {
    viewer.destroy()
    container.textContent = '这个流程没有画图，经过见时间线。'
    continue
  }
  viewer.get('canvas').zoom('fit-viewport', 'auto')
  if (path) mark(viewer, container, path)
  container.dispatchEvent(new CustomEvent('diagram:drawn', { bubbles: true, detail: { viewer } }))
}
