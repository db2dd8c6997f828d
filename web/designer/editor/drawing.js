// bpmn-js to draw with: the behaviours, the properties and the panel of our dialect. Whoever only looks does not load it.
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from 'bpmn-js-properties-panel'
import Modeler from 'bpmn-js/lib/Modeler'
import behaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud'
import { textRenderer } from '../../layout/lettering.js'
import { hints } from './hints.js'
import { law } from './law.js'

export function drawing(container, parent, moddleExtensions, inChinese) {
  const panel = [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, law]
  const propertiesPanel = { parent, description: hints }
  const additionalModules = [...panel, behaviors, inChinese]
  return new Modeler({ container, textRenderer: textRenderer(), propertiesPanel, moddleExtensions, additionalModules })
}
