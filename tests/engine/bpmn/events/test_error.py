"""Errors: caught by their code or at all, at an activity or beside everything, nearest first; uncaught they are incidents."""

import pytest

from tests.engine.bpmn.events.beside import play


@pytest.mark.parametrize("code, task", [("NO_ACCESS", "ask_police"), ("DOG", "look")])
def test_a_boundary_catches_its_code_and_another_one_every_code(code, task):
    case = play("error_boundary")

    case.error("inspect", code, why="nobody there")

    assert case.open == [task] and case.passed("terminated") == ["inspect"]
    assert case.variables.get("reason") == ("nobody there" if code == "NO_ACCESS" else None)
    assert case.complete(task).status == "COMPLETED"


def test_an_error_end_event_ends_all_of_its_sub_process():
    # given
    case = play("error_end")
    assert case.open == ["measure", "photograph"]

    # when
    case.complete("measure", cracks=7)

    # then
    assert case.open == ["evacuate"] and set(case.passed("terminated")) == {"photograph", "check", "unsafe"}
    assert case.complete("evacuate").status == "COMPLETED"


@pytest.mark.parametrize("code, task, ended", [("LOCKED", "fetch_key", ["inspect"]), ("DOG", "look", ["inspect", "visit"])])
def test_an_event_sub_process_catches_what_is_thrown_in_its_scope(code, task, ended):
    case = play("error_event_subprocess")

    case.error("inspect", code)

    assert case.open == [task] and case.passed("terminated") == ended
    assert case.complete(task).status == "COMPLETED"


def test_an_error_that_nobody_catches_is_an_incident():
    # given
    case = play("error_called").complete("inspect", found="UNSAFE")
    sentence = "Expected somebody to catch the error 'UNSAFE', but nobody does"
    assert case.incidents == {"report": ("UNHANDLED_ERROR_EVENT", sentence)} and case.status == "ACTIVE"

    # when it is tried again, nobody has come to catch it
    case.resolve("report")

    # then
    assert list(case.incidents) == ["report"]
