// 决策: dmn-js, its tables, literal expressions and requirements diagram, in Chinese as far as it asks for texts.
import { textRenderer } from '../../layout/lettering.js'
import { annotations } from './annotations.js'
import { DMN } from './zh/all.js'

const inChinese = { translate: ['value', DMN.translate] }
const VIEWS = ['drd', 'decisionTable', 'literalExpression', 'boxedExpression']
const KINDS = { decisionTable: '决策表', literalExpression: '表达式', boxedExpression: '表达式', drd: '决策关系图' }

export async function decision({ canvas, editable, changed }) {
  const { default: Tool } = editable ? await import('dmn-js/lib/Modeler') : await import('dmn-js/lib/NavigatedViewer')
  const views = Object.fromEntries(VIEWS.map(view => [view, { textRenderer: textRenderer(), additionalModules: [inChinese] }]))
  views.decisionTable.additionalModules.push(annotations(editable))
  const tool = new Tool({ container: canvas, ...views, common: { expressionLanguages: { options: [{ value: 'feel', label: 'FEEL' }], defaults: { editor: 'feel' } } } })
  const tabs = Object.assign(document.createElement('nav'), { className: 'tool-views' })
  tabs.setAttribute('aria-label', '决策')
  canvas.before(tabs)
  const watched = new WeakSet()
  let problems = []

  tool.on('views.changed', () => {
    const viewer = tool.getActiveViewer()
    if (viewer && !watched.has(viewer)) {
      watched.add(viewer)
      viewer.on?.('commandStack.changed', changed)
      viewer.on?.('elements.changed', () => queueMicrotask(show))
      if (tool.getActiveView().type === 'drd') clear(viewer.get('canvas'))
    }
    show()
  })

  function show() {
    const active = tool.getActiveView()
    tabs.replaceChildren(...tool.getViews().map(view => {
      const tab = Object.assign(document.createElement('button'), { type: 'button', textContent: title(view) })
      if (view === active || view.id === active?.id) tab.setAttribute('aria-current', 'page')
      const count = view.type === 'drd' ? 0 : problems.filter(problem => holds(view.element, problem.element)).length
      if (count) tab.append(Object.assign(document.createElement('span'), { className: 'problem-count', textContent: String(count) }))
      tab.addEventListener('click', () => tool.open(view))
      return tab
    }))
    canvas.querySelector('.tjs-table-container')?.setAttribute('tabindex', '0') // what scrolls can be reached by the keyboard
    point(null)
  }

  function point(id) {
    for (const cell of canvas.querySelectorAll('.is-pointed')) cell.classList.remove('is-pointed')
    const cell = id && canvas.querySelector(`[data-element-id="${CSS.escape(id)}"], [data-row-id="${CSS.escape(id)}"], [data-col-id="${CSS.escape(id)}"]`)
    cell?.classList.add('is-pointed')
    cell?.scrollIntoView({ block: 'center', inline: 'center' })
  }

  return {
    async open(text) {
      const { warnings } = await tool.importXML(text, { open: false })
      const [first, ...others] = tool.getViews().filter(view => view.type !== 'drd')
      await tool.open(first && !others.length ? first : tool.getViews()[0])
      return warnings
    },
    async text() {
      return (await tool.saveXML({ format: true })).xml
    },
    name(id) {
      const view = tool.getViews().find(each => each.type !== 'drd' && holds(each.element, id))
      return view && [view.element.name || view.element.id, where(view.element, id)].filter(Boolean).join('，')
    },
    mark(all) {
      problems = all
      show()
    },
    async go(id) {
      const view = tool.getViews().find(each => each.type !== 'drd' && holds(each.element, id))
      if (!view) return false
      if (tool.getActiveView()?.id !== view.id) await tool.open(view)
      point(id)
      return true
    },
  }
}

function title(view) {
  if (view.type === 'drd') return KINDS.drd
  return `${view.element.name || view.element.id}`
}

/** Moves the diagram from under the palette and its title. */
function clear(board) {
  const { inner, outer } = board.viewbox()
  const scale = Math.min(1, (outer.width - 140) / inner.width, (outer.height - 160) / inner.height)
  board.viewbox({ x: inner.x - 100 / scale, y: inner.y - 130 / scale, width: outer.width / scale, height: outer.height / scale })
}

/** Does a decision contain what has this id? */
function holds(element, id, depth = 0) {
  if (!element || depth > 8) return false
  if (element.id === id) return true
  return inside(element).some(child => holds(child, id, depth + 1))
}

function inside(element) {
  const { decisionLogic, input, output, rule, inputEntry, outputEntry, inputExpression, variable, text } = element
  return [decisionLogic, input, output, rule, inputEntry, outputEntry, inputExpression, variable, text].flat().filter(each => each && typeof each === 'object')
}

/** The place in a table, as people count: "第 3 条规则，第 2 列". */
function where(decision, id) {
  const logic = decision.decisionLogic
  const row = (logic?.rule || []).findIndex(rule => holds(rule, id))
  if (row >= 0) {
    const rule = logic.rule[row], column = [...rule.inputEntry || [], ...rule.outputEntry || []].findIndex(entry => entry.id === id)
    return column < 0 ? `第 ${row + 1} 条规则` : `第 ${row + 1} 条规则，第 ${column + 1} 列`
  }
  const column = [...logic?.input || [], ...logic?.output || []].findIndex(each => holds(each, id))
  return column < 0 ? '' : `第 ${column + 1} 列`
}
