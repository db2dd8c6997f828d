"""Annotation columns of a decision table in its editor: on what a rule rests, and since when it holds."""

import re
from pathlib import Path

from tests.browser.test_designer import DESK, at_desk, press_save

LADDER = Path(__file__).parents[2] / "bpmn" / "urge_and_interview" / "ladder.dmn"


@DESK
def test_annotations_stand_in_columns_of_their_own_and_are_kept_with_the_rule_that_is_added(opened, town):
    # given
    noted = LADDER.read_text(encoding="utf-8").replace('"ladder', '"browser_noted')
    town.person("yin.design").json(
        "PUT", "/api/designs/decision/browser_noted_definitions/draft", {"content": noted}, headers={"If-None-Match": "*"}
    )
    window = opened()
    page = at_desk(window, "decision", "browser_noted_definitions", "shen.design")
    column = page.locator("tbody tr td.annotation:nth-last-child(2)")
    column.first.wait_for()
    assert page.locator("th.annotation").all_inner_texts() == ["施行", "备注"]
    assert column.first.inner_text().strip() == "2024-02-29" and page.locator("th.annotation").first.bounding_box()["width"] < 160

    # when one is written otherwise, and one in a rule that has none yet
    column.first.get_by_role("textbox").fill("2024-03-01")
    page.locator("tfoot .add-rule-add button").click()
    column.nth(11).get_by_role("textbox").fill("待核实")
    column.nth(11).get_by_text("待核实").wait_for()
    window.sound()
    press_save(page)
    window.see("草稿已存")

    # then
    kept = town.person("yin.design").json("GET", "/api/designs/decision/browser_noted_definitions")["draft"]["content"]
    told = re.findall(r"<annotationEntry>\s*<text>([^<]*)</text>", kept)
    assert (len(told), told[0], told[1], told[11]) == (12, "2024-03-01", "2024-02-29", "待核实")
