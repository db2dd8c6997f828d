"""One resource: the rules first, then its reader; whatever a reader raises becomes a problem."""

import pytest

from engine.gate.check import MOST, check
from tests.engine.gate import readers
from tests.engine.gate.drawn import around, file, job

FORM = b'{"id": "a", "components": []}'


def ask(reader, content=FORM):
    return check("form", "a.form", content, reader)


def first(reader):
    answer = ask(reader)
    return tuple(answer["problems"][0][name] for name in ("element", "code", "sentence", "line"))


def test_a_file_that_the_reader_accepts_has_no_problem():
    assert ask(readers.accepts) == {"problems": [], "facts": {"kind": "form", "id": "a", "version_tag": None}, "asks": [], "trace": None}


def test_a_refusal_is_a_problem_at_the_element_that_the_reader_names():
    assert first(readers.refuses) == ("loud", "NOT_EXECUTABLE_HERE", "Expected a quiet element, but found a loud one", 7)


def test_a_refusal_without_element_is_a_problem_of_the_file():
    assert first(readers.refuses_plainly) == ("a.form", "NOT_EXECUTABLE_HERE", "Expected a quiet file, but it is loud", None)


def test_a_reader_may_tell_everything_at_once():
    assert [(problem["element"], problem["code"]) for problem in ask(readers.refuses_all)["problems"]] == [("a", "ONE"), ("b", "TWO")]


def test_more_problems_than_anybody_reads_are_cut_and_said():
    problems = ask(readers.refuses_without_end)["problems"]

    assert len(problems) == MOST + 1
    assert problems[-1]["code"] == "TOO_MANY_PROBLEMS"
    assert "10000" in problems[-1]["sentence"]


@pytest.mark.parametrize("reader, error", [(readers.fails, "KeyError"), (readers.recurses, "RecursionError")])
def test_a_reader_that_fails_is_a_problem_and_leaves_its_trace_for_the_log(reader, error):
    answer = ask(reader)

    assert [(problem["element"], problem["code"]) for problem in answer["problems"]] == [("a.form", "READER_FAILED")]
    assert error in answer["problems"][0]["sentence"]
    assert "Traceback" not in answer["problems"][0]["sentence"]
    assert "Traceback" in answer["trace"]
    assert answer["facts"] is None


def test_the_reader_is_not_asked_about_what_the_rules_refuse():
    answer = ask(readers.fails, b'{"components": []}')

    assert [problem["code"] for problem in answer["problems"]] == ["MISSING_ID"]


def test_the_reader_is_asked_about_what_the_rules_only_warn_of():
    answer = check("bpmn", "a.bpmn", file(around(job())), readers.refuses)

    assert [problem["code"] for problem in answer["problems"]] == ["NO_DRAWING", "NOT_EXECUTABLE_HERE"]


def test_memory_that_is_used_up_is_not_an_answer():
    def starves(content):
        raise MemoryError

    with pytest.raises(MemoryError):
        ask(starves)
