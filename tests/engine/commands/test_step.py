"""A step's first and last act: it finds only what its actor may see, and a conflict is computed again, never saved."""

import pytest
from sqlalchemy import select

from engine.commands.cancel_instance import cancel_instance
from engine.commands.claim_task import claim_task
from engine.commands.command import command
from engine.commands.complete_task import complete_task
from engine.commands.set_variables import set_variables
from engine.domain.errors import Conflict, NotFound
from engine.domain.people import ADMINISTRATOR
from engine.store.models import Incident, UserTask
from tests.engine.commands.office import ADMIN, AUDITOR_, DRAWER, LI, ROBOT, SUN, TANG, ZHAO
from tests.engine.commands.together import both_waiting


@command
def look(step, kind, key):
    """What a command finds: nothing is changed."""
    getattr(step, kind)(key)
    return "seen"


def whole_case(office, by=ADMIN):
    """{kind: key} of everything that can be looked for in a case that waits for 居村@陈坊村."""
    instance, key = office.begin("patrol", by=by)
    return {"task": key, "case": instance, "element": key}


def sees(office, person, kind, key):
    """Does a command of this person's find it? Where not, the sentence is the same as where there is none."""
    try:
        look(office.engine, person, kind, key)
    except NotFound as hidden:
        if f"with key {key}, but there is none" not in hidden.sentence:
            raise
        return False
    return True


def seers(office, keys, *people):
    """{kind: user names} of who finds each thing."""
    return {kind: tuple(person.username for person in people if sees(office, person, kind, key)) for kind, key in keys.items()}


def test_a_case_is_seen_by_its_queues_and_by_those_who_see_everything(office):
    keys = whole_case(office)

    seen = seers(office, keys, LI, SUN, TANG, ZHAO, DRAWER, ADMIN, ROBOT, AUDITOR_)

    assert seen == dict.fromkeys(keys, ("li", "sun", "admin", "robot", "auditor"))


def test_whoever_started_a_case_sees_it(office):
    keys = whole_case(office, by=TANG)

    assert seers(office, keys, TANG, ZHAO) == dict.fromkeys(keys, ("tang",))


def test_whoever_had_a_task_of_a_case_goes_on_to_see_it(office):
    # given a case that has left the village for the fire brigade
    keys = whole_case(office)
    complete_task(office.engine, LI, keys["task"], {})
    keys["task"] = keys["element"] = office.task(keys["case"], "review")["key"]

    # then the village still sees it, also the task that is not theirs
    assert seers(office, keys, LI, SUN, TANG, ZHAO) == dict.fromkeys(keys, ("li", "sun", "zhao"))


def test_a_called_case_is_seen_through_its_root(office):
    # given a root that waits for what it called, which stands in the queue of 居村
    office.deploy("outer.bpmn")
    root = office.start("outer")
    (task,) = office.db(select(UserTask.__table__))
    keys = {"task": task["key"], "case": task["instance_key"], "element": task["key"]}

    # then who sees one of them sees all
    assert seers(office, {**keys, "case": root}, LI, ZHAO) == seers(office, keys, LI, ZHAO) == dict.fromkeys(keys, ("li",))


def test_an_incident_is_seen_with_its_case(office):
    office.deploy("stuck.bpmn")
    office.start("stuck", by=TANG)
    (incident,) = office.db(select(Incident.key))

    assert seers(office, {"incident": incident["key"]}, TANG, LI, AUDITOR_) == {"incident": ("tang", "auditor")}


def test_of_two_who_claim_at_once_one_has_the_task_and_the_other_is_told_who(office):
    # given
    instance, key = office.begin("patrol")

    # when both have found it free
    told = both_waiting(office, instance, lambda: claim_task(office.engine, LI, key), lambda: claim_task(office.engine, SUN, key))

    # then
    winner = office.task(instance)["assignee"]
    loser = {"li": "sun", "sun": "li"}[winner]
    (refusal,) = [one for one in told if one is not None]
    assert isinstance(refusal, Conflict)
    assert refusal.sentence == f"Expected to claim user task {key} for {loser}, but it is already assigned to {winner}"
    assert office.trail(instance)[1:] == [("task:claimed", winner, "inspect")]


def test_what_two_change_at_once_is_both_there(office):
    # given
    instance, _ = office.begin("patrol")

    # when
    told = both_waiting(
        office,
        instance,
        lambda: set_variables(office.engine, ADMIN, instance, {"found": 1}),
        lambda: set_variables(office.engine, ADMIN, instance, {"place": "东街"}),
    )

    # then
    assert told == [None, None]
    assert office.variables(instance) == {"found": 1, "place": "东街"}
    assert office.kinds(instance) == ["instance:started", "variables:set", "variables:set"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_step_that_was_overtaken_is_computed_again_from_what_is_there_now(office):
    # given a step that reads, and another process that writes before it does: on SQLite it holds no lock yet
    instance, _ = office.begin("patrol", found=1)
    read, elsewhere = [], office.another_process()

    @command
    def add_one(step, key):
        case = step.case(key)
        read.append(case.variables()["found"])
        if len(read) == 1:
            set_variables(elsewhere, ADMIN, key, {"found": 10})
        step.advance(case, "set_variables", scope=1, variables={"found": case.variables()["found"] + 1})
        case.note("variables:set", names=["found"])
        return step.save("added")

    # when
    answer = add_one(office.engine, ADMIN, instance)

    # then the second attempt has read what the other wrote
    assert answer == "added" and read == [1, 10]
    assert office.variables(instance) == {"found": 11}
    assert office.kinds(instance) == ["instance:started", "variables:set", "variables:set"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_no_handler_runs_on_what_is_no_longer_so(office):
    # given a step that is overtaken by the end of its case, before its handler
    ran, elsewhere = [], office.another_process()
    office.engine.register("local:enter", lambda session, call: (ran.append(call), ({}, []))[1], [ADMINISTRATOR])
    office.engine.register("local:count", lambda session, call: ({}, []), [ADMINISTRATOR])
    instance, key = office.begin("handled")

    @command
    def file_late(step, key):
        task, case = step.task(key)
        if office.instance(instance)["status"] == "ACTIVE":
            cancel_instance(elsewhere, ADMIN, instance)
        else:
            return "too late"
        step.advance(case, "complete_user_task", number=task.number, variables={})
        return step.save("filed")

    # when
    answer = file_late(office.engine, LI, key)

    # then
    assert answer == "too late" and ran == []
    assert office.kinds(instance) == ["instance:started", "instance:cancelled"]
