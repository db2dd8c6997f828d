"""The editors: one designer draws, another publishes, a new case takes it; tables and forms; two at once; telephones."""

import json
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: A diagram without a drawing, that gets stuck at its parallel gateway `join`.
DEADLOCK = HERE.parent / "engine" / "gate" / "soundness" / "deadlock.bpmn"
DESK = pytest.mark.parametrize("opened", [1280], indirect=True, ids=["1280px"])
PHONE = pytest.mark.parametrize("opened", [390], indirect=True, ids=["390px"])
#: What a tool shows: every text, and what is read out or shown on hover.
SHOWN = """roots => {
  const found = new Set()
  const take = element => {
    if (getComputedStyle(element).display === 'none' || element.matches('.cm-editor, .bjs-powered-by, [class*=powered]')) return
    for (const name of ['title', 'placeholder', 'aria-label']) found.add(element.getAttribute(name))
    for (const node of element.childNodes) node.nodeType === 3 ? found.add(node.textContent.trim()) : node.nodeType === 1 && take(node)
  }
  document.querySelectorAll(roots).forEach(take)
  return [...found].filter(Boolean)
}"""
#: A task is larger than an event.
FULL = 'width="100" height="80" /><bpmndi:BPMNLabel><dc:Bounds x="659"'
#: Words that stay: names of languages, types of FEEL, the file that is open.
KEPT = re.compile(r"FEEL|HTML|string|number|boolean|true|false|date|time|[\d\s.,:<>=\"'()\[\]?*/+-]+|[a-z]+(_[a-z]+)+|°[EN]", re.IGNORECASE)


def english(page, roots="#desk"):
    """The texts without a Chinese character that are not names of things."""
    return {text for text in page.evaluate(SHOWN, roots) if not re.search(r"[\u4e00-\u9fff]", text) and not KEPT.fullmatch(text)}


def at_desk(window, kind, id, username=None, more=""):
    """Open a design, and wait until it can be worked on."""
    window.page.set_default_timeout(30_000)
    window.go(f"/designer/{kind}/{id}{more}")
    if username:
        window.sign_in(username)
    window.page.locator("#desk.is-open").wait_for()
    return window.page


def press_save(page):
    """A draft that was saved by itself a moment before has its button closed: whoever presses it then changes nothing."""
    page.get_by_role("button", name="保存草稿").dispatch_event("click")


def bring(page, name, content):
    """Choose a file to be brought in."""
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="导入").click()
    chosen.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content.encode()})


def expect_mark(page, mark):
    """The mark of those who made the tool is whole, on the page, and on top."""
    place = page.locator(mark).filter(visible=True).first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box["width"] > 40 and box["height"] > 12
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([at, mark]) => document.elementFromPoint(...at).closest(mark) !== null", [middle, mark])


def middle(page, element):
    """Where an element of the drawing stands on the screen."""
    box = page.locator(f'.djs-element[data-element-id="{element}"] .djs-hit').first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page, start, end):
    """With the mouse, as a hand does it."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


@pytest.fixture
def designed(town):
    """A process of one designer's own, that goes from its start to its end, and a form."""
    names = ("designed.bpmn", "patrol.form")
    town.person("shen.design").deploy([(name, (HERE / name).read_bytes()) for name in names])
    return "browser_designed"


