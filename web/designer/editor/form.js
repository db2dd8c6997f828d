// 表单: the editor of form-js; its texts are replaced when it is built (build/form_editor.mjs). Read-only it is the form itself.

export async function form({ canvas, editable, changed }) {
  const tool = editable ? await editing(canvas) : await looking(canvas)
  if (editable) tool.on('changed', changed)

  return {
    async open(text) {
      const { warnings = [] } = await tool.importSchema(JSON.parse(text))
      return warnings
    },
    async text() {
      return JSON.stringify(editable ? tool.saveSchema() : tool.schema, null, 2) + '\n'
    },
    name: id => called(components(tool).find(each => [each.id, each.key].includes(id))),
    mark() {},
    go(id) {
      const found = editable && components(tool).find(each => [each.id, each.key].includes(id))
      if (!found) return false
      tool.get('selection').set(tool.get('formFieldRegistry').get(found.id))
      return true
    },
  }
}

async function editing(container) {
  const { FormEditor } = await import('@bpmn-io/form-js-editor')
  return new FormEditor({ container })
}

async function looking(container) {
  const { Form } = await import('@bpmn-io/form-js-viewer')
  const tool = new Form({ container })
  tool.setProperty('readOnly', true)
  return tool
}

function components(tool) {
  return tool.get('formFieldRegistry').getAll()
}

function called(field) {
  return field && (field.label || field.text?.slice(0, 20) || field.key || field.id)
}
