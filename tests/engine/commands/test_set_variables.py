"""Variables are set from outside: an administrator's act, in the scope that they name."""

import pytest
from sqlalchemy import select

from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_task import complete_task
from engine.commands.set_variables import set_variables
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store.models import ProcessInstance
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, ROBOT, TANG


def test_variables_of_an_instance_change_with_one_entry_that_says_how(office):
    # given
    instance, _ = office.begin("patrol", found=1)

    # when
    set_variables(office.engine, ADMIN, instance, {"found": 2, "place": "东街"})

    # then
    assert office.variables(instance) == {"found": 2, "place": "东街"}
    assert office.trail(instance)[1:] == [("variables:set", "admin", None)]
    data = office.history(instance)[1]["data"]
    assert (data["names"], data["variables"]) == (["found", "place"], {"found": "2", "place": "东街"})


def test_local_variables_stay_at_the_element_and_go_with_it(office):
    # given a task, whose key is its element's
    instance, key = office.begin("patrol", found=1)
    number = office.task(instance)["number"]

    # when one is set in the task's own scope, and one upward
    set_variables(office.engine, ADMIN, key, {"found": 2}, local=True)
    set_variables(office.engine, ADMIN, key, {"place": "东街"})

    # then
    assert office.variables(instance, number) == {"found": 2}
    assert office.variables(instance) == {"found": 1, "place": "东街"}
    complete_task(office.engine, LI, key, {})
    assert office.variables(instance, number) == {}
    assert office.variables(instance) == {"found": 1, "place": "东街"}


def test_a_variable_goes_to_the_nearest_scope_that_has_it(office):
    instance, key = office.begin("patrol", found=1)
    set_variables(office.engine, ADMIN, key, {"found": 2}, local=True)

    set_variables(office.engine, ADMIN, key, {"found": 3})

    assert office.variables(instance, office.task(instance)["number"]) == {"found": 3}
    assert office.variables(instance) == {"found": 1}


def test_a_childs_variables_are_its_own(office):
    # given a case of three levels
    office.deploy("outer.bpmn")
    root = office.start("outer", found=1)
    (inner,) = office.db(select(ProcessInstance.key).where(ProcessInstance.root_key == root, ProcessInstance.process_id == "inner"))

    # when
    set_variables(office.engine, ADMIN, inner["key"], {"found": 5})

    # then only its own chain has grown
    assert (office.variables(root), office.variables(inner["key"])) == ({"found": 1}, {"found": 5})
    assert office.kinds(root) == ["instance:started"]
    assert office.kinds(inner["key"]) == ["instance:started", "variables:set"]


@pytest.mark.parametrize("by", [LI, AUDITOR_, ROBOT], ids=["starter", "auditor", "program"])
def test_only_an_administrator_sets_variables(office, by):
    instance, key = office.begin("patrol", by=LI)

    for of in (instance, key):
        with office.refuses(NotPermitted, f"Expected an administrator to set variables directly, but {by.username} is not one"):
            set_variables(office.engine, by, of, {"found": 2})


def test_who_cannot_see_a_case_does_not_learn_of_it(office):
    instance, key = office.begin("patrol")

    for of in (instance, key, 7):
        with office.refuses(NotFound, f"Expected a.* instance with key {of}, but there is none"):
            set_variables(office.engine, TANG, of, {"found": 2})


def test_what_is_over_keeps_its_variables(office):
    # given a task that is done in a case that goes on
    instance, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    # then, and when the case is over too
    with office.refuses(WrongState, f"Expected to set variables of element instance {key}, but it is COMPLETED"):
        set_variables(office.engine, ADMIN, key, {"found": 2})
    cancel_instance(office.engine, ADMIN, instance)
    with office.refuses(WrongState, f"Expected to set variables of process instance {instance}, but it is TERMINATED"):
        set_variables(office.engine, ADMIN, instance, {"found": 2})