@DESK
def test_one_draws_another_publishes_and_a_new_case_takes_it(opened, designed, town):
    # given a designer at a diagram
    one = opened()
    page = at_desk(one, "process", designed, "shen.design")
    assert english(page) == set()
    expect_mark(page, ".bjs-powered-by")
    one.sound()

    # when a task is dragged between start and end, named, made a user task, given a form, and moved to another lane
    palette = page.locator('.djs-palette [data-action="create.task"]').bounding_box()
    drag(page, (palette["x"] + 20, palette["y"] + 20), middle(page, "to_end"))
    page.keyboard.type("核对门牌")
    page.keyboard.press("Enter")
    page.locator('.djs-context-pad [title="改为其他类型"]').click()
    page.locator(".djs-popup").get_by_text("用户任务", exact=True).click()
    task = page.locator(".djs-shape.selected").get_attribute("data-element-id")
    assert english(page, ".djs-context-pad, .bio-properties-panel") - {task} == set()
    page.locator('.bio-properties-panel-group-header:has-text("表单")').click()
    page.locator("#bio-properties-panel-formType").select_option(label="本系统的表单")
    page.locator("#bio-properties-panel-formId").fill("browser_patrol")
    page.locator("#bio-properties-panel-law-legalBasis").fill("安全生产法第六十五条")
    x, y = middle(page, task)
    drag(page, (x, y), (x, y + 150))

    # then it is saved by itself, and its author may not publish it
    one.see("草稿已存")
    assert page.locator("#desk-publish").is_disabled()
    one.see("您起草了这份草稿，由另一人发布")
    drawn = town.person("yin.design").json("GET", f"/api/designs/process/{designed}")["draft"]["content"]
    assert 'formId="browser_patrol"' in drawn and 'name="bihuan:legalBasis" value="安全生产法第六十五条"' in drawn
    assert re.search(rf'id="check".*?<bpmn:flowNodeRef>{task}</bpmn:flowNodeRef>', drawn, re.DOTALL)
    one.sound()

    # and when two draw at once, the second is told who was first, and loses nothing
    other = opened()
    there = at_desk(other, "process", designed, "yin.design")
    assert there.locator("#desk-publish").is_enabled()
    page.locator('.djs-element[data-element-id="start"]').first.dblclick()
    page.keyboard.press("Control+a")
    page.keyboard.type("发现隐患")
    page.keyboard.press("Enter")
    press_save(page)
    page.locator("#desk-save:disabled").wait_for()
    there.locator('.djs-element[data-element-id="end"]').first.dblclick()
    there.keyboard.press("Control+a")
    there.keyboard.type("全部办结")
    there.keyboard.press("Enter")
    with other.refused(409):
        press_save(there)
        other.see("有人抢先保存了")
    other.sound()
    said = there.locator("#dialog p").inner_text()
    assert re.search(r"沈图已于.*\d\d:\d\d 保存了这份草稿.*没有丢失", said)
    with there.expect_download() as taken:
        there.get_by_role("button", name="把我的存成文件").click()
    assert "全部办结" in Path(taken.value.path()).read_text(encoding="utf-8")
    there.get_by_role("button", name="处理冲突").click()
    there.get_by_role("button", name="放弃我的，接着改沈图的").click()
    there.locator("#desk-publish:enabled").wait_for()
    assert "发现隐患" in there.locator(".djs-container").inner_text()

    # and what an administrator has deployed meanwhile has to be taken into the draft, by who drew it
    newer = (HERE / "designed.bpmn").read_text(encoding="utf-8").replace("</bpmn:process>", "<!-- newer --></bpmn:process>")
    town.admin.deploy([("designed.bpmn", newer.encode())])
    at_desk(one, "process", designed)
    one.see("现行版本已更新，变化还没有并入草稿")
    page.get_by_role("button", name="处理冲突").click()
    assert "草稿是在第 1 版上画的，现行的已是第 2 版" in page.locator("#dialog p").inner_text()
    page.get_by_role("button", name="变化已经并入").click()
    one.see("您起草了这份草稿，由另一人发布")
    at_desk(other, "process", designed).locator("#desk-publish:enabled").wait_for()

    # and the second person publishes, and a new case goes that way
    there.get_by_role("button", name="发布", exact=True).click()
    there.get_by_role("dialog").get_by_role("button", name="发布").click()
    other.see("已发布为第 3 版")
    other.see("现行第 3 版")
    other.sound()
    case = town.person("clerk.00").start(designed, {"place_name": "昆港公路 88 号"})
    assert town.person("pan.yue").task(case, task)
    doer = opened()
    doer.go("/inbox?role=复查组")
    doer.sign_in("pan.yue").see("核对门牌")


