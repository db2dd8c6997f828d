"""误录撤销 (P18): nothing is deleted; a wrong entry is voided by two persons, and the case hears of it."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import COMPLETED
from tests.artefacts.adhoc import CASE, TOWN, Story, at
from tests.forms import filled_adhoc as filled


def requested(data=filled.request_void):
    return Story("correction", "2024-09-30T09:00", **CASE).by("2024-09-30T10:00", "request_void", data())


@pytest.mark.parametrize(
    "data, entry, key",
    [(filled.void_place, ("place", filled.CASE), filled.CASE), (filled.request_void, ("hazard", filled.HAZARD), filled.HAZARD)],
)
def test_what_a_second_person_approves_is_voided_and_told_to_whom_it_concerns(data, entry, key):
    # given
    story = requested(data)
    assert story.voided == [] and set(story.groups("approve_void")) == {"安委办", "分管领导"}

    # when
    story.fill_in("approve_void", **filled.approve_void())

    # then
    ((told),) = story.voided
    assert (told["table"], told["number"]) == entry and told["reason"].startswith(data()["void"]["kind"])
    *before, message = story.thrown
    assert (message.kind, message.name, message.correlation_key) == ("message", "case.void", key)
    assert message.variables["case_no"] == filled.CASE
    # of a hazard the acceptance hears too
    heard = [(each.name, each.correlation_key, each.variables["hazard_no"]) for each in before]
    assert heard == ([("hazard.voided", filled.CASE, filled.HAZARD)] if entry[0] == "hazard" else [])
    assert story.status == COMPLETED and story.variables["voided"] == [entry[1]]


def test_what_is_not_approved_stands():
    story = requested().fill_in("approve_void", **filled.approve_void("不同意"))
    assert story.status == COMPLETED and story.path[-1] == "kept"
    assert story.voided == [] and story.thrown == []


def test_one_person_alone_voids_nothing():
    elements = TOWN.definitions["correction"].elements
    assert [(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["approve_void"].properties)] == [
        ("request_void", False)
    ]


def test_the_second_person_has_three_working_days():
    """30 September, then 8 and 9 October."""
    assert requested().task("approve_void").due == at("2024-10-10T23:59:59")


@pytest.mark.parametrize(
    "changes, path",
    [
        ({"number": "松昆安整-2024-0138-01"}, "void.number"),
        ({"table": "place", "number": "松昆安整-2024-0138"}, "void.number"),
        ({"keep": filled.HAZARD}, "void.keep"),
        ({"evidence": []}, "void.evidence"),
    ],
)
def test_another_case_s_hazard_and_itself_are_no_reasons(changes, path):
    with pytest.raises(Invalid) as refused:
        requested(lambda: filled.request_void(**changes))
    assert list(refused.value.details["problems"]) == [path]
