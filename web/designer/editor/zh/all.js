// What each of the tools says, in Chinese; the build fails where a text of a library is missing here (build/spoken.mjs).
import { DIAGRAM } from './diagram.js'
import { ELEMENTS } from './elements.js'
import { PANEL } from './panel.js'
import { dictionary } from './said.js'
import { TABLES } from './tables.js'

export const MODELER = dictionary(ELEMENTS, DIAGRAM, PANEL)
export const DMN = dictionary(DIAGRAM, TABLES)
