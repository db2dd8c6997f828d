"""The page of an editor: who gets it, its policy, an old version; and the words for what the gate finds."""

import re
from pathlib import Path

import pytest

from tests.web.test_pages import policy
from web.policies import DESIGNERS

ROOT = Path(__file__).parent.parent.parent
#: Codes in the gate's files that are no problems of a design.
OTHERS = re.compile(r"XML_ERROR_\w+|LC_ALL")


def test_designers_get_the_desk_with_the_policy_of_their_tools_and_others_do_not(of, ask):
    ask.deploy("repair.bpmn", "repair_report.form")
    desk = of("drawer").get("/designer/process/repair")
    assert desk.status_code == 200
    assert desk.headers["Content-Security-Policy"] == DESIGNERS and "unsafe-eval" not in DESIGNERS
    assert policy(desk)["script-src"] == "'self'"
    assert 'data-kind="process"' in desk.text and "保存草稿" in desk.text
    old = of("drawer").get("/designer/process/repair?version=1")
    assert "这是第 1 版，只能看，不能改。" in old.text and "保存草稿" not in old.text
    assert of("li").get("/designer/process/repair").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"), [("/designer/process/nothing", 404), ("/designer/x/repair", 404), ("/designer/process/repair?version=x", 400)]
)
def test_what_is_not_there_is_a_page_that_says_so(of, path, status):
    assert of("drawer").get(path).status_code == status


def test_whatever_the_gate_finds_has_words_for_people():
    files = [path for folder in ("engine/gate", "engine/decisions", "forms") for path in (ROOT / folder).rglob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    codes = {code for code in re.findall(r'(?<![\[\w])"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)"', text) if not OTHERS.fullmatch(code)}
    known = set(re.findall(r"^  ([A-Z0-9_]+): \[", (ROOT / "web/designer/editor/zh/problems.js").read_text(encoding="utf-8"), re.MULTILINE))
    assert len(codes) > 100 and codes - known == set()
