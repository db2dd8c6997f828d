// The list of what the gate found, under the tool: in Chinese, each with its place; a click goes there, the way that leads into it if it has one.
import { words } from './zh/problems.js'

/** So long each element on the way into a problem is shown. Milliseconds. */
const STEP = 700

/** `tool`: what the problems are of; `pass` and `unpass` are only of one whose problems tell a way. */
export function problemList(place, tool) {
  const title = place.querySelector('h2 button'), rows = place.querySelector('ol')
  let all = [], playing = null
  title.addEventListener('click', () => fold(place.classList.contains('is-folded')))

  function fold(open) {
    place.classList.toggle('is-folded', !open)
    title.setAttribute('aria-expanded', String(open))
  }

  function row(problem) {
    const line = document.createElement('li'), button = Object.assign(document.createElement('button'), { type: 'button', className: 'problem-row' })
    line.dataset.element = problem.element
    line.className = problem.severity
    button.append(cell('problem-where', problem.where), cell('problem-said', problem.said), cell('problem-remedy', problem.do))
    button.addEventListener('click', () => play(way(problem)))
    const more = document.createElement('details')
    more.append(cell('', '原文', 'summary'), cell('', `${problem.code}${problem.line ? ` · 第 ${problem.line} 行` : ''}`), cell('', problem.sentence), cell('', problem.remedy))
    if (problem.trace?.length) more.append(cell('', `怎样走到：${problem.trace.map(id => tool().name(id) || id).join(' → ')}`))
    line.append(button, more)
    return line
  }

  /** Walks from one element to the next, so that the way stays to be seen, and stays at the last. */
  function play(elements) {
    stop()
    walk(elements)
  }

  function walk([first, ...rest]) {
    if (!rest.length) return tool().go(first)
    tool().pass(first)
    playing = setTimeout(() => walk(rest), STEP)
  }

  function stop() {
    clearTimeout(playing)
    tool().unpass?.()
  }

  return {
    /** Shows them; answers each with its words in Chinese. */
    show(problems) {
      stop()
      all = problems.map(problem => ({ ...problem, ...words(problem), where: tool().name(problem.element) || problem.element }))
      all.sort((one, other) => (one.severity === 'error' ? 0 : 1) - (other.severity === 'error' ? 0 : 1))
      rows.replaceChildren(...all.map(row))
      const errors = all.filter(problem => problem.severity === 'error').length, warnings = all.length - errors
      title.textContent = all.length ? [errors && `问题 ${errors}`, warnings && `提醒 ${warnings}`].filter(Boolean).join(' · ') : '没有问题'
      place.classList.toggle('is-clean', !all.length)
      place.classList.toggle('is-mild', !errors)
      if (!all.length) fold(false)
      return all
    },
    errors: () => all.filter(problem => problem.severity === 'error').length,
    open: () => fold(all.length > 0),
    point(element) {
      fold(true)
      for (const line of rows.children) line.classList.toggle('is-pointed', line.dataset.element === element)
      rows.querySelector('.is-pointed')?.scrollIntoView({ block: 'nearest' })
      rows.querySelector('.is-pointed button')?.focus()
    },
  }
}

/** The ids of the elements that lead into a problem, its own last. */
function way({ trace = [], element }) {
  return trace.at(-1) === element ? trace : [...trace, element]
}

function cell(className, text, tag = 'span') {
  return Object.assign(document.createElement(tag), { className, textContent: text })
}
