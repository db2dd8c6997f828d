// The desk of an editor: what is open, whose draft it is, saving by itself, checking, publishing, and what happens when two draw at once.
import { ask } from '../../layout/session.js'
import { say } from '../../layout/notice.js'
import { asked, choose } from './asked.js'
import { download, file } from './files.js'
import { problemList } from './problems.js'
import { sentence, status } from './told.js'

/** So long after the last change a draft is saved by itself. Milliseconds. */
const PAUSE = 3000
/** From this width on one can draw. Pixels. */
const WIDE = 900

/** Opens `tool` (diagram.js, decision.js, form.js) on the page. */
export async function desk(tool) {
  const page = document.getElementById('desk'), { kind, id, version, ending } = page.dataset
  const door = `/api/designs/${encodeURIComponent(kind)}/${encodeURIComponent(id)}`
  const part = name => document.getElementById(`desk-${name}`)
  const editable = !version && innerWidth >= WIDE
  let design, etag = null, kept = '', timer = null, saving = null, changes = 0, overtaken = false, opening = true

  const list = problemList(part('problems'), () => editor)
  const editor = await tool({ canvas: part('tool'), panel: part('panel'), editable, changed, chosen: list.point })
  page.classList.toggle('read-only', !editable)
  page.classList.toggle('is-narrow', !version && !editable)
  await load()

  async function load() {
    opening = true
    const answer = await ask('GET', door + (version ? `?version=${version}` : ''))
    if (answer.status === 404) return location.assign('/designer') // it was new, and its draft was discarded
    if (answer.status !== 200) return say(sentence(answer, '没有取到内容，请刷新后再试。'), 'wrong')
    design = answer.body
    etag = design.draft?.etag ?? null
    kept = (version ? null : design.draft?.content) ?? design.content
    await open(kept)
    // What the tool makes of the file it has just read is what later changes are held against: it writes in an order of its own.
    kept = editable ? await editor.text() : kept
    changes = 0
    overtaken = false
    show()
    problems(design.problems)
    page.classList.add('is-open')
    opening = false
  }

  async function open(text) {
    try {
      await editor.open(text)
    } catch {
      say(`文件不完整或者不是${page.dataset.called}，打不开。`, 'wrong')
      throw new Error(`Expected a ${kind} that can be opened, but it cannot`)
    }
  }

  function changed() {
    if (!editable || opening) return
    changes += 1
    state('有修改未保存')
    part('save').disabled = false
    show()
    clearTimeout(timer)
    if (!overtaken) timer = setTimeout(() => save(), PAUSE)
  }

  /** Saves what was drawn; one at a time. Answers whether all of it is kept. */
  async function save() {
    clearTimeout(timer)
    if (saving) await saving
    if (overtaken) return false
    saving = keep().finally(() => { saving = null })
    return saving
  }

  async function keep() {
    const upTo = changes, content = await editor.text()
    if (content === kept) {
      changes = changes === upTo ? 0 : changes
      show()
      return true
    }
    state('正在保存……')
    const answer = await ask('PUT', `${door}/draft`, { content }, etag ? { 'If-Match': etag } : { 'If-None-Match': '*' })
    if (answer.status === 200) return saved(answer.body, content, upTo)
    if (answer.status === 409 || answer.status === 412) {
      overtaken = true
      show()
      conflict(answer)
    } else {
      state('没有保存', true)
      say(sentence(answer, answer.status ? '没有保存，什么也没有改变。' : '没有连上服务器，修改还在这个窗口里；连上以后会自动保存。'), 'wrong')
      if (!answer.status) timer = setTimeout(() => save(), 4 * PAUSE)
    }
    return false
  }

  async function saved(told, content, upTo) {
    const first = !design.draft?.authors || design.draft.may_publish // then who drew, and who may publish, is another now
    kept = content
    etag = told.etag
    design.draft = { ...design.draft, etag, may_publish: false }
    if (changes === upTo) changes = 0
    problems(told.problems)
    if (first) {
      const again = await ask('GET', door)
      if (again.status === 200 && again.body.draft?.etag === etag) design = again.body
    }
    state(`草稿已存 · ${new Date().toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false })}`)
    say('')
    show()
    return changes === 0
  }

  async function conflict(answer) {
    const draft = answer.body?.draft
    state('没有保存', true)
    const chosen = await choose('有人抢先保存了', `${sentence(answer, '这份草稿已经被别人改动。').replace('，您的修改还没有保存', '')}您的修改还没有保存，但还在这个窗口里，没有丢失。`, [
      ['theirs', draft ? `在新窗口看${draft.author_name}的草稿` : '在新窗口看现在的内容'],
      ['file', '把我的存成文件'],
      ['reload', draft ? `放弃我的，接着改${draft.author_name}的` : '放弃我的，重新打开'],
    ], '先不处理')
    if (chosen === 'theirs') window.open(`${location.pathname}`, '_blank', 'noopener')
    if (chosen === 'file') await exportFile('我的')
    if (chosen === 'reload') return load()
    part('resolve').onclick = () => conflict(answer)
  }

  /** Another version is live by now than the one that the draft goes on from: somebody has to say that its changes are in the draft. */
  async function merge() {
    const { base_version: base } = design.draft, live = design.version
    const drawn = base === null ? '草稿是作为新的画的' : `草稿是在第 ${base} 版上画的`
    const chosen = await choose('现行版本已更新', `${drawn}，现行的已是第 ${live} 版。请先看第 ${live} 版改了什么，把变化画进草稿，再确认已经并入。确认的人也算起草人。`, [
      ['live', `在新窗口看第 ${live} 版`],
      ['merged', '变化已经并入'],
    ], '先不处理')
    if (chosen === 'live') window.open(`${location.pathname}?version=${live}`, '_blank', 'noopener')
    if (chosen !== 'merged') return
    const answer = await ask('PUT', `${door}/draft`, { content: await editor.text(), base_version: live }, { 'If-Match': etag })
    if (answer.status === 200) return load()
    if (answer.status === 409) return conflict(answer)
    say(sentence(answer, '没有保存，什么也没有改变。'), 'wrong')
  }

  function state(words, wrong = false) {
    part('state').textContent = words
    part('state').classList.toggle('wrong', wrong)
  }

  function problems(all) {
    editor.mark(list.show(Array.isArray(all) ? all : []))
    show()
  }

  /** The bar, as things stand. */
  function show() {
    const told = status(design, { version, dirty: changes > 0, etag, overtaken, errors: list.errors(), me: page.dataset.me })
    part('name').textContent = design.name || id
    document.title = document.title.replace(/^.*? · /, `${design.name || id} · `)
    part('version').textContent = told.version
    part('draft').textContent = told.draft
    part('why').textContent = told.why
    if (version) return // it can only be looked at, and has no buttons
    part('publish').disabled = !told.may
    part('save').disabled = !changes || overtaken
    part('discard').hidden = !etag
    part('resolve').hidden = !overtaken && !told.behind
    if (told.behind && !overtaken) part('resolve').onclick = merge
    if (told.state) state(told.state)
  }

  const act = {
    save: () => save(),
    async check() {
      state('正在检查……')
      const answer = await ask('POST', `${door}/check`, { content: await editor.text() })
      if (answer.status !== 200) {
        state('没有检查')
        return say(sentence(answer, '没有检查成，请稍后再试。'), 'wrong')
      }
      problems(answer.body.problems)
      list.open()
      state(list.errors() ? `查出 ${list.errors()} 个问题` : '没有发现问题，可以发布')
    },
    async publish() {
      if (!await asked(`发布「${design.name || id}」`, '发布后，新的案件按新的版本办理；在办的案件仍按它开始时的版本。', '发布')) return
      const answer = await ask('POST', `${door}/publication`, undefined, { 'If-Match': etag })
      if (answer.status !== 200) {
        if (Array.isArray(answer.body?.problems)) problems(answer.body.problems)
        return say(sentence(answer, '没有发布，什么也没有改变。'), 'wrong')
      }
      await load()
      say(`已发布为第 ${answer.body.version} 版。新的案件从现在起按它办理。`, 'done')
    },
    async discard() {
      if (!await asked('放弃草稿', '草稿里还没有发布的修改都会丢掉，现行的版本不变。需要留底的，请先导出。', '放弃草稿')) return
      clearTimeout(timer)
      const answer = await ask('DELETE', `${door}/draft`, undefined, { 'If-Match': etag })
      if (answer.status !== 204) return say(sentence(answer, '没有放弃，草稿还在。'), 'wrong')
      changes = 0
      if (design.version === null) return location.assign('/designer')
      await load()
      say('草稿已放弃，下面是现行的版本。', 'done')
    },
    export: () => exportFile(''),
    async import() {
      const text = await laidOut(await file(`.${ending}`))
      if (text === null) return
      const before = await editor.text()
      try {
        opening = true
        await open(text)
      } catch {
        await open(before)
        return
      } finally {
        opening = false
      }
      changed()
      say('已读入文件。几秒后存为草稿；需要撤回的，请放弃草稿。')
    },
  }
  for (const button of page.querySelectorAll('[data-act]')) button.addEventListener('click', () => act[button.dataset.act]())

  /** A diagram that came without a drawing, with one; any other as it is. Null, and says why, where nobody lays it out. */
  async function laidOut(text) {
    if (text === null || kind !== 'process' || /BPMN(Shape|Edge)\b/.test(text)) return text
    const answer = await ask('POST', `${door}/check`, { content: text })
    if (answer.status === 200) return answer.body.drawn ?? text
    if (Array.isArray(answer.body?.problems)) return text // it cannot be read, and the tool says so
    say(sentence(answer, '文件里没有图，服务器这时排不出来，什么也没有改变。请稍后再导入。'), 'wrong')
    return null
  }

  async function exportFile(whose) {
    const name = design.resource.split('/').pop()
    download(whose ? name.replace(/(\.\w+)$/, `（${whose}）$1`) : name, editable ? await editor.text() : kept)
  }

  addEventListener('beforeunload', event => { if (changes) event.preventDefault() })
  addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return
    event.preventDefault()
    if (editable && changes) save()
  })
  return editor
}
