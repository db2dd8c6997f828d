// Diagrams are written in the letters of the page: Arial, which bpmn-js asks for, has no Chinese ones, and what stands in for it may be anything.
export function textRenderer() {
  return { defaultStyle: { fontFamily: getComputedStyle(document.body).fontFamily } }
}
