// How the desk says where things stand.

/** What a refusal says to people; `otherwise` where it says nothing in Chinese. */
export function sentence({ body }, otherwise) {
  const told = body?.problems
  if (told && !Array.isArray(told)) {
    const first = told[''] ?? Object.values(told)[0]
    if (first?.[0]) return first[0]
  }
  if (Array.isArray(told) && told.length) return `查出 ${told.length} 个问题，见下面的列表。`
  return otherwise
}

/** {version, draft, why, may, state}: the words of the bar. `why`: why one cannot publish. */
export function status(design, { version, dirty, etag, overtaken, errors }) {
  const shown = version ? `第 ${version} 版（只看）` : design.version === null ? '尚未发布' : `现行第 ${design.version} 版`
  const running = design.running ? ` · 在办 ${design.running} 件` : ''
  const draft = version ? '' : told(design.draft)
  const why = version || !etag ? '' : reason(design, { dirty, overtaken, errors })
  return { version: shown + running, draft, why, may: Boolean(!version && etag && !why), behind: !version && isBehind(design) }
}

/** Does the draft go on from another version than the one that is live? */
function isBehind({ draft, version }) {
  return Boolean(draft) && draft.base_version !== undefined && draft.base_version !== version
}

function told(draft) {
  if (!draft) return '没有草稿'
  const names = (draft.authors || []).map(each => each.name)
  return names.length ? `草稿：${names.join('、')}` : '有草稿'
}

function reason(design, { dirty, overtaken, errors }) {
  const { draft } = design
  if (overtaken) return '别人已保存新的草稿'
  if (isBehind(design)) return '现行版本已更新，变化还没有并入草稿'
  if (draft.may_publish === false) {
    const others = (draft.publishers || []).map(each => each.name)
    return `您起草了这份草稿，由另一人发布${others.length ? `：${others.slice(0, 3).join('、')}${others.length > 3 ? '等' : ''}` : ''}`
  }
  if (dirty) return '有修改未保存'
  if (errors) return `还有 ${errors} 个问题`
  return ''
}
