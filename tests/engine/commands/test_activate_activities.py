"""People begin what is needed inside an ad-hoc sub-process: a member of its lane, while it is open."""

import pytest
from sqlalchemy import select

from engine.commands.activate_activities import activate_activities
from engine.commands.complete_task import complete_task
from engine.domain.errors import Invalid, NotFound, NotPermitted, WrongState
from engine.store.models import ElementInstance
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, ROBOT, SUN, TANG, ZHAO


@pytest.fixture
def inspection(office):
    """(the key of a case, that of its open ad-hoc sub-process)."""
    case, report = office.begin("inspection", enough=False)
    complete_task(office.engine, LI, report, {})
    (row,) = office.db(select(ElementInstance.key).where(ElementInstance.instance_key == case, ElementInstance.element_id == "inspect"))
    return case, row["key"]


def test_a_member_of_the_lane_begins_activities_until_the_condition_holds(office, inspection):
    # given
    case, key = inspection

    # when one is begun and done, then others
    activate_activities(office.engine, SUN, key, ["measure"])
    complete_task(office.engine, TANG, office.task(case, "measure")["key"], {})
    activate_activities(office.engine, LI, key, ["measure", "sample"])
    complete_task(office.engine, LI, office.task(case, "sample")["key"], {"enough": True})

    # then
    assert office.instance(case)["status"] == "COMPLETED"
    entry = office.history(case)[4]
    assert (entry["kind"], entry["actor"], entry["element"]) == ("element:activated", "li", "inspect")
    assert entry["data"]["activities"] == ["测量", "取样"]
    with office.refuses(WrongState, "COMPLETED"):
        activate_activities(office.engine, ADMIN, key, ["measure"])


def test_nobody_else_and_nothing_else(office, inspection):
    case, key = inspection
    activate_activities(office.engine, LI, key, ["measure"])

    for who, error, match in (
        (ZHAO, NotFound, "can see"),
        (AUDITOR_, NotPermitted, "only watches"),
        (ROBOT, NotPermitted, "member of 居村"),
    ):
        with office.refuses(error, match):
            activate_activities(office.engine, who, key, ["measure"])
    for elements in ([], ["report"], ["measure", "nowhere"]):
        with office.refuses(Invalid, "can be activated"):
            activate_activities(office.engine, LI, key, elements)
    with office.refuses(NotFound, "ad-hoc sub-process"):
        activate_activities(office.engine, LI, office.task(case)["key"], ["measure"])
