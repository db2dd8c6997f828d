"""Separation of duty, as the diagram declares it (bihuan:separateFrom): at claim, at assignment and at completion, for everybody."""

import pytest
from sqlalchemy import select

from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.domain.errors import Separated
from engine.store.models import UserTask
from tests.engine.commands.office import ADMIN, LI, SUN, TANG, ZHAO

#: The same process; in the twin the diagram declares nothing.
DECLARED, TWIN = "separated.bpmn", "separated_twin.bpmn"


def found_by(office, person, diagram=DECLARED):
    """A case whose hazard `person` has found -> (instance, key of the verification)."""
    office.deploy(diagram)
    instance = office.start("separated")
    complete_task(office.engine, person, office.task(instance, "find")["key"], {})
    return instance, office.task(instance, "verify")["key"]


def verified(office, finder, verifier, diagram=DECLARED):
    """A case that one person found and another verified -> (instance, key of the approval)."""
    instance, verify = found_by(office, finder, diagram)
    complete_task(office.engine, verifier, verify, {})
    return instance, office.task(instance, "approve")["key"]


def beside(office):
    """A case with two tasks of two officers side by side, of which the decision is separated -> (instance, look, decide)."""
    office.deploy("beside.bpmn")
    instance = office.start("beside")
    return instance, office.task(instance, "look")["key"], office.task(instance, "decide")["key"]


def test_whoever_found_a_hazard_cannot_claim_its_verification(office):
    _, verify = found_by(office, LI)

    with office.refuses(Separated, "Expected somebody who took no part in 发现, but li did") as caught:
        claim_task(office.engine, LI, verify)
    assert caught.value.details["element"] == "find"


def test_nor_be_given_it(office):
    _, verify = found_by(office, LI)

    for giver in (SUN, ADMIN):
        with office.refuses(Separated, "took no part in 发现, but li did"):
            assign_task(office.engine, giver, verify, "li")


def test_nor_complete_it(office):
    _, verify = found_by(office, LI)

    with office.refuses(Separated, "took no part in 发现, but li did"):
        complete_task(office.engine, LI, verify, {})


def test_somebody_else_verifies_it(office):
    instance, verify = found_by(office, LI)

    claim_task(office.engine, SUN, verify)
    complete_task(office.engine, SUN, verify, {})

    assert office.trail(instance)[2:] == [("task:claimed", "sun", "verify"), ("task:completed", "sun", "verify")]


def test_an_administrator_is_bound_by_it_too(office):
    _, verify = found_by(office, ADMIN)

    for act in (claim_task, lambda *these: complete_task(*these, {}), lambda *these: assign_task(*these, "admin")):
        with office.refuses(Separated, "took no part in 发现, but admin did"):
            act(office.engine, ADMIN, verify)
    with office.refuses(Separated, "took no part in 发现, but admin did"):
        claim_task(office.engine, ADMIN, verify, allow_override=True)


@pytest.mark.parametrize("person", [LI, ADMIN], ids=["a candidate", "an administrator"])
def test_where_the_diagram_declares_nothing_the_same_person_may(office, person):
    # given the twin of the diagram, without the property
    instance, verify = found_by(office, person, TWIN)

    # when
    claim_task(office.engine, person, verify)
    assign_task(office.engine, person, verify, person.username)
    complete_task(office.engine, person, verify, {})

    # then, and the same for the rule about units
    complete_task(office.engine, person, office.task(instance, "approve")["key"], {})
    assert office.instance(instance)["status"] == "COMPLETED"


def test_a_whole_unit_is_kept_away_where_the_diagram_says_so(office):
    # given a hazard that somebody of 陈坊村 found
    _, approve = verified(office, LI, ZHAO)

    # then nobody of that village approves, and somebody of another does
    for act in (claim_task, lambda *these: complete_task(*these, {}), lambda *these: assign_task(*these, "sun")):
        with office.refuses(Separated, "Expected somebody of another unit than li, who did 发现, but sun belongs to 陈坊村 too"):
            act(office.engine, SUN, approve)
    claim_task(office.engine, TANG, approve)
    complete_task(office.engine, TANG, approve, {})


def test_every_element_that_the_diagram_names_counts(office):
    # given a case that tang verified
    _, approve = verified(office, LI, TANG)

    # then tang, although of another unit than the finder, does not approve it
    with office.refuses(Separated, "took no part in 复查, but tang did"):
        complete_task(office.engine, TANG, approve, {})


