// What a designer of this system writes at an element, in words of the law. Kept as zeebe:property, so any modeler of the dialect reads it.
import { SelectEntry, TextAreaEntry, TextFieldEntry, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited } from '@bpmn-io/properties-panel'
import { useService } from 'bpmn-js-properties-panel'
import { jsx } from '@bpmn-io/properties-panel/preact/jsx-runtime'
import { read, write } from './own_property.js'

const OURS = 'bihuan:'
const OFFICERS = ['', ...'123456789'].map(value => ({ value, label: value ? `${value} 名` : '不要求' }))
const CERTIFICATES = ['', '行政执法证', '法律职业资格证书'].map(value => ({ value, label: value || '不要求' }))

// In the order in which they stand in the panel. `tasks`: on user tasks alone.
const ENTRIES = [
  {
    name: 'separateFrom', label: '回避：办过这些任务的人不得办理', tasks: true, entry: TextFieldEntry, edited: isTextFieldEntryEdited,
    description: '任务的标识，逗号分隔。标识后写 /unit，其所在单位的人也不得办理；写“流程标识#任务标识”，指同一案件里另一流程的任务。',
  },
  { name: 'separateAdd', label: '增加一项应回避的任务', tasks: true, entry: SelectEntry, edited: () => false, adds: true },
  {
    name: 'officers', label: '办案人员人数', tasks: true, entry: SelectEntry, edited: isSelectEntryEdited, options: OFFICERS,
    description: '第一人办理后，其余各人用本人账户逐一确认，任务才算完成（行政处罚法第四十二条：不少于两人）。',
  },
  {
    name: 'certificate', label: '办理人应持有的证件', tasks: true, entry: SelectEntry, edited: isSelectEntryEdited, options: CERTIFICATES,
    description: '提交、确认当日没有有效证件的，一律不能办。',
  },
  {
    name: 'recusal', label: '适用回避，由谁决定', tasks: true, entry: TextFieldEntry, edited: isTextFieldEntryEdited,
    description: '有权决定他人回避的角色，如“执法负责人”。与当事人有利害关系的人不能签收、办理、确认（行政处罚法第四十三条）。',
  },
  { name: 'legalBasis', label: '法律依据', entry: TextAreaEntry, edited: isTextAreaEntryEdited, description: '供办理页面和审计显示。' },
  { name: 'evidence', label: '应当附上的证据', entry: TextAreaEntry, edited: isTextAreaEntryEdited },
]

function Law(props) {
  const { element, id, of } = props
  const modeler = { modeling: useService('modeling'), bpmnFactory: useService('bpmnFactory'), commandStack: useService('commandStack') }
  const debounce = useService('debounceInput'), registry = useService('elementRegistry')
  const set = value => write(modeler, element, OURS + of.name, value)
  const shared = { element, id, label: of.label, debounce, description: said(of, element, registry) }
  if (of.adds) {
    const others = tasks(element, registry)
    return jsx(SelectEntry, {
      ...shared,
      getValue: () => '',
      setValue: value => value && write(modeler, element, `${OURS}separateFrom`, listed(element).concat(value).join(', ')),
      getOptions: () => [{ value: '', label: '选择任务' }, ...others.map(task => ({ value: task.id, label: named(task) }))],
    })
  }
  return jsx(of.entry, {
    ...shared,
    getValue: () => read(element, OURS + of.name) ?? '',
    setValue: set,
    ...(of.options && { getOptions: () => withOther(of.options, read(element, OURS + of.name)) }),
    ...(of.entry === TextAreaEntry && { rows: 2, autoResize: true }),
  })
}

/** What a file says that we do not offer stays as it is. */
function withOther(options, value) {
  return !value || options.some(option => option.value === value) ? options : [...options, { value, label: value }]
}

function listed(element) {
  return (read(element, `${OURS}separateFrom`) || '').split(',').map(each => each.trim()).filter(Boolean)
}

function tasks(element, registry) {
  const there = new Set([element.id, ...listed(element).map(each => each.split('/')[0])])
  return registry.filter(other => other.type === 'bpmn:UserTask' && !there.has(other.id))
}

function named(task) {
  return (task.businessObject.name || task.id).replace(/\s+/g, '')
}

function said(of, element, registry) {
  if (of.name !== 'separateFrom') return of.description
  const names = listed(element).map(each => registry.get(each.split('/')[0])).filter(Boolean).map(named)
  return names.length ? `现在指：${names.join('、')}。${of.description}` : of.description
}

class LawProvider {
  static $inject = ['propertiesPanel']

  constructor(propertiesPanel) {
    propertiesPanel.registerProvider(400, this) // after those of the dialect, whose list of properties it shortens
  }

  getGroups(element) {
    return groups => {
      for (const group of groups) {
        if (group.id === 'Zeebe__ExtensionProperties') group.items = group.items.filter(item => !item.label.startsWith(OURS))
      }
      const bo = element.businessObject
      if (!bo?.$instanceOf?.('bpmn:BaseElement') || ['label', 'bpmn:Collaboration'].includes(element.type)) return groups
      if (element.type === 'bpmn:Participant' && !bo.processRef) return groups
      const entries = ENTRIES.filter(each => !each.tasks || element.type === 'bpmn:UserTask')
      const group = {
        id: 'law', label: '法定要求', shouldOpen: element.type === 'bpmn:UserTask',
        entries: entries.map(of => ({ id: `law-${of.name}`, of, component: Law, isEdited: of.edited })),
      }
      const after = groups.findIndex(each => each.id === 'documentation')
      return [...groups.slice(0, after + 1), group, ...groups.slice(after + 1)]
    }
  }
}

export const law = { __init__: ['lawProvider'], lawProvider: ['type', LawProvider] }
