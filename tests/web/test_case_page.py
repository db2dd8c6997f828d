"""The page of a case: its path, what it called, who sees how much of it, and lists that go on."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from cases import case_timeline
from cases.parties import Party, Tenure
from cases.places import Place
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from engine.store.people import Account
from engine.store.records import History

ROOT = Path(__file__).parents[2]
DIAGRAM, GRADING = Path(__file__).parent / "case_tree.bpmn", ROOT / "tests" / "api" / "v2" / "grading.bpmn"
NUMBERS = ["松昆安整-2024-0137-01", "松昆安整-2024-0137-02"]
OF_THE_PLACE = {
    "name": "昆港公路 7 号", "address": "昆港公路 7 号", "lng": 121, "lat": 31, "datum": "WGS-84", "village": "陈坊村", "zone": "城镇",
    "programme": "工业区", "area_types": [], "place_types": ["P2"], "owner_nature": "民营", "status": "整改中",
    "listed": datetime(2024, 4, 1, tzinfo=UTC),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def people(app):
    """qiu, who stands for 昆港五金 and works for nobody else; kan, an auditor whose looks are these tests' alone."""
    with app.extensions["engine"].store.read() as connection:
        known = connection.execute(select(Account.password_hash).where(Account.username == "li")).scalar_one()
    for username, name, role in (("qiu", "邱强", ("企业", "昆港五金")), ("kan", "阚审", ("审计", ""))):
        create_account(app.extensions["engine"], THE_SYSTEM, username, name, known, None, [role])


@pytest.fixture
def case(ask):
    """(root, [the two children]) of a case that was looked at twice and waits for both of its firms."""
    ask.upload([("case_tree.bpmn", DIAGRAM.read_bytes())])
    told = {"place_name": "昆港公路 88 号", "case_no": "松昆安整-2024-0137", "numbers": NUMBERS, "again": True}
    root = ask.json("POST", "/process-instances", {"processDefinitionId": "case_tree", "variables": told}, by="li")["processInstanceKey"]
    for again in (True, False):
        (task,) = ask.tasks(root)
        ask.json("POST", f"/user-tasks/{task}/assignment", {"assignee": "li"}, by="li", status=204)
        ask.json("POST", f"/user-tasks/{task}/completion", {"variables": {"again": again}}, by="li", status=204)
    wanted = {"filter": {"parentProcessInstanceKey": root}, "sort": [{"field": "processInstanceKey"}]}
    found = ask.json("POST", "/process-instances/search", wanted)["items"]
    return root, [each["processInstanceKey"] for each in found]


def path(page):
    return json.loads(re.search(r'id="path">(.*?)</script>', page)[1])


def test_the_path_tells_loops_flows_and_where_the_case_stands_and_children_open_from_it(of, case):
    root, children = case

    page = of("li").get(f"/cases/{root}").text

    told = path(page)
    assert told["elements"]["look"] == {"count": 2, "active": 0}
    assert told["elements"]["mend"] == {"count": 2, "active": 2}
    assert "end" not in told["elements"]
    assert told["flows"] == ["again_to_look", "again_to_mend", "look_to_again", "start_to_look"]
    assert [child["href"] for child in told["children"]["mend"]] == [f"/cases/{child}" for child in children]
    assert [child["name"] for child in told["children"]["mend"]] == ["一户整改 隐患 01", "一户整改 隐患 02"]
    assert "昆港公路 88 号" in page and "企业 待签收" in page

    child = of("li").get(f"/cases/{children[0]}").text
    assert f'href="/cases/{root}">两户整改' in child
    assert path(child)["elements"]["repair"] == {"count": 1, "active": 1}


def test_a_process_that_was_deployed_without_a_drawing_shows_one_and_stays_as_it_was_deployed(of, ask):
    # given
    bare = re.sub(rb"<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", b"", DIAGRAM.read_bytes(), flags=re.DOTALL).replace(
        b"case_tree", b"bare_tree"
    )
    assert b"BPMNShape" not in bare
    ask.upload([("bare_tree.bpmn", bare)])
    started = ask.json("POST", "/process-instances", {"processDefinitionId": "bare_tree", "variables": {"numbers": NUMBERS}}, by="li")

    # when
    page = of("li").get(f"/cases/{started['processInstanceKey']}").text
    shown = of("li").get(re.search(r'data-diagram="([^"]*)"', page)[1])

    # then everything of the path has a shape, and the door gives back what was deployed
    assert shown.mimetype == "text/xml" and {*path(page)["elements"]} <= {*re.findall(r'BPMNShape [^>]*bpmnElement="(\w+)"', shown.text)}
    assert ask("GET", f"/process-definitions/{started['processDefinitionKey']}/xml", by="li").data == bare


def test_the_chain_says_which_floor_a_tenant_has_first_by_the_form_and_then_by_the_ledger(of, ask, app):
    # given
    ask.upload([("case_tree.bpmn", DIAGRAM.read_bytes())])
    number, tenant = "松昆安整-1999-0007", {"role": "承租方", "name": "文翔包装", "lessor": "昆港五金", "unit": "2 层东侧", "area": 600}
    told = {"case_no": number, "numbers": NUMBERS, "parties": [{"role": "产权人", "name": "昆港五金"}, tenant]}
    key = ask.json("POST", "/process-instances", {"processDefinitionId": "case_tree", "variables": told}, by="li")["processInstanceKey"]
    assert "自昆港五金承租　2 层东侧　600 平方米" in of("li").get(f"/cases/{key}").text

    # when
    with app.extensions["engine"].store.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(insert(Place), [OF_THE_PLACE | {"no": number}])
        connection.execute(insert(Party), [{"no": 7001, "kind": "单位", "name": "文翔包装"}])
        link = {"place_no": number, "party_no": 7001, "role": "承租方", "safety_agreement": True, "rank": 1, "unit": "3 层西侧"}
        connection.execute(insert(Tenure), [link])

    # then
    page = of("li").get(f"/cases/{key}").text
    assert "3 层西侧" in page and "2 层东侧" not in page


