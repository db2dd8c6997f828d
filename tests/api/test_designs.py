"""/api/designs: what is live and what is drawn, for designers alone; guarded by etags; told in words that a page can show."""

import pytest

from engine.domain.people import DESIGNER
from tests.engine.commands.office import HERE
from tests.engine.commands.test_save_design import COOLING, LONGER

FIRST = {"If-None-Match": "*"}


@pytest.fixture(autouse=True)
def second(join):
    join("second", (DESIGNER, ""), name="尹绘")


@pytest.fixture
def draw(api):
    """draw(id, text, by="drawer", etag=None, **more): save what was drawn -> the answer's JSON."""

    def save(id, content, by="drawer", etag=None, status=200, kind="process", **more):
        headers = FIRST if etag is None else {"If-Match": etag}
        return api.json("PUT", f"/designs/{kind}/{id}/draft", {"content": content, **more}, by, status, headers=headers)

    return save


def named(id, content=COOLING):
    """cooling.bpmn under another id: the database is the same for all tests."""
    return content.replace('"cooling"', f'"{id}"')


def listed(api, id):
    """The item of one design in the list, None where there is none."""
    return next((one for one in api.json("GET", "/designs", by="drawer")["items"] if one["id"] == id), None)


def test_a_design_goes_from_its_first_draft_to_new_cases_by_two_people(api, ask, draw):
    # given a new design, which nobody else sees
    kept = draw("told", named("told"))
    assert [one["code"] for one in kept["problems"]] == ["NO_DRAWING"]
    for who in ("li", "auditor", "robot"):
        assert "a process designer or administrator" in api.refused(403, "GET", "/designs", by=who)
    item = listed(api, "told")
    assert (item["name"], item["version"], item["bundled"], item["running"]) == ("催告期", None, None, 0)
    draft = item["draft"]
    assert (draft["author_name"], draft["may_publish"], draft["etag"]) == ("流程设计员", False, kept["etag"])
    assert {"name": "尹绘", "username": "second"} in draft["publishers"] and "content" not in draft

    # when the second person looks at it and publishes
    seen = api.json("GET", "/designs/process/told", by="second")
    assert (seen["version"], seen["versions"], seen["content"]) == (None, [], None)
    assert (seen["draft"]["content"].count("<bpmndi:BPMNShape "), seen["draft"]["content"].count("<bpmndi:BPMNEdge ")) == (3, 2)
    assert seen["draft"]["may_publish"] and [one["code"] for one in seen["problems"]] == ["NO_DRAWING"]
    refused = api.json("POST", "/designs/process/told/publication", by="drawer", status=403, headers={"If-Match": kept["etag"]})
    assert "应由另一名流程设计人员或者管理员发布" in refused["problems"][""][0]
    published = api.json("POST", "/designs/process/told/publication", by="second", headers={"If-Match": f'"{kept["etag"]}"'})

    # then it runs, and the version tells both
    assert published == {"version": 1}
    ask.json("POST", "/process-instances", {"processDefinitionId": "told"})
    seen = api.json("GET", "/designs/process/told", by="drawer")
    (version,) = seen["versions"]
    assert (version["by_name"], version["authors"], version["running"]) == ("尹绘", [{"name": "流程设计员", "username": "drawer"}], 1)
    assert (seen["draft"], seen["shown"], seen["running"]) == (None, 1, 1) and "BPMNShape" in seen["content"]
    assert api.json("GET", "/designs/process/told?version=1", by="drawer")["problems"] == []
    assert api.refused(404, "GET", "/designs/process/told?version=2", by="drawer")
    assert "the number of a version" in api.refused(400, "GET", "/designs/process/told?version=0", by="drawer")


