"""Two parallel branches of one case edit its variables: nothing is reverted, and of the same one the last writer's value stands."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

BEFORE = {"height": 1, "photo": "无", "note": "登记", "untouched": {"a": [1, 0.1]}}


@pytest.fixture
def case(town):
    """A case whose two branches are open, each with its person."""
    town.deploy("parallel_edits.bpmn")
    one = town.person("clerk.00")
    key = one.start("parallel_edits", BEFORE)
    assert sorted(element for element, _ in one.tasks(key)) == ["measure", "photograph"]
    return key


def known(town, case):
    return {name: json.loads(text) for name, text in town.person("clerk.00").variables(case).items()}


def test_edits_of_different_variables_are_both_kept(town, case):
    # when
    town.person("clerk.00").do(case, "measure", {"height": 2.8})
    assert known(town, case) == {**BEFORE, "height": 2.8}
    town.person("clerk.01").do(case, "photograph", {"photo": "楼梯.jpg"})

    # then: the join gives nothing back
    assert town.person("clerk.00").task(case, "read")
    assert known(town, case) == {**BEFORE, "height": 2.8, "photo": "楼梯.jpg"}


@pytest.mark.parametrize("order", [("measure", "photograph"), ("photograph", "measure")])
def test_of_the_same_variable_the_last_writers_value_stands(town, case, order):
    # given
    filed = {"measure": {"height": 2.8, "note": "测量"}, "photograph": {"photo": "楼梯.jpg", "note": "拍照"}}

    # when
    for number, element in enumerate(order):
        town.person(f"clerk.{number:02d}").do(case, element, filed[element])

    # then
    assert known(town, case) == {**BEFORE, "height": 2.8, "photo": "楼梯.jpg", "note": filed[order[1]]["note"]}


def test_what_a_branch_does_not_name_stays_as_the_other_branch_left_it(town, case):
    """Also where the task was taken before the other branch wrote."""
    # given
    first, second = town.person("clerk.00"), town.person("clerk.01")
    task = second.task(case, "photograph")
    second.claim(task)

    # when
    first.do(case, "measure", {"height": 2.8, "note": "测量"})
    second.complete(task, {"photo": "楼梯.jpg"})

    # then
    assert known(town, case) == {**BEFORE, "height": 2.8, "note": "测量", "photo": "楼梯.jpg"}


@pytest.mark.parametrize("race", range(8))
def test_branches_that_end_at_the_same_moment_lose_nothing(town, case, race):
    # given
    people = {"measure": town.person("clerk.00"), "photograph": town.person("clerk.01")}
    tasks = {element: person.task(case, element) for element, person in people.items()}
    filed = {"measure": {"height": race, "note": "测量"}, "photograph": {"photo": f"{race}.jpg", "note": "拍照"}}
    gate = threading.Barrier(2)

    def complete(element):
        gate.wait(60)
        people[element].complete(tasks[element], filed[element])

    # when
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(complete, tasks))

    # then: whoever history says was last, was last
    last = [entry["element"] for entry in people["measure"].timeline(case) if entry["kind"] == "task:completed"][-1]
    assert known(town, case) == {**BEFORE, "height": race, "photo": f"{race}.jpg", "note": filed[last]["note"]}
    assert people["measure"].task(case, "read")


def test_variables_set_from_outside_meet_those_of_a_branch(town, case):
    """An administrator may set variables of a running case; that, too, reverts nothing."""
    # when
    town.person("clerk.00").do(case, "measure", {"height": 2.8})
    changed = {"variables": {"note": "更正"}}
    town.admin.json("PUT", f"/v2/element-instances/{case}/variables", changed, status=204)
    town.person("clerk.01").do(case, "photograph", {"photo": "楼梯.jpg"})

    # then
    assert known(town, case) == {**BEFORE, "height": 2.8, "photo": "楼梯.jpg", "note": "更正"}
