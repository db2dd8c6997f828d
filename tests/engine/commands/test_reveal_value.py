"""engine/commands/reveal_value.py: what a form keeps apart is shown to who may see it, and every look stays with its reason."""

import pytest

from engine.commands.complete_task import complete_task
from engine.commands.reveal_value import reveal_value, value_behind
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.domain.people import PARTY, Actor
from tests.engine.commands.office import AUDITOR_, LI, SUN, ZHAO

MOBILE = "13800138000"
#: Of the role that the form names for a reporter's name, and of the one that may break its secrecy.
DESK = Actor("desk", groups=frozenset({"居村", "举报受理"}))
LEADER = Actor("leader", groups=frozenset({"居村", "主要领导"}))


@pytest.fixture
def case(office):
    """(the key of an instance, what its variable `reporter` holds)."""
    office.deploy("reported.bpmn", "reported.form")
    instance = office.start("reported")
    filed = {"what": "通道堵塞", "reporter": {"name": "王某", "mobile": MOBILE}}
    complete_task(office.engine, LI, office.task(instance)["key"], filed)
    return instance, office.variables(instance)["reporter"]


def looked(office, instance):
    """What history tells of looks into an instance: [(kind, actor, sentence data)]."""
    return [(body["kind"], body["actor"], body["data"]) for body in office.history(instance) if body["kind"].startswith("access:")]


def test_whoever_sees_the_case_sees_the_value_for_a_reason_that_stays(office, case):
    instance, reporter = case

    told = reveal_value(office.engine, SUN, instance, reporter["mobile"]["ref"], " 电话回访 ")

    assert told == {"label": "手机"} and value_behind(office.engine, reporter["mobile"]["ref"]) == MOBILE
    ((kind, who, data),) = looked(office, instance)
    assert (kind, who, data["subject"], data["reason"]) == ("access:looked", "sun", "手机", "电话回访")
    assert "history" not in office.tables_with(MOBILE)


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_look_without_a_reason(office, case, reason):
    instance, reporter = case

    with office.refuses(Invalid, "Expected a reason") as caught:
        reveal_value(office.engine, SUN, instance, reporter["mobile"]["ref"], reason)

    assert caught.value.details["problems"] == {"reason": ["应写明查看理由，但没有填写。"]}


def test_a_stranger_is_told_of_nothing_and_nobody_of_another_cases_value(office, case):
    instance, reporter = case
    other = office.start("reported")

    for who, where in ((ZHAO, instance), (SUN, other)):
        with office.refuses(NotFound, "Expected a"):
            reveal_value(office.engine, who, where, reporter["mobile"]["ref"], "好奇")


def test_a_reporters_name_is_for_its_audience_alone(office, case):
    instance, reporter = case
    ref = reporter["name"]["ref"]

    for who in (SUN, AUDITOR_, LEADER):
        with office.refuses(NotPermitted, "Expected a member of 举报受理"):
            reveal_value(office.engine, who, instance, ref, "核实")
    reveal_value(office.engine, DESK, instance, ref, "答复举报人")

    assert [(kind, who) for kind, who, _ in looked(office, instance)] == [("access:looked", "desk")]


def test_its_secrecy_is_broken_by_whom_the_form_names_and_on_the_record(office, case):
    instance, reporter = case
    ref = reporter["name"]["ref"]

    with office.refuses(NotPermitted, "Expected a member of 举报受理"):
        reveal_value(office.engine, SUN, instance, ref, "人身危险", emergency=True)
    reveal_value(office.engine, LEADER, instance, ref, "举报人受到威胁", emergency=True)

    ((kind, who, data),) = looked(office, instance)
    assert (kind, who, data["subject"], data["reason"]) == ("access:broken", "leader", "举报人", "举报人受到威胁")


def test_a_party_sees_only_what_its_own_instance_holds(office, case):
    instance, reporter = case
    party = Actor("factory", groups=frozenset({PARTY, f"{PARTY}@五金厂"}))

    with office.refuses(NotFound, "Expected a process instance"):
        reveal_value(office.engine, party, instance, reporter["mobile"]["ref"], "看看")
