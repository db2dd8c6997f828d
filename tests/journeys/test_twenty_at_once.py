"""Twenty people at the same moment: one gets the task, all twenty answers count, and history tells it once each."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.town import CLERKS


@pytest.fixture(scope="module")
def clerks(town):
    """Twenty people of one role, each in a session of their own."""
    town.deploy("one_task.bpmn", "twenty_tasks.bpmn")
    with ThreadPoolExecutor(4) as pool:  # a password is verified for each: not twenty times at once
        return list(pool.map(lambda name: town.person(name).sign_in(), CLERKS))


def at_once(people, act):
    """act(person) by each of them at the same moment -> their answers, in the order of `people`."""
    gate = threading.Barrier(len(people))

    def one(person):
        gate.wait(60)
        return act(person)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def count(town, instance, kind):
    """How many entries of a kind the history of an instance has."""
    return [entry["kind"] for entry in town.person("jiang.audit").timeline(instance)].count(kind)


def expect_whole(town, instance, tmp_path):
    """The chain of an instance holds, in the eyes of a stranger with nothing but the export."""
    text, status = town.command_line("flask", "history", "export", instance)
    assert status == 0
    file = tmp_path / "export.jsonl"
    file.write_text(text, encoding="utf-8")
    said, status = town.command_line("verify_history.py", str(file))
    assert (status, said.partition(":")[0]) == (0, "Intact"), said


@pytest.mark.parametrize("race", range(5))
def test_twenty_people_claim_one_task_and_one_has_it(town, clerks, race):
    # given
    case = clerks[0].start("one_task")
    task = clerks[0].task(case, "serve")

    # when
    answers = at_once(
        clerks,
        lambda clerk: clerk.ask("POST", f"/v2/user-tasks/{task}/assignment", {"assignee": clerk.username, "allowOverride": False}),
    )

    # then
    assert sorted(answer.status_code for answer in answers) == [204] + [409] * 19
    winner = next(clerk.username for clerk, answer in zip(clerks, answers, strict=True) if answer.status_code == 204)
    refusals = [answer.json()["detail"] for answer in answers if answer.status_code == 409]
    assert all(re.search(rf"already assigned to {winner}\b", sentence) for sentence in refusals), refusals
    assert clerks[0].json("GET", f"/v2/user-tasks/{task}")["assignee"] == winner
    assert count(town, case, "task:claimed") == 1


def test_twenty_people_complete_one_task_and_it_is_done_once(town, clerks):
    # given
    case = clerks[0].start("one_task")
    task = clerks[0].task(case, "serve")

    # when
    answers = at_once(clerks, lambda clerk: clerk.ask("POST", f"/v2/user-tasks/{task}/completion", {"variables": {"by": clerk.username}}))

    # then
    assert sorted(answer.status_code for answer in answers) == [204] + [409] * 19
    assert all("but it is COMPLETED" in answer.json()["detail"] for answer in answers if answer.status_code == 409)
    winner = next(clerk.username for clerk, answer in zip(clerks, answers, strict=True) if answer.status_code == 204)
    assert count(town, case, "task:completed") == 1
    assert json.loads(clerks[0].variables(case)["by"]) == winner


def test_twenty_people_complete_twenty_tasks_of_one_case_and_all_count(town, clerks, tmp_path):
    # given
    case = clerks[0].start("twenty_tasks", {"questions": list(range(20))})
    tasks = [key for element, key in clerks[0].tasks(case) if element == "answer"]
    assert len(tasks) == 20
    numbers = {}
    for task in tasks:
        seen = clerks[0].json("POST", f"/v2/user-tasks/{task}/effective-variables/search")["items"]
        numbers[task] = next(int(each["value"]) for each in seen if each["name"] == "question")
    todo = dict(zip((clerk.username for clerk in clerks), tasks, strict=True))

    # when
    answers = at_once(
        clerks,
        lambda clerk: clerk.ask("POST", f"/v2/user-tasks/{todo[clerk.username]}/completion", {"variables": {"answer": clerk.username}}),
    )

    # then: each answer stands where its question stood
    assert [answer.status_code for answer in answers] == [204] * 20
    given = {numbers[task]: username for username, task in todo.items()}
    assert json.loads(clerks[0].variables(case)["answers"]) == [given[number] for number in range(20)]
    assert [element for element, _ in clerks[0].tasks(case)] == ["sum_up"]
    assert count(town, case, "task:completed") == 20
    expect_whole(town, case, tmp_path)
