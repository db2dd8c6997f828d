// A diagram to be looked at: `<div data-diagram="address of its XML">` is drawn, and says so to whoever wants to mark it.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'

for (const container of document.querySelectorAll('[data-diagram]')) {
  const viewer = new NavigatedViewer({ container })
  const answer = await fetch(container.dataset.diagram, { headers: { 'X-Requested-With': 'XMLHttpRequest' } })
  await viewer.importXML(await answer.text())
  viewer.get('canvas').zoom('fit-viewport', 'auto')
  container.dispatchEvent(new CustomEvent('diagram:drawn', { bubbles: true, detail: { viewer } }))
}
