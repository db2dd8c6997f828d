"""The rounds of a wide multi-instance are outside of the state bytes: a step reads and writes those that it comes to; none is left."""

import json

import pytest

from engine.domain.errors import NotFound
from engine.domain.outcome import OUTSIDE, State
from engine.workflow import outside, runner
from tests.engine.workflow.drawing import (
    boundary,
    catch,
    diagram,
    end,
    flows,
    gateway,
    handler,
    job,
    listeners,
    multi,
    start,
    sub,
    throw,
    user,
)
from tests.engine.workflow.ledger import Case, Outside

ENDS = start() + end()
THEN = user("z") + flows("s -> a -> z -> e")
#: More rounds than the state bytes take.
MANY = outside.ROOM + 6
INNER = start("s2") + end("e2")


def rounds(until="", inside=user("b") + user("c") + flows("s2 -> b -> c -> e2"), items=MANY, **more):
    """A case in a parallel multi-instance sub-process of two tasks, one after the other."""
    parts = sub("a", INNER, inside, multi(until=until, result="loopCounter * 10"))
    return Case(diagram(ENDS, parts, THEN), items=list(range(items)), results="outer", **more)


def test_a_step_reads_and_writes_one_round_however_many_there_are():
    sizes = {}
    for items in (MANY, 4 * MANY):
        case = rounds(items=items).complete("b")
        number = case.number("c")

        case.do("complete_user_task", number=number, variables={})

        assert len(case.outside.read) == 2
        assert case.out.rounds == dict.fromkeys(case.outside.read)
        assert {row.element_id for row in case.out.elements.values()} == {"c", "e2", "a"}
        sizes[items] = len(case.raw)
    assert max(sizes.values()) - min(sizes.values()) <= 4  # a digit more of its counters


def test_what_a_round_gives_may_have_the_name_of_the_collection():
    case = Case(diagram(ENDS, user("a", multi(output="r", result="r")), THEN), items=list(range(MANY)))

    for number in sorted(case.ledger.tasks):
        case.do("complete_user_task", number=number, variables={"r": number - OUTSIDE})

    assert case.variables["r"] == list(range(MANY))
    assert case.ledger.variables.keys() == {1}


def test_up_to_so_many_rounds_stay_in_the_bytes():
    case = rounds(items=outside.ROOM - 2)

    assert not case.ledger.rounds
    assert max(case.ledger.elements) < OUTSIDE


def test_the_collection_is_put_together_where_somebody_looks_at_it_and_when_the_loop_is_over():
    # given a condition that looks at what has been given so far
    case = rounds(until="count(results[item = 20 or item = 70]) = 2 and count(results) = numberOfInstances")
    numbers = sorted(case.ledger.tasks)

    for place in (1, 6):
        assert case.open.count("z") == 0
        number = numbers[place]
        case.do("complete_user_task", number=number, variables={})
        case.complete("c")

    # then the other rounds are over, and what the two gave stands in its place
    assert case.open == ["z"]
    assert {place: value for place, value in enumerate(case.variables["results"]) if value is not None} == {1: 20, 6: 70}
    assert len(case.variables["results"]) == MANY
    assert sorted(case.ledger.variables) == [1]
    assert not case.ledger.rounds


def test_whoever_asks_for_all_variables_is_not_kept_waiting_for_the_collection():
    case = rounds().complete("b").complete("c")
    number = case.number("b")
    own = {scope: texts for scope, texts in case.ledger.variables.items() if scope < OUTSIDE}

    seen = runner.visible_variables(case.definition, State(case.raw, own, Outside(case.ledger)), number)

    assert (seen["loopCounter"], seen["item"]) == (2, 1)
    assert "results" not in seen
    with pytest.raises(NotFound, match="none alive"):
        runner.visible_variables(case.definition, State(case.raw, own, Outside(case.ledger)), OUTSIDE)


def test_a_boundary_event_ends_all_rounds_and_what_they_have_given():
    parts = sub("a", INNER, user("b"), user("c"), flows("s2 -> b -> c -> e2"), multi()) + boundary("t", "a", "timer") + user("late")
    case = Case(diagram(ENDS, parts, THEN, flows("t -> late")), items=list(range(MANY)))
    case.complete("b").complete("c")

    case.later(1)

    assert case.open == ["late"]
    assert sorted(case.ledger.variables) == [1]
    assert not case.ledger.rounds
    assert len(case.ledger.closed_tasks) == MANY + 1


