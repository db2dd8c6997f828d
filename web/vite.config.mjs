// Builds what the browser is given into static/dist, which is committed. `make assets` runs it; nothing else needs node.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { defineConfig } from 'vite'
import { replaced } from './build/replaced.mjs'
import { spoken } from './build/spoken.mjs'
import { DMN, MODELER } from './designer/editor/zh/all.js'
import { FORM_EDITOR, FORM_FIELDS } from './build/form_editor.mjs'
import { CAMUNDA_7, FORM_VIEWER, MENUS, PROPERTIES_PANEL, STYLE_MOD, TABLE_COLUMNS, TABLE_LIST, TABLE_MENU } from './build/literals.mjs'

const here = import.meta.dirname

// Everything that the result depends on. tests/web/test_assets.py makes the same sum without node: keep the two alike.
const INPUTS = /(^package(-lock)?\.json|\.(mjs|js|css|scss|svg))$/
const APART = new Set(['node_modules', 'static'])

function inputs(folder = here) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return APART.has(entry.name) ? [] : inputs(path)
    return INPUTS.test(entry.name) ? [relative(here, path).split(sep).join('/')] : []
  })
}

function sum() {
  const hash = createHash('sha256')
  for (const path of inputs().sort()) hash.update(`${path}\0${createHash('sha256').update(readFileSync(join(here, path))).digest('hex')}\n`)
  return hash.digest('hex')
}

export default defineConfig({
  root: here,
  base: '/assets/',
  publicDir: false,
  logLevel: 'warn',
  plugins: [
    replaced('form-js-viewer/dist/index.es.js', FORM_VIEWER),
    replaced('form-js-viewer/dist/index.es.js', FORM_FIELDS),
    replaced('form-js-editor/dist/index.es.js', FORM_EDITOR),
    replaced('bpmn-js-properties-panel/dist/index.esm.js', CAMUNDA_7),
    replaced('@bpmn-io/properties-panel/dist/index.esm.js', PROPERTIES_PANEL),
    replaced('diagram-js/lib/features/popup-menu/PopupMenuComponent.js', MENUS),
    replaced('dmn-js-decision-table/lib/features/context-menu/ContextMenu.js', TABLE_MENU),
    replaced('dmn-js-decision-table/lib/features/drag-and-drop/DragAndDrop.js', TABLE_COLUMNS),
    replaced('dmn-js-shared/lib/components/List.js', TABLE_LIST),
    replaced('style-mod/src/style-mod.js', STYLE_MOD),
    spoken('modeler', /\/node_modules\/(bpmn-js|diagram-js|bpmn-js-properties-panel|@bpmn-io\/properties-panel|camunda-bpmn-js-behaviors)\//, MODELER.has),
    spoken('dmn', /\/node_modules\/(dmn-js[a-z-]*|table-js)\//, DMN.has),
    { name: 'inputs', generateBundle() { this.emitFile({ type: 'asset', fileName: 'inputs.sha256', source: sum() + '\n' }) } },
  ],
  resolve: { dedupe: ['preact', 'flatpickr'] },
  css: { preprocessorOptions: { scss: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'] } } },
  build: {
    outDir: 'static/dist',
    assetsDir: '',
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0, // the page's policy lets no font in from a data: address
    modulePreload: { polyfill: false },
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      checks: { pluginTimings: false },
      input: { app: 'entries/app.js', form: 'entries/form.js', viewer: 'entries/viewer.js', report: 'entries/report.js', modeler: 'entries/modeler.js', dmn: 'entries/dmn.js', 'form-editor': 'entries/form-editor.js' },
    },
  },
})
