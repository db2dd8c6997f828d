"""What every command is: done once per idempotency key, and impossible without an entry of history."""

import importlib
import inspect
import pkgutil

import pytest
from sqlalchemy import select

from engine import commands
from engine.commands.assign_task import assign_task
from engine.commands.cancel_instance import cancel_instance
from engine.commands.claim_task import claim_task
from engine.commands.command import command
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.commands.release_task import release_task
from engine.commands.resolve_incident import resolve_incident
from engine.commands.save_draft import save_draft
from engine.commands.set_variables import set_variables
from engine.commands.start_instance import start_instance
from engine.commands.update_task import update_task
from engine.domain.errors import Conflict, KeyReused
from engine.domain.people import ADMINISTRATOR
from engine.store.models import Incident, ProcessInstance, UserTask
from engine.store.records import Draft, Idempotency
from engine.store.save import Change
from tests.engine.commands.office import ADMIN, LI, SUN
from tests.engine.commands.together import both_waiting


def twice(office, act, actor, *arguments, **named):
    """The answer of a request that is sent twice under one key; the second time nothing may change."""
    key = f"{act.__name__}-{arguments}"
    first = act(office.engine, actor, *arguments, **named, idempotency_key=key)
    before = office.everything(), office.rows(Draft), office.rows(Idempotency)
    assert act(office.engine, actor, *arguments, **named, idempotency_key=key) == first
    assert (office.everything(), office.rows(Draft), office.rows(Idempotency)) == before
    return first


def test_a_task_goes_its_way_with_every_request_sent_twice(office):
    # given
    office.deploy("officers.bpmn")

    # when
    instance = twice(office, start_instance, ADMIN, "officers")["key"]
    inspect_ = office.task(instance)["key"]
    twice(office, claim_task, LI, inspect_)
    twice(office, release_task, LI, inspect_)
    twice(office, assign_task, SUN, inspect_, "li")
    twice(office, update_task, LI, inspect_, {"priority": 90})
    assert twice(office, save_draft, LI, inspect_, {"found": 1}) == {"revision": 1}
    twice(office, complete_task, LI, inspect_, {"found": 2})
    twice(office, decline_task, SUN, inspect_, "照片不清")
    complete_task(office.engine, LI, inspect_, {"found": 3})
    assert [one["element"] for one in twice(office, confirm_task, SUN, inspect_)["opened"]] == ["hear"]
    twice(office, set_variables, ADMIN, instance, {"found": 4})
    twice(office, cancel_instance, ADMIN, instance, "重复立案")

    # then each left its entry once
    kinds = ["claimed", "released", "assigned", "updated", "confirmation-asked", "declined", "confirmation-asked", "completed"]
    assert office.kinds(instance) == ["instance:started", *(f"task:{kind}" for kind in kinds), "variables:set", "instance:cancelled"]


def test_an_incident_is_resolved_and_left_once_per_request(office):
    # given a case that is still stuck when it is tried again
    office.deploy("stuck.bpmn")
    twice(office, start_instance, ADMIN, "stuck")
    (incident,) = office.db(select(Incident.key))

    # when
    twice(office, resolve_incident, ADMIN, incident["key"])

    # then
    assert len(office.rows(Incident)) == 2


def test_a_request_whose_handler_fails_is_done_once_too(office):
    # given
    def refusing(session, call):
        raise LookupError("台账已封存")

    for name in ("local:enter", "local:count"):
        office.engine.register(name, refusing, [ADMINISTRATOR])
    _, key = office.begin("handled")

    # when
    twice(office, complete_task, LI, key, {})

    # then
    assert len(office.rows(Incident)) == 1


def test_another_request_under_a_known_key_is_refused(office):
    # given
    _, key = office.begin("patrol")
    update_task(office.engine, LI, key, {"priority": 90}, idempotency_key="k")

    # then, be it another argument or another command
    sentence = "Expected idempotency key 'k' to come with the request it first came with, but it is another one"
    with office.refuses(KeyReused, sentence):
        update_task(office.engine, LI, key, {"priority": 10}, idempotency_key="k")
    with office.refuses(KeyReused, sentence):
        claim_task(office.engine, LI, key, idempotency_key="k")


def test_a_key_is_its_actors_own(office):
    # given
    instance, key = office.begin("patrol")
    update_task(office.engine, LI, key, {"priority": 90}, idempotency_key="k")

    # when
    update_task(office.engine, SUN, key, {"priority": 10}, idempotency_key="k")

    # then
    assert office.trail(instance)[1:] == [("task:updated", "li", "inspect"), ("task:updated", "sun", "inspect")]
    assert office.task(instance)["priority"] == 10


def test_a_refused_request_may_be_sent_again_under_its_key(office):
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)
    with office.refuses(Conflict, "already assigned to li"):
        claim_task(office.engine, SUN, key, idempotency_key="k")
    release_task(office.engine, LI, key)

    claim_task(office.engine, SUN, key, idempotency_key="k")

    assert office.task(instance)["assignee"] == "sun"


@pytest.mark.parametrize("act", ["complete", "start"])
def test_the_same_request_sent_twice_at_once_is_done_once_and_answered_twice(office, act):
    # given
    instance, key = office.begin("patrol")
    request = {
        "complete": lambda: complete_task(office.engine, LI, key, {"found": 1}, idempotency_key="k"),
        "start": lambda: start_instance(office.engine, LI, "patrol", idempotency_key="k"),
    }[act]

    # when both have begun before one is through
    one, other = both_waiting(office, instance, request, request)

    # then
    assert one == other and one["opened"]
    assert len(office.rows(UserTask)) == 2
    assert len(office.rows(ProcessInstance)) == {"complete": 1, "start": 2}[act]


def every_command():
    """Every module of engine.commands that has a function of its own name that is given the engine and an actor."""
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"engine.commands.{found.name}")
        function = getattr(module, found.name, None)
        if inspect.isfunction(function):
            parameters = inspect.signature(function, follow_wrapped=False).parameters
            if list(parameters)[:2] == ["engine", "actor"]:
                yield found.name, parameters


def test_every_command_takes_an_idempotency_key():
    known = dict(every_command())

    # A lease runs out by itself: whoever asks for jobs again gets those that nobody holds.
    assert [name for name, parameters in known.items() if "idempotency_key" not in parameters] == ["activate_jobs"]
    assert {"claim_task", "complete_task", "start_instance", "deploy", "create_account"} <= set(known)


@command
def change_silently(step, key):
    """A command that forgets to say what it did."""
    step.advance(step.case(key), "set_variables", scope=1, variables={"found": 9})
    return step.save()


@command
def change_wrongly(step, key):
    """A command that calls what it did by a word that no auditor knows."""
    case = step.case(key)
    step.advance(case, "set_variables", scope=1, variables={"found": 9})
    case.note("task:lost")
    return step.save()


def test_a_command_that_forgets_its_note_leaves_an_entry_all_the_same(office):
    instance, _ = office.begin("patrol")

    change_silently(office.engine, ADMIN, instance)

    assert office.trail(instance)[1:] == [("instance:continued", "admin", None)]
    assert office.history(instance)[1]["data"]["variables"] == {"found": "9"}


def test_a_command_cannot_invent_a_kind_of_history(office):
    instance, _ = office.begin("patrol")

    with office.refuses(ValueError, "Expected a kind of history that engine/history.py names, but found 'task:lost'"):
        change_wrongly(office.engine, ADMIN, instance)


def test_the_store_takes_no_change_without_an_entry():
    with pytest.raises(TypeError, match="entry"):
        Change(instance={"key": 1}, outcome=None)
