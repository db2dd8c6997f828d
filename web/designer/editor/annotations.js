// The annotation columns of a decision table (DMN 1.3, 8.3.3): dmn-js keeps them, and shows only the description of a rule.
import { Component, createComponentVNode, createVNode } from 'inferno'
import EditableComponent from 'dmn-js-shared/lib/components/EditableComponent'

const MOST = 8 // columns: each is a component of its own, and has to be there before a table is opened
const COMPONENT = 2, ELEMENT = 1 // inferno's flags
const WIDE = 14, NARROW = 8, ROOM = 34, WIDEST = 260 // px of a Chinese character, of another one, beside them; what is longer goes on in the next line

/** A module for dmn-js's table, viewer and editor: the columns stand between the outputs and the remarks. */
export function annotations(editable) {
  return { __init__: ['annotationColumns'], annotationColumns: ['type', Columns(editable)] }
}

function Columns(editable) {
  function columns(components, sheet) {
    const table = () => sheet.getRoot().businessObject
    for (let place = 0; place < MOST; place++) {
      const Header = () => {
        const { name } = table().annotation[place]
        return createVNode(ELEMENT, 'th', 'annotation header', name, 0, { style: { width: `${width(table(), place)}px` } })
      }
      components.onGetComponent('cell', 1500, ({ cellType }) => {
        if (!table().annotation?.[place]) return undefined
        if (cellType === 'after-label-cells') return Header
        return cellType === 'after-rule-cells' ? cell(place, editable) : undefined
      })
    }
  }
  columns.$inject = ['components', 'sheet']
  return columns
}

const made = new Map()

/** The component of a place, the same at every drawing: else what is being typed would be lost. */
function cell(place, editable) {
  const key = `${place} ${editable}`
  if (!made.has(key)) made.set(key, editable ? editing(place) : ({ row }) => createVNode(ELEMENT, 'td', 'cell annotation', told(row, place), 0))
  return made.get(key)
}

function editing(place) {
  return class extends Component {
    constructor(props, context) {
      super(props, context)
      this.changes = context.injector.get('changeSupport')
      this.drawn = () => this.forceUpdate()
      this.write = text => context.injector.get('modeling').updateProperties(this.props.row.businessObject, { annotationEntry: entries(this.props.row.businessObject, place, text) })
    }
    componentWillMount() {
      this.changes.onElementsChanged(this.props.row.id, this.drawn)
    }
    componentWillUnmount() {
      this.changes.offElementsChanged(this.props.row.id, this.drawn)
    }
    render() {
      const { row } = this.props
      const label = row.businessObject.$parent.annotation[place].name
      const editor = createComponentVNode(COMPONENT, Editor, { label, ctrlForNewline: true, className: 'annotation-editor', onChange: this.write, value: told(row, place) })
      return createVNode(ELEMENT, 'td', 'cell annotation', editor, 2, { 'data-row-id': row.id })
    }
  }
}

class Editor extends EditableComponent {
  render() {
    return createVNode(ELEMENT, 'div', this.getClassName(), this.getEditor(), 0)
  }
}

function told(row, place) {
  return row.businessObject.annotationEntry?.[place]?.text || ''
}

/** Those of a rule with another text at one place; a rule that was added has none yet. */
function entries(rule, place, text) {
  return rule.$parent.annotation.map((_, at) => {
    const entry = rule.$model.create('dmn:RuleAnnotation', { text: at === place ? text : rule.annotationEntry?.[at]?.text || '' })
    entry.$parent = rule
    return entry
  })
}

function width(table, place) {
  const texts = [table.annotation[place].name, ...(table.rule || []).map(rule => rule.annotationEntry?.[place]?.text || '')]
  return Math.min(WIDEST, ROOM + Math.max(...texts.map(text => [...text].reduce((sum, letter) => sum + (letter < '\u2e80' ? NARROW : WIDE), 0))))
}
