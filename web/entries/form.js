// The page of a task: its form.
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import '../task/form.css'
import '../task/form.js'
