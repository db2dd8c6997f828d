"""Tampered forms, wrong states, other people's tasks: each is refused with a sentence, and the case stays as it was."""

import pytest

from tests.forms import filled
from tests.journeys.hazard import CENTRE, ENTERPRISE, FINDER, Hazard


@pytest.fixture
def hazard(town, clock):
    """One whose notice is served: the enterprise has to file a plan."""
    return Hazard(town).registered().served()


@pytest.fixture
def unserved(town, clock):
    """One that is registered: the centre has to issue a notice."""
    hazard = Hazard(town).registered()
    town.set_clock("2024-04-02T10:00")
    return hazard


def plan(**changes):
    found = filled.draft_plan()
    found["plan"] |= changes
    return found


#: name -> (what is sent for 编制整改方案, the field that the answer names)
TAMPERED = {
    "a field of another form": ({**plan(), "outcome": "合格"}, "outcome"),
    "a variable of the case": ({**plan(), "plan_approved": True}, "plan_approved"),
    "a field inside of an object": (plan(approved=True), "plan.approved"),
    "a field inside of a row": (plan(measures=[{"text": "拆除", "person": "王五", "done": True}]), "plan.measures"),
    "a row that is none": (plan(measures="拆除"), "plan.measures"),
    "text for a number": (plan(funds="很多"), "plan.funds"),
    "a list for text": (plan(goal=["a"]), "plan.goal"),
    "a date that is none": (plan(milestones=[{"text": "完工", "due": "2024-02-30"}]), "plan.milestones"),
    "no signature": (plan(signed_by_head=False), "plan.signed_by_head"),
    "nothing": ({}, "plan.goal"),
    "a list for an object": ({"plan": [1]}, "plan"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_form_is_refused_by_field(town, hazard, name):
    # given
    data, field = TAMPERED[name]
    enterprise = town.person(ENTERPRISE)
    task = enterprise.task(hazard.key, "draft_plan")
    before, known = hazard.told(), enterprise.variables(hazard.key)

    # when
    answer = enterprise.json("POST", f"/v2/user-tasks/{task}/completion", {"variables": enterprise.uploaded(data)}, status=400)

    # then
    assert any(found == field or found.startswith(field + ".") for found in answer["problems"]), answer["problems"]
    assert all(sentence.endswith("。") for sentences in answer["problems"].values() for sentence in sentences)
    assert (hazard.told(), enterprise.variables(hazard.key)) == (before, known)


def test_every_problem_of_a_form_is_told_at_once(town, unserved):
    # given
    centre = town.person(CENTRE)
    task = centre.task(unserved.key, "issue_notice")
    data = filled.issue_notice(days=61)
    data["notice"] |= {"officers": [], "facts": "脏乱", "authority": "自封"}

    # then
    problems = centre.json("POST", f"/v2/user-tasks/{task}/completion", {"variables": data}, status=400)["problems"]
    assert {"notice.officers", "notice.facts", "notice.authority"} <= set(problems)


def test_somebody_elses_task_is_not_theirs_to_touch(town, hazard):
    # given: the enterprise holds the task; the finder may see the case
    enterprise, finder = town.person(ENTERPRISE), town.person(FINDER)
    task = enterprise.task(hazard.key, "draft_plan")
    enterprise.claim(task)
    before, path = town.settled(), f"/v2/user-tasks/{task}"

    # then
    assert "zheng.qiang, who holds it" in finder.refused(403, "POST", f"{path}/completion", {"variables": plan()})
    assert "already assigned to zheng.qiang" in finder.refused(
        409, "POST", f"{path}/assignment", {"assignee": FINDER, "allowOverride": False}
    )
    assert "already assigned to zheng.qiang" in finder.refused(409, "POST", f"{path}/assignment", {"assignee": CENTRE})
    assert finder.refused(403, "DELETE", f"{path}/assignee")
    assert finder.refused(403, "PATCH", path, {"changeset": {"priority": 1}})
    assert finder.refused(403, "PUT", f"/api/tasks/{task}/draft", {"values": plan()})
    assert finder.refused(403, "PUT", f"/v2/element-instances/{hazard.key}/variables", {"variables": {"plan_approved": True}})
    assert finder.refused(403, "POST", f"/v2/process-instances/{hazard.key}/cancellation")
    assert town.changed(before) == {}


def test_what_is_over_is_over(town, hazard):
    # given
    enterprise = town.person(ENTERPRISE)
    task = enterprise.do(hazard.key, "draft_plan", plan())
    before, path = town.settled(), f"/v2/user-tasks/{task}"

    # then
    for method, where, body in (
        ("POST", f"{path}/completion", {"variables": plan()}),
        ("POST", f"{path}/assignment", {"assignee": ENTERPRISE, "allowOverride": False}),
        ("DELETE", f"{path}/assignee", None),
        ("PATCH", path, {"changeset": {"priority": 1}}),
        ("PUT", f"/api/tasks/{task}/draft", {"values": plan()}),
        ("POST", f"/api/tasks/{task}/confirmation", None),
        ("DELETE", f"/api/tasks/{task}/confirmation", {"reason": "晚了"}),
    ):
        assert "it is COMPLETED" in enterprise.refused(409, method, where, body), where
    assert town.changed(before) == {}


def test_keys_of_one_kind_are_no_keys_of_another(town, hazard):
    # given
    enterprise = town.person(ENTERPRISE)
    task = enterprise.task(hazard.key, "draft_plan")

    # then
    assert enterprise.refused(404, "GET", f"/v2/user-tasks/{hazard.key}")
    assert enterprise.refused(404, "GET", f"/v2/process-instances/{task}")
    assert enterprise.refused(404, "GET", f"/api/instances/{task}/timeline")
    assert enterprise.refused(404, "POST", f"/v2/user-tasks/{hazard.key}/completion", {"variables": plan()})


def test_a_case_that_was_cancelled_is_nobodys_work_any_more(town, hazard):
    # given
    task = town.person(ENTERPRISE).task(hazard.key, "draft_plan")
    town.admin.json("POST", f"/v2/process-instances/{hazard.key}/cancellation", {}, status=204)

    # then
    assert hazard.open() == []
    assert "it is CANCELED" in town.person(ENTERPRISE).refused(409, "POST", f"/v2/user-tasks/{task}/completion", {"variables": plan()})
    assert town.admin.refused(409, "POST", f"/v2/process-instances/{hazard.key}/cancellation", {})
    assert hazard.told()[-1][:2] == ("admin", "instance:cancelled")