def test_to_cancel_ends_them_too():
    case = rounds().complete("b")

    case.do("cancel")

    assert case.status == "CANCELED"
    assert not case.ledger.rounds


def test_tasks_whose_canceling_has_to_be_listened_to_hold_up_the_end_until_the_last_of_them():
    ext = listeners(("canceling", "ask"), of="task")
    parts = user("a", multi(), ext=ext) + boundary("t", "a", "timer") + user("late")
    case = Case(diagram(ENDS, parts, THEN, flows("t -> late")), items=list(range(MANY)))

    case.later(1)
    for _ in range(MANY):
        assert "late" not in case.open
        case.work("a")

    assert case.open == ["late"]


def test_an_incident_in_a_round_is_its_own_and_is_tried_again():
    failing = job(
        "b", type="x", ext='<zeebe:ioMapping><zeebe:output source="=if ok then 1 else function(x) x" target="r"/></zeebe:ioMapping>'
    )
    case = rounds(inside=failing + flows("s2 -> b -> e2"), ok=False)

    case.work("b")
    assert list(case.incidents) == ["b"]
    assert case.open.count("b") == MANY - 1
    number = case.number("b", case.ledger.incidents)
    case.do("set_variables", scope=number, variables={"ok": True}, local=True).resolve("b")

    assert len(case.outside.read) == 2
    assert not case.incidents
    assert case.open.count("b") == MANY - 1


def test_a_message_comes_to_the_one_round_that_waits_for_it():
    waiting = catch("m", "message") + user("c") + flows("s2 -> m -> c -> e2")
    case = rounds(inside=waiting, key="k")

    assert case.message("msg", "k", got=1)

    assert case.open == ["c"]
    assert len(case.outside.read) == 2


@pytest.mark.parametrize("event", ["signal", "condition"])
def test_a_signal_and_a_condition_are_met_in_every_round(event):
    inside = user("b") + flows("s2 -> b -> e2") + handler("h", event)
    both = ENDS + sub("a", INNER, inside, multi(output="")) + user("go") + throw("x", "signal") + gateway("parallel", "f")
    case = Case(diagram(both, flows("s -> f -> a -> e", "f -> go -> x -> e")), items=list(range(MANY)), x=0)

    case.complete("go", x=9 if event == "condition" else 0)

    assert case.open == ["r"] * MANY


def test_wide_loops_in_rounds_of_wide_loops_read_one_round_of_each():
    inner = user("b", multi(items="item", item="one", output="inner", result="one"))
    parts = sub("a", INNER, inner, flows("s2 -> b -> e2"), multi(output="results", result="inner"))
    case = Case(diagram(ENDS, parts, THEN), items=[[1, 2], list(range(MANY)), *([[3]] * MANY)])

    numbers = [number for number, _ in sorted(case.ledger.tasks.items())]
    case.do("complete_user_task", number=numbers[2 + 5], variables={})
    assert len(case.outside.read) == 3  # the inner round, the outer one with its body

    for number in sorted(case.ledger.tasks):
        case.do("complete_user_task", number=number, variables={})
    assert case.variables["results"] == [[1, 2], list(range(MANY)), *([[3]] * MANY)]
    assert not case.ledger.rounds


def test_calls_of_rounds_are_answered_in_the_step_that_began_them():
    parts = job("a", multi(result="r"), type="local:add", ext='<zeebe:ioMapping><zeebe:output source="=r" target="r"/></zeebe:ioMapping>')
    case = Case(diagram(ENDS, parts, THEN), started=False)
    case.answers["local:add"] = lambda call: ("finish_call", {"variables": {"r": call.variables["item"] + 1}})

    case.do("start", variables={"items": list(range(MANY))})

    assert case.open == ["z"]
    assert case.variables["results"] == [n + 1 for n in range(MANY)]
    assert not case.ledger.rounds


def test_what_began_in_the_bytes_stays_there():
    case = rounds(items=3)
    raw = json.loads(case.raw)
    raw[0] = 1
    case.raw = json.dumps(raw).encode()

    while "z" not in case.open:
        case.complete("b" if "b" in case.open else "c")

    assert case.variables["results"] == [10, 20, 30]