def test_two_editors_do_not_overwrite_each_other(api, draw):
    first = draw("shared", named("shared"))
    answer = draw("shared", named("shared", LONGER), "second", first["etag"])

    refused = draw("shared", named("shared").replace("P10D", "P5D"), "drawer", first["etag"], status=409)
    assert (refused["title"], refused["draft"]["author"], refused["draft"]["etag"]) == ("CONFLICT", "second", answer["etag"])
    assert refused["problems"][""][0].startswith("尹绘已于 ") and "您的修改还没有保存" in refused["problems"][""][0]
    assert draw("shared", named("shared"), status=409)["draft"]["author_name"] == "尹绘"

    for headers in ({}, {"If-Match": "x"}, {"If-Match": answer["etag"], **FIRST}, {"If-None-Match": "x"}, {"If-Match": "9" * 30}):
        assert api.refused(400, "PUT", "/designs/process/shared/draft", {"content": named("shared")}, "drawer", headers=headers)
    assert api.json("DELETE", "/designs/process/shared/draft", by="drawer", status=204, headers={"If-Match": answer["etag"]}) is None
    refused = draw("shared", named("shared"), etag=answer["etag"], status=409)
    assert (refused["draft"], refused["problems"][""][0]) == (None, "这份草稿已经发布或者放弃。")


def test_a_content_is_checked_without_being_kept_and_refused_in_words(api, draw):
    wrong = named("checked").replace('targetRef="wait"', 'targetRef="nowhere"')
    checked = api.json("POST", "/designs/process/checked/check", {"content": wrong}, "drawer")
    problems, drawn = checked["problems"], checked["drawn"]
    assert drawn.count("<bpmndi:BPMNShape ") == 3
    assert api.json("POST", "/designs/process/checked/check", {"content": drawn}, "drawer")["drawn"] is None
    assert all(one["element"] and one["sentence"].startswith("Expected ") and one["remedy"] for one in problems)
    assert {one["severity"] for one in problems} == {"error", "warning"} and listed(api, "checked") is None

    unreadable = draw("checked", "<a", status=400)
    assert (unreadable["title"], unreadable["problems"][0]["code"]) == ("DEPLOYMENT_REFUSED", "MALFORMED_XML")
    another = draw("checked", COOLING, status=400)
    assert another["problems"]["content"] == ["文件里的标识是“cooling”，不是“checked”。标识不能改；要另起一份，请新建。"]
    assert draw("checked", COOLING, status=404, kind="page")["detail"].startswith("Expected a kind of design among process,")
    kept = draw("checked", wrong)
    refused = api.json("POST", "/designs/process/checked/publication", by="second", status=400, headers={"If-Match": kept["etag"]})
    assert len(refused["problems"]) == len(problems) and listed(api, "checked")["draft"]["errors"] > 0


def test_decisions_and_forms_are_designs_by_the_id_of_their_file(api, ask, draw):
    table = (HERE / "../decisions/deadlines.dmn").read_text()
    form = (HERE / "reported.form").read_text()
    assert ask.upload([("deadlines.dmn", table.encode()), ("reported.form", form.encode())]).status_code == 200

    items = {(one["kind"], one["id"]): one for one in api.json("GET", "/designs", by="drawer")["items"]}
    (graph,) = [id for kind, id in items if kind == "decision" and items[kind, id]["resource"] == "deadlines.dmn"]
    assert items["form", "reported"]["version"] == items["decision", graph]["version"] == 1
    assert api.json("GET", f"/designs/decision/{graph}", by="drawer")["content"] == table
    (version,) = api.json("GET", "/designs/form/reported", by="drawer")["versions"]
    assert (version["by"], version["authors"]) == ("admin", None)

    titled = form.replace('"components": [', '"components": [{"type": "text", "id": "t", "text": "## 举报登记 {{no}}\\n说明"},', 1)
    kept = draw("reported", titled, kind="form", base_version=1)
    api.json("POST", "/designs/form/reported/publication", by="second", headers={"If-Match": kept["etag"]})
    assert (listed(api, "reported")["name"], listed(api, "reported")["version"]) == ("举报登记", 2)