@DESK
def test_problems_stand_at_their_place_in_a_diagram_a_table_and_a_form(opened, town):
    # given a diagram in which a service task does not say which service
    drawn = (HERE / "designed.bpmn").read_text(encoding="utf-8").replace("browser_designed", "browser_flawed")
    drawn = drawn.replace("bpmn:endEvent", "bpmn:serviceTask").replace(
        'width="36" height="36" /><bpmndi:BPMNLabel><dc:Bounds x="659"', FULL
    )
    town.person("yin.design").json("PUT", "/api/designs/process/browser_flawed/draft", {"content": drawn}, headers={"If-None-Match": "*"})
    window = opened()
    page = at_desk(window, "process", "browser_flawed", "shen.design")
    page.locator(".problem-badge").click()
    told = page.locator(".desk-problems li.is-pointed")
    assert told.locator(".problem-where").inner_text() == "办结"
    assert "没有写任务类型" in told.locator(".problem-said").inner_text()
    assert page.locator("#desk-publish").is_disabled() and "个问题" in page.locator("#desk-why").inner_text()
    window.sound()
    told.locator(".problem-row").click()
    page.locator('.djs-shape.selected[data-element-id="end"]').wait_for()

    # when a file is brought in that has no drawing, another process's changes nothing, and its own is laid out and kept
    bare = DEADLOCK.read_text(encoding="utf-8")
    with window.refused(400):
        bring(page, "bare.bpmn", bare)
        window.see("文件里的标识是“p”，不是“browser_flawed”")
    assert page.locator('.djs-shape[data-element-id="end"]').count() == 1 and page.locator("#desk-save").is_disabled()
    bring(page, "bare.bpmn", bare.replace('id="p"', 'id="browser_flawed"'))
    window.see("草稿已存")
    kept = town.person("yin.design").json("GET", "/api/designs/process/browser_flawed")["draft"]["content"]
    assert (
        len(set(re.findall(r'<bpmndi:BPMNShape [^>]*bpmnElement="(\w+)"', kept))) == page.locator(".djs-shape:not(.djs-label)").count() > 4
    )

    # and what makes it wait for ever is told with the way there, which is walked and stays to be seen
    page.locator(".problem-badge:not(.is-warning)").click()
    told.locator(".problem-row").click()
    page.locator('.djs-shape.selected[data-element-id="join"]').wait_for()
    told.get_by_text("原文").click()
    passed = set(page.locator(".djs-shape.is-passed").evaluate_all("found => found.map(each => each.dataset.elementId)"))
    (wrong,) = (one for one in town.person("yin.design").json("GET", "/api/designs/process/browser_flawed")["problems"] if one["trace"])
    assert passed == set(wrong["trace"]) - {"join"} != set()
    assert page.locator(".problem-badge.is-warning").count() > 0
    window.sound()

    # a table: what is wrong is told by rule and column, and a click goes there
    page = at_desk(window, "decision", "deadlines_definitions")
    page.locator(".tool-views button").nth(1).click()
    cell = page.locator("td.input-cell").first
    cell.wait_for()
    assert english(page) == set()
    expect_mark(page, ".dmn-js-parent .bjs-powered-by, .powered-by, .bjs-powered-by")
    window.sound()
    cell.click()
    page.keyboard.type(" >=< 1")
    page.get_by_role("button", name="检查").click()
    page.locator(".problem-row").first.wait_for()
    assert "第 1 条规则，第 1 列" in page.locator(".problem-where").first.inner_text()
    window.sound()
    page.locator(".problem-row").first.click()
    page.locator("td.is-pointed").wait_for()

    # and the draft, which is saved by itself meanwhile, can be thrown away
    page.locator("#desk-save:disabled").wait_for()
    page.get_by_role("button", name="放弃草稿").click()
    page.get_by_role("dialog").get_by_role("button", name="放弃草稿").click()
    window.see("草稿已放弃")

    # a form: a field is added from the palette, and what the gate says names it
    page = at_desk(window, "form", "register_hazard")
    assert english(page) == set()
    expect_mark(page, ".fjs-powered-by-link")
    window.sound()
    page.locator('.fjs-palette-field[data-field-type="number"]').focus()
    page.keyboard.press("Enter")
    window.see("草稿已存")
    kept = town.person("yin.design").json("GET", "/api/designs/form/register_hazard")["draft"]
    assert '"label": "数字"' in kept["content"] and kept["author_name"] == "沈图"
    assert english(page) == set()
    page.get_by_role("button", name="放弃草稿").click()
    page.get_by_role("dialog").get_by_role("button", name="放弃草稿").click()
    window.see("草稿已放弃")