def test_a_decision_is_shown_with_what_each_rule_that_matched_rests_on_and_since_when(of, ask):
    # given
    files = (GRADING, ROOT / "bpmn" / "hazard_rectification" / "risk_level.dmn")
    ask.upload([(path.name, path.read_bytes()) for path in files])
    told = {"category": "H03", "found_at": "2024-04-01T09:30:00+08:00", "sleepers": 6, "n_operators": 1, "exits_ok": False}
    key = ask.json("POST", "/process-instances", {"processDefinitionId": "grading", "variables": told}, by="admin")["processInstanceKey"]

    # then: the remark, and the annotations by the names of their columns
    page = of("kan").get(f"/cases/{key}/decisions").text
    notes = ("“三合一”有人住宿且疏散不符合要求", "依据：消防法第十九条；上海市消防条例第四十二条", "施行：2021-04-29")
    assert "".join(f"<span>{note}</span>" for note in notes) in page


def test_a_task_leads_to_its_case(of, case, ask):
    _, children = case
    (task,) = ask.tasks(children[0])
    assert f'href="/cases/{children[0]}"' in of("li").get(f"/tasks/{task}").text


def test_a_party_sees_its_own_instance_and_nothing_of_its_neighbour_s(of, case):
    root, (own, other) = case
    qiu = of("qiu")

    page = qiu.get(f"/cases/{own}")

    assert page.status_code == 200 and "隐患 01" in page.text
    for hidden in (root, other, "隐患 02", "文翔包装", "两户整改", "完成了任务 查看"):
        assert hidden not in page.text, hidden
    for key in (root, other):
        for part in ("", "/diagram", "/timeline", "/papers", "/photos", "/decisions"):
            assert qiu.get(f"/cases/{key}{part}").status_code == 404
    every = qiu.get(f"/cases/{own}/timeline?kind=all").text
    assert "隐患 01" in every and "隐患 02" not in every and "两户整改" not in every


def test_whoever_has_no_part_in_a_case_finds_no_such_page(of, case):
    answer = of("zhao").get(f"/cases/{case[0]}")
    assert answer.status_code == 404 and "没有找到您要看的内容" in answer.text


def test_variables_are_for_administrators_and_auditors(of, case):
    root, _ = case
    for who, status in (("admin", 200), ("kan", 200), ("li", 403)):
        browser = of(who)
        assert browser.get(f"/cases/{root}/variables").status_code == status
        assert ('id="variables"' in browser.get(f"/cases/{root}").text) is (status == 200)


def test_variables_go_on_page_by_page(of, case, monkeypatch):
    from cases import case_records

    monkeypatch.setattr(case_records, "VARIABLES", 2)
    kan, path_, seen = of("kan"), f"/cases/{case[0]}/variables", []
    while path_ and len(seen) < 50:
        part = kan.get(path_).text
        seen += re.findall(r'<th scope="row">(\w+)</th>', part)
        more = re.search(r'hx-get="([^"]+)"', part)
        path_ = more and more[1].replace("&amp;", "&")
    assert seen == ["again", "case_no", "numbers", "place_name"]


def test_the_timeline_is_the_newest_first_by_kind_and_goes_on(of, case, monkeypatch):
    root, _ = case
    li = of("li")
    whole = re.findall(r'<li class="line-([\w-]+)">', li.get(f"/cases/{root}/timeline?kind=all").text)
    assert whole[-1] == "instance-started" and whole.count("task-assigned") == 2

    steps = li.get(f"/cases/{root}/timeline?kind=steps").text
    assert "李娜 完成了任务 查看" in steps and "启动了流程 两户整改" in steps

    monkeypatch.setattr(case_timeline.entries, "__defaults__", ("steps", None, 2))
    path_, seen = f"/cases/{root}/timeline?kind=all", []
    while path_ and len(seen) < 50:
        part = li.get(path_).text
        seen += re.findall(r'<li class="line-([\w-]+)">', part)
        more = re.search(r'more-of" hx-get="([^"]+)"', part)
        path_ = more and more[1].replace("&amp;", "&")
    assert seen == whole and len(seen) > 4

    assert "还没有人上传材料" in li.get(f"/cases/{root}/timeline?kind=files").text
    for wrong in ("kind=x", "after=x", "after=WzFd"):
        assert li.get(f"/cases/{root}/timeline?{wrong}").status_code == 400


def test_an_auditor_s_look_at_a_case_is_written_down(of, app, case):
    root, _ = case
    of("kan").get(f"/cases/{root}")
    with app.extensions["engine"].store.read() as connection:
        chosen = select(History.body).where(History.kind == "access:looked", History.actor == "kan")
        assert any(f"案件 松昆安整-2024-0137（{root}）的案情" in body for body in connection.execute(chosen).scalars())
