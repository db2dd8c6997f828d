"""Certificates, as the diagram asks for them (bihuan:certificate): of whoever completes, and of whoever confirms, on the day of the act."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.commands.deploy import deploy
from engine.commands.move_clock import move_clock
from engine.domain.certificates import Held
from engine.domain.errors import Refused, Uncertified
from engine.domain.people import ZONE
from engine.gate.resource import Resource
from tests.engine.commands.office import ADMIN, HERE, LI, SUN, TANG

CAMPAIGN = Path(__file__).parents[3] / "bpmn"
KIND = "行政执法证"


@pytest.fixture
def held(office):
    """{user name: [Held]} of the officers; the clock stands at noon on 2024-05-07."""
    found = {"li": [Held("0917-1", date(2023, 1, 1), date(2024, 5, 7))], "sun": [Held("0917-2", date(2024, 5, 7), date(2028, 12, 31))]}
    office.engine.register_certificates(lambda session, username, kind: found.get(username, []) if kind == KIND else [], [KIND])
    at(office, "2024-05-07T12:00")
    return found


def at(office, moment):
    """Its clock stands there, in Shanghai."""
    move_clock(office.engine, ADMIN, datetime.fromisoformat(moment).replace(tzinfo=ZONE))


def test_officers_with_a_certificate_of_that_day_do_the_task_and_history_tells_which(office, held):
    # given a certificate on its last day, and one on its first
    instance, key = office.begin("certified")

    # when
    complete_task(office.engine, LI, key, {"found": 2})
    confirm_task(office.engine, SUN, key)

    # then
    assert office.instance(instance)["status"] == "COMPLETED"
    asked, completed = office.history(instance)[1:]
    assert (asked["data"]["certificate"], completed["data"]["certificate"]) == (f"{KIND} 0917-1", f"{KIND} 0917-2")


def test_whoever_has_none_may_take_the_task_but_not_complete_it(office, held):
    _, key = office.begin("certified")
    claim_task(office.engine, TANG, key)

    with office.refuses(Uncertified, f"Expected tang to hold a {KIND} that is valid on 2024-05-07, but found none") as caught:
        complete_task(office.engine, TANG, key, {"found": 2})
    assert caught.value.details["problems"] == {"": [f"办理本任务应持有2024年5月7日有效的{KIND}，但tang没有登记{KIND}。"]}


def test_nor_confirm_what_another_filed_though_they_may_send_it_back(office, held):
    instance, key = office.begin("certified")
    complete_task(office.engine, LI, key, {"found": 2})

    for person in (TANG, ADMIN):
        with office.refuses(Uncertified, f"Expected {person.username} to hold a {KIND} .* but found none"):
            confirm_task(office.engine, person, key)
    decline_task(office.engine, TANG, key, "数量不符")
    assert office.task(instance)["status"] == "CREATED"


def test_the_day_is_that_of_the_people_in_shanghai(office, held):
    # given the last second of the last day of one certificate, which in UTC is the afternoon before
    _, first = office.begin("certified")
    _, second = office.begin("certified")
    at(office, "2024-05-07T23:59:50")
    complete_task(office.engine, LI, first, {})

    # when the day is over in Shanghai, and not yet in Greenwich
    at(office, "2024-05-08T00:00:01")

    # then
    with office.refuses(Uncertified, "valid on 2024-05-08, but 0917-1 was valid until 2024-05-07") as caught:
        complete_task(office.engine, LI, second, {})
    assert caught.value.details["problems"][""] == [
        f"办理本任务应持有2024年5月8日有效的{KIND}，但li的{KIND}（0917-1）有效期止于2024年5月7日。"
    ]


def test_the_second_officer_s_day_is_the_day_on_which_they_confirm(office, held):
    # given what was filed the day before the other's certificate begins
    at(office, "2024-05-06T12:00")
    instance, key = office.begin("certified")
    complete_task(office.engine, LI, key, {})
    with office.refuses(Uncertified, "valid on 2024-05-06, but 0917-2 is only valid from 2024-05-07 on") as caught:
        confirm_task(office.engine, SUN, key)
    assert "自2024年5月7日起才有效" in caught.value.details["problems"][""][0]

    # when
    at(office, "2024-05-07T00:00:01")
    confirm_task(office.engine, SUN, key)

    # then
    assert office.instance(instance)["status"] == "COMPLETED"


def test_a_renewed_certificate_counts_from_its_first_day(office, held):
    held["li"].append(Held("0917-9", date(2024, 5, 8), date(2030, 5, 7)))
    at(office, "2024-05-08T09:00")
    instance, key = office.begin("certified")

    complete_task(office.engine, LI, key, {})

    assert office.history(instance)[1]["data"]["certificate"] == f"{KIND} 0917-9"


def test_without_the_property_nobody_is_asked(office, held):
    held.clear()
    office.deploy("certified_twin.bpmn")
    instance = office.start("certified")
    key = office.task(instance)["key"]

    complete_task(office.engine, TANG, key, {})
    confirm_task(office.engine, SUN, key)

    assert office.instance(instance)["status"] == "COMPLETED"
    assert "certificate" not in office.history(instance)[2]["data"]


def alone(element, *left_out):
    """A user task of 隐患整改与复查 between a start and an end, with its declarations; those `left_out` are removed."""
    drawn = (CAMPAIGN / "hazard_rectification" / "hazard_rectification.bpmn").read_text("utf-8")
    task = re.search(f'<bpmn:userTask id="{element}".*?</bpmn:userTask>', drawn, re.DOTALL)[0]
    declared = re.search("<zeebe:properties>.*?</zeebe:properties>", task, re.DOTALL)[0]
    for name in left_out:
        declared, found = re.subn(f'<zeebe:property name="{name}" [^>]*/>', "", declared)
        assert found == 1
    twin = (HERE / "certified.bpmn").read_text("utf-8")
    twin, found = re.subn("<zeebe:properties>.*?</zeebe:properties>", declared, twin, count=1, flags=re.DOTALL)
    assert found == 1
    return Resource("certified.bpmn", twin.encode())


def test_the_campaign_leaves_a_notice_by_two_who_hold_one_and_by_anybody_once_its_diagram_does_not_say_so(office, held):
    # given 留置送达 as the campaign declares it
    deploy(office.engine, ADMIN, [alone("leave_notice")])
    instance = office.start("certified")
    key = office.task(instance)["key"]
    with office.refuses(Uncertified, f"Expected tang to hold a {KIND}"):
        complete_task(office.engine, TANG, key, {})
    complete_task(office.engine, LI, key, {})
    assert office.instance(instance)["status"] == "ACTIVE", "the second officer has not confirmed"

    # when
    deploy(office.engine, ADMIN, [alone("leave_notice", "bihuan:certificate", "bihuan:officers")])

    # then
    instance = office.start("certified")
    complete_task(office.engine, TANG, office.task(instance)["key"], {})
    assert office.instance(instance)["status"] == "COMPLETED"


def test_it_is_looked_up_inside_of_the_step_s_transaction(office, held):
    seen = []

    def look(session, username, kind):
        seen.append((session.info, username, kind))
        return held[username]

    office.engine.register_certificates(look, [KIND])
    _, key = office.begin("certified")
    complete_task(office.engine, LI, key, {})
    assert ({"command": True}, "li", KIND) in seen


def test_a_kind_that_is_kept_nowhere_is_refused_by_the_gate(office):
    with office.refuses(
        Refused, "Expected bihuan:certificate of inspect to be a kind of certificate that is kept here, but found 行政执法证"
    ):
        office.deploy("certified.bpmn")
