// A paper that is open is printed alone, with the margins of its own pages: a dialog would come again on every page of what lies below it.
addEventListener('beforeprint', () => {
  const desk = document.querySelector('.paper-open[open] .paper-desk')
  if (!desk) return
  const printed = Object.assign(document.createElement('div'), { className: 'paper-printed' })
  printed.append(...[...desk.childNodes].map(node => node.cloneNode(true)))
  document.body.append(printed)
})
addEventListener('afterprint', () => document.querySelector('body > .paper-printed')?.remove())
