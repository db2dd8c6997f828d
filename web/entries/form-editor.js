// The editor of forms.
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css'
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css'
import '../designer/editor/editor.css'
import { desk } from '../designer/editor/desk.js'
import { form } from '../designer/editor/form.js'


await desk(form)
