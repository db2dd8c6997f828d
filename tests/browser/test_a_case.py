"""The page of a case: the path on its diagram, what opens from it, papers and numbers that are shown for a reason."""

import re
from pathlib import Path

import pytest

from tests.journeys.hazard import Hazard
from tests.web.test_case_page import NUMBERS

DIAGRAM = Path(__file__).parent.parent / "web" / "case_tree.bpmn"


@pytest.fixture
def tree(town):
    """(the case, its two children): looked at twice by the village, waiting for both of its firms."""
    town.person("shen.design").deploy([("case_tree.bpmn", DIAGRAM.read_bytes())])
    person = town.person("chen.amei")
    case = person.start("case_tree", {"place_name": "昆港公路 88 号", "numbers": NUMBERS})
    person.do(case, "look", {"again": True})
    person.do(case, "look", {"again": False})
    wanted = {"filter": {"parentProcessInstanceKey": case}, "sort": [{"field": "processInstanceKey"}]}
    return case, [each["processInstanceKey"] for each in person.json("POST", "/v2/process-instances/search", wanted)["items"]]


def test_the_path_is_drawn_counted_and_opens_what_was_called(opened, tree):
    case, children = tree
    window = opened()
    window.go(f"/cases/{case}")
    window.sign_in("chen.amei").see("走过的路")
    page = window.page
    page.locator(".standing").first.wait_for()

    # then what was walked, what is on and what is ahead are told apart, and loops are counted
    def marked(name):
        return set(page.locator(f".djs-element.{name}").evaluate_all("found => found.map(each => each.dataset.elementId)"))

    assert marked("walked") >= {"start", "look", "again", "mend", "start_to_look", "look_to_again", "again_to_look", "again_to_mend"}
    assert marked("ahead") == {"end", "mend_to_end"}
    assert marked("standing") == {"mend"}
    assert page.locator(".times").all_inner_texts() == ["×2", "×2", "×2"]
    window.sound()

    # and on paper, A4, there is all of it
    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)\S* (\d+)", page.pdf(prefer_css_page_size=True))) == {(b"594", b"841")}
    reach = """name => { dispatchEvent(new Event(name))
      const [end, board] = ['.djs-element[data-element-id="end"]', '.diagram'].map(each => document.querySelector(each))
      return Math.round(end.getBoundingClientRect().right - board.getBoundingClientRect().left) }"""
    before = page.evaluate(reach, "none")
    assert 0 < page.evaluate(reach, "beforeprint") <= 661
    assert page.evaluate(reach, "afterprint") == before

    # and the mark of those who made the tool is there to be seen
    mark = page.locator(".bjs-powered-by")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box["width"] > 40 and box["height"] > 15
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('.bjs-powered-by') !== null", middle)

    # and of several children one chooses
    page.locator('.djs-element[data-element-id="mend"]').click()
    choice = page.get_by_role("dialog")
    choice.get_by_role("link", name="一户整改 隐患 02").wait_for()
    window.sound()
    choice.get_by_role("link", name="一户整改 隐患 02").click()
    page.wait_for_url(f"**/cases/{children[1]}")
    window.see("这个流程没有画图")
    window.sound()
    page.get_by_role("link", name="两户整改").click()
    page.wait_for_url(f"**/cases/{case}")


@pytest.fixture
def noticed(town):
    """A hazard that was registered, and its notice acknowledged, in April 2024; the clock is right again afterwards."""
    yield Hazard(town).registered().served()
    town.admin.json("POST", "/v2/clock/reset", status=204)


def test_a_paper_and_a_number_are_shown_for_a_reason_that_stays(opened, noticed):
    window = opened()
    window.go(f"/cases/{noticed.key}")
    window.sign_in("jiang.audit").see("走过的路")
    page = window.page
    window.see("整改前")
    assert page.locator(".pair img").count() >= 1
    page.locator(".pair img").first.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator(".pair img").first.evaluate("image => image.naturalWidth") > 0
    window.sound()

    # when a paper is opened, first without saying why
    page.locator("[data-paper]").first.click()
    asked = page.get_by_role("dialog")
    asked.get_by_role("button", name="打开", exact=True).click()
    window.see("请写明理由")
    window.sound()
    asked.get_by_label("理由").fill("核对送达")
    asked.get_by_role("button", name="打开", exact=True).click()
    page.locator("article.paper").wait_for()
    window.sound()
    # printed, it stands alone, without what lies below it
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert [page.locator(what).first.is_visible() for what in (".paper-printed > .paper", ".case-head", "#paper")] == [True, False, False]
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    with page.expect_download() as taken:
        asked.get_by_role("button", name="下载 .docx").click()
    assert taken.value.suggested_filename.endswith(".docx")
    asked.get_by_role("button", name="关闭").click()

    # and a telephone is looked at, for the reason that was given last
    page.locator("[data-reveal]").first.click()
    assert asked.get_by_label("理由").input_value() == "核对送达"
    asked.get_by_role("button", name="查看", exact=True).click()
    assert page.locator(".revealed").inner_text() == "13800138000"
    window.sound()

    # and decisions open with the rules that matched
    page.locator("#decided summary").first.click()
    page.locator("#decided .rule").first.wait_for()
    window.sound()

    # then all of it stands in the timeline
    page.get_by_role("link", name="查看记录").click()
    page.locator(".line-access-looked").first.wait_for()
    assert page.locator(".line-access-looked").count() == 3
    assert "理由：核对送达" in page.locator(".line-access-looked").first.inner_text()
    window.sound()