def test_without_the_property_the_unit_is_free_again(office):
    instance, approve = verified(office, LI, ZHAO, TWIN)

    complete_task(office.engine, SUN, approve, {})

    assert office.instance(instance)["status"] == "COMPLETED"


def test_what_somebody_did_in_another_case_does_not_count(office):
    found_by(office, LI)
    instance, verify = found_by(office, SUN)

    complete_task(office.engine, LI, verify, {})

    assert office.trail(instance)[2:] == [("task:completed", "li", "verify")]


def test_a_task_that_was_claimed_before_is_refused_at_its_completion(office):
    # given that li holds the decision, and only then files what was looked at
    _, look, decide = beside(office)
    claim_task(office.engine, LI, decide)
    complete_task(office.engine, LI, look, {})
    confirm_task(office.engine, SUN, look)

    # then
    with office.refuses(Separated, "took no part in 调查, but li did"):
        complete_task(office.engine, LI, decide, {})


def test_whoever_confirmed_took_part_and_whoever_would_confirm_is_asked_too(office):
    # given
    instance, look, decide = beside(office)
    complete_task(office.engine, LI, look, {})
    confirm_task(office.engine, SUN, look)

    # then neither officer of the investigation decides, as the first or as the second
    with office.refuses(Separated, "took no part in 调查, but sun did"):
        complete_task(office.engine, SUN, decide, {})
    complete_task(office.engine, TANG, decide, {})
    for officer in (LI, SUN):
        with office.refuses(Separated, f"took no part in 调查, but {officer.username} did"):
            confirm_task(office.engine, officer, decide)
    confirm_task(office.engine, ADMIN, decide)
    assert office.instance(instance)["status"] == "COMPLETED"


def test_it_holds_both_ways_because_either_may_be_done_first(office):
    # given that the decision, which is separated from the investigation, is done before it
    _, look, decide = beside(office)
    complete_task(office.engine, LI, decide, {})
    confirm_task(office.engine, SUN, decide)

    # then
    for officer in (LI, SUN):
        with office.refuses(Separated, f"but {officer.username} did"):
            claim_task(office.engine, officer, look)
    claim_task(office.engine, TANG, look)


def hazards_of_a_place(office):
    """A place with two hazards -> (instance of the place, [(instance of a hazard, key of its first task)])."""
    office.deploy(DECLARED)
    office.deploy("place_separated.bpmn")
    place = office.start("place_separated")
    tasks = office.db(select(UserTask.__table__).where(UserTask.root_key == place).order_by(UserTask.key))
    return place, [(task["instance_key"], task["key"]) for task in tasks]


def test_what_somebody_did_for_another_hazard_of_the_same_place_does_not_count(office):
    # given that li found the one and sun the other
    _, [(first, find_first), (second, find_second)] = hazards_of_a_place(office)
    complete_task(office.engine, LI, find_first, {})
    complete_task(office.engine, SUN, find_second, {})

    # then each may verify what the other found
    with office.refuses(Separated, "took no part in 发现, but li did"):
        claim_task(office.engine, LI, office.task(first, "verify")["key"])
    claim_task(office.engine, LI, office.task(second, "verify")["key"])


def test_a_task_of_another_process_of_the_same_case_counts_where_the_diagram_says_so(office):
    # given two hazards that li found, zhao and sun verified, tang and an administrator approved
    place, hazards = hazards_of_a_place(office)
    for (hazard, find), finder, verifier, approver in zip(hazards, (LI, LI), (ZHAO, SUN), (TANG, ADMIN), strict=True):
        complete_task(office.engine, finder, find, {})
        complete_task(office.engine, verifier, office.task(hazard, "verify")["key"], {})
        complete_task(office.engine, approver, office.task(hazard, "approve")["key"], {})
    accept = office.task(place, "accept")["key"]

    # then whoever verified one of them accepts nothing, and whoever only found one does
    with office.refuses(Separated, "took no part in verify, but sun did"):
        claim_task(office.engine, SUN, accept)
    with office.refuses(Separated, "took no part in approve, but tang did"):
        claim_task(office.engine, TANG, accept)
    claim_task(office.engine, LI, accept)
