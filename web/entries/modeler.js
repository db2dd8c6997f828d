// The editor of diagrams.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import '@bpmn-io/properties-panel/assets/properties-panel.css'
import '../designer/editor/editor.css'
import { desk } from '../designer/editor/desk.js'
import { diagram } from '../designer/editor/diagram.js'


await desk(diagram)
