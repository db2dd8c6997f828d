// One zeebe:property of an element, by its name; a whole change is one step of undo.

function holder(element) {
  const bo = element.businessObject
  return element.type === 'bpmn:Participant' ? bo.processRef : bo
}

/** Its value; undefined where it is not there. */
export function read(element, name) {
  return of(element, name).property?.value
}

function of(element, name) {
  const extensions = holder(element)?.extensionElements
  const properties = extensions?.values?.find(each => each.$type === 'zeebe:Properties')
  return { extensions, properties, property: properties?.properties?.find(each => each.name === name) }
}

/** Sets it; without a value it is taken away, and what would be left empty with it. */
export function write({ bpmnFactory, commandStack }, element, name, value) {
  const { extensions, properties, property } = of(element, name)
  const commands = []
  const change = (moddleElement, to) => commands.push({ cmd: 'element.updateModdleProperties', context: { element, moddleElement, properties: to } })
  const made = (type, parent, to) => Object.assign(bpmnFactory.create(type, to), { $parent: parent })
  if (property && value) change(property, { value })
  else if (property) {
    const rest = properties.properties.filter(each => each !== property)
    if (rest.length) change(properties, { properties: rest })
    else change(extensions, { values: extensions.values.filter(each => each !== properties) })
  } else if (value) {
    let parent = extensions
    if (!parent) {
      parent = made('bpmn:ExtensionElements', holder(element), { values: [] })
      change(holder(element), { extensionElements: parent })
    }
    let list = properties
    if (!list) {
      list = made('zeebe:Properties', parent, { properties: [] })
      change(parent, { values: [...parent.values ?? [], list] })
    }
    change(list, { properties: [...list.properties ?? [], made('zeebe:Property', list, { name, value })] })
  }
  if (commands.length) commandStack.execute('properties-panel.multi-command-executor', commands)
}