@PHONE
def test_a_telephone_shows_what_is_live_and_says_where_to_edit(opened):
    window = opened()
    for kind, id, mark in (
        ("process", "correction", ".bjs-powered-by"),
        ("decision", "ladder_definitions", ".bjs-powered-by"),
        ("form", "answer_reporter", None),
    ):
        page = at_desk(window, kind, id, None if kind != "process" else "shen.design")
        window.see("要修改，请换用更宽的屏幕")
        assert page.locator(".desk-do button:visible").all_inner_texts() == ["导出"]
        if mark:
            expect_mark(page, mark)
        window.sound()


@DESK
def test_a_file_is_brought_in_unsaved_work_is_asked_about_and_an_old_version_can_only_be_looked_at(opened, town):
    # given a form that is live in its first version
    window = opened()
    page = at_desk(window, "form", "decide_follow_up", "shen.design")
    drawn = json.loads(page.evaluate("() => fetch('/api/designs/form/decide_follow_up').then(answer => answer.json())")["content"])
    drawn["components"].append({"type": "textfield", "id": "Field_told", "key": "told", "label": "另行告知"})

    # when what is no form is brought in, nothing changes
    bring(page, "改.form", "<definitions/>")
    window.see("文件不完整或者不是表单文件，打不开")
    assert page.locator("#desk-save").is_disabled() and page.get_by_text("另行告知").count() == 0

    # and when one is, it is there, and whoever leaves before it is saved is asked
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.context.set_offline(True)  # nothing is saved by itself
    bring(page, "改.form", json.dumps(drawn))
    window.see("已读入文件")
    page.locator(".fjs-form-editor").get_by_text("另行告知").first.wait_for()
    page.evaluate("location.assign('/designer')")
    while not asked:
        page.evaluate("1")
    assert asked == ["beforeunload"] and page.locator("#desk.is-open").is_visible()
    window.context.set_offline(False)
    window.see("草稿已存")
    window.wrong[:] = [said for said in window.wrong if "ERR_INTERNET_DISCONNECTED" not in said]
    window.sound()

    # then, saved, nobody is asked; and the version that is live is looked at as it is, with nothing to press but to take it out
    page = at_desk(window, "form", "decide_follow_up", more="?version=1")
    assert asked == ["beforeunload"]
    window.see("这是第 1 版，只能看，不能改。")
    assert page.locator(".desk-do button:visible").all_inner_texts() == ["导出"]
    assert page.get_by_text("另行告知").count() == 0
    window.sound()
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出").click()
    assert "另行告知" not in Path(taken.value.path()).read_text()
    page.get_by_role("link", name="打开现行的").click()
    page.get_by_text("另行告知").first.wait_for()
    page.get_by_role("button", name="放弃草稿").click()
    page.get_by_role("dialog").get_by_role("button", name="放弃草稿").click()
    window.see("草稿已放弃")
    with window.refused(404):
        window.go("/designer/form/decide_follow_up?version=9")
    window.sound()
