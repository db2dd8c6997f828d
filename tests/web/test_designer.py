"""流程设计 as pages: what is live and what is drawn, who may publish, new designs from blank files, the versions of one."""

import re

import pytest

from api import designs_read
from engine.commands.create_account import create_account
from engine.commands.deploy import deploy
from engine.commands.publish_design import publish_design
from engine.commands.save_design import save_design
from engine.domain.people import DESIGNER, THE_SYSTEM, Actor
from engine.gate.resource import Resource
from tests.api.v2.people import PASSWORD
from tests.engine.commands import test_save_design
from tests.passwords import hasher
from web.designer.blank import blank

SHEN, YIN = (Actor(name, called, frozenset({DESIGNER})) for name, called in (("shen", "沈图"), ("yin", "尹绘")))
#: Under an id that no other test of these pages uses.
COOLING, LONGER = (text.replace('"cooling"', '"chilling"') for text in (test_save_design.COOLING, test_save_design.LONGER))
FORM = blank("form", "fire_check", "消防检查")[1]
OURS = {"bpmn/chilling/chilling.bpmn": COOLING, "forms/chilling/fire_check.form": FORM}


@pytest.fixture(scope="module", autouse=True)
def drawn(app):
    """What came with the product: a process and its form. The process has a published version beside it, the form a draft by both."""
    engine, known = app.extensions["engine"], hasher.hash(PASSWORD)
    for one in (SHEN, YIN):
        create_account(engine, THE_SYSTEM, one.username, one.display_name, known, None, [(DESIGNER, "")])
    deploy(engine, THE_SYSTEM, [Resource(name, text.encode()) for name, text in OURS.items()])
    publish_design(engine, YIN, "process", "chilling", save_design(engine, SHEN, "process", "chilling", LONGER)["etag"])
    first = save_design(engine, SHEN, "form", "fire_check", FORM.replace("消防检查", "夜间检查"))
    save_design(engine, YIN, "form", "fire_check", FORM.replace("消防检查", "夜间抽查"), first["etag"])


@pytest.fixture(autouse=True)
def bundled(monkeypatch):
    """Of the product's files there are only these."""
    sums = {name: designs_read.sha256(text.encode()) for name, text in OURS.items()}
    monkeypatch.setattr(designs_read, "bundled", lambda: sums)


def text(page):
    """What somebody reads on a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_list_tells_versions_drafts_and_who_may_publish(of):
    page = of("shen").get("/designer").text
    read = text(page)
    assert 'href="/designer/process/chilling"' in page and 'href="/designer/process/chilling/versions"' in page
    assert "催告期 chilling 第 2 版 0 件在办 与系统自带的不同" in read
    assert "消防检查 表单，现行第 1 版 尹绘 " in read and "沈图、尹绘起草 没有问题 您参与了起草，由系统管理员或流程设计员发布" in read
    forms = text(of("shen").get("/designer?kind=form").text)
    assert "消防检查 fire_check 催告期 第 1 版 系统自带 尹绘 " in forms
    assert "您可以发布" in text(of("drawer").get("/designer?kind=no-such").text)

    refused = of("li").get("/designer")
    assert refused.status_code == 403 and "只有流程设计人员和管理员可以看" in refused.text
    assert "/designer" not in of("li").get("/inbox").text and 'href="/designer"' in page


def test_the_versions_name_who_drew_and_who_published(of, app):
    # given one that a designer deployed alone
    alone = COOLING.replace('"chilling"', '"tried"')
    deploy(app.extensions["engine"], SHEN, [Resource("tried.bpmn", alone.encode())])

    chilling, tried = (text(of("yin").get(f"/designer/process/{id}/versions").text) for id in ("chilling", "tried"))

    assert re.search(r"第 2 版 [\d: ]+ 沈图 尹绘 0 件在办 与系统自带的不同 第 1 版 [\d: ]+ 随系统部署 0 件在办 系统自带", chilling)
    assert "沈图 直接部署，没有第二人" in tried and "本单位自建" in tried
    assert of("yin").get("/designer/process/nothing/versions").status_code == 404
    assert of("auditor").get("/designer/process/chilling/versions").status_code == 403


@pytest.mark.parametrize(
    ("kind", "id", "design"), [("process", "巡查", "巡查"), ("decision", "level", "level_definitions"), ("form", "f-1", "f-1")]
)
def test_a_new_design_begins_as_a_draft_without_problems(of, kind, id, design):
    shen, given = of("shen"), {"kind": kind, "id": id, "name": "夜间 <巡查> & “检查”"}

    answer = shen.post("/designer", given)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/designer/{kind}/{design}")
    told = shen.client.get(f"/api/designs/{kind}/{design}").json
    assert (told["name"], told["version"], told["draft"]["errors"], told["problems"]) == (given["name"], None, 0, [])
    again = shen.post("/designer", given)
    assert again.status_code == 400 and "请另取一个" in again.text
    assert "还没有发布过" in shen.get(f"/designer/{kind}/{design}/versions").text


def test_what_a_new_design_lacks_is_said_at_its_field(of):
    shen = of("shen")
    for given, said in (
        ({"kind": "page", "id": "x", "name": "x"}, "请选择流程、决策或者表单"),
        ({"kind": "form", "id": "1 x", "name": "x"}, "标识须以字母或汉字开头"),
        ({"kind": "form", "id": "x", "name": " "}, "请填写名称"),
        ({"kind": "process", "id": "chilling", "name": "x"}, "已由现有的流程使用"),
        ({}, "请选择"),
    ):
        answer = shen.post("/designer", given)
        assert answer.status_code == 400 and said in answer.text and 'role="alert"' in answer.text, given
    assert of("auditor").post("/designer", {"kind": "form", "id": "x", "name": "x"}).status_code == 403
