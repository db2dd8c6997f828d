"""The token game agrees with the machine, on diagrams that are sound by construction and on wild ones; and it is bounded and fast."""

import time
from pathlib import Path
from random import Random

import pytest

from engine.gate import soundness
from engine.gate.diagram import Diagram
from engine.gate.soundness.explore import Bound, explore
from engine.gate.soundness.net import DONE, build
from engine.gate.soundness.play import Play
from engine.gate.soundness.reduce import reduce
from engine.gate.xml import read
from engine.workflow import definition
from tests.engine.gate.soundness.wild import gets_stuck, wild
from tests.engine.workflow.drawing import boundary, diagram, end, flows, gateway, start, sub, user
from tests.engine.workflow.generated import BLOCKS, Generator

BUNDLED = sorted((Path(__file__).parents[4] / "bpmn").rglob("*.bpmn"))
STUCK = {"DEADLOCK", "JOIN_WAITS_FOR_ITSELF"}


def drawn(content):
    return Diagram(read(content, "test.bpmn"))


def codes(content):
    return {problem.code for problem in soundness.check(drawn(content), [])}


def test_nothing_is_found_in_what_is_drawn_in_blocks():
    kinds = set()
    for seed in range(150):
        generator = Generator(Random(seed))
        content = generator.diagram()
        kinds |= generator.kinds

        assert codes(content) == set(), f"seed {seed}"
    assert kinds >= set(BLOCKS)


def test_what_gets_the_machine_stuck_is_found_in_wild_diagrams():
    stuck = sound = 0
    for seed in range(60):
        content, picks = wild(Random(seed))
        found = codes(content)
        (process,) = definition.read(content)

        if any(gets_stuck(process, picks, Random(turn)) for turn in range(6)):
            assert found & STUCK, f"seed {seed} gets stuck, and only {found} was found"
            stuck += 1
        sound += not found & STUCK
    assert stuck >= 10 and sound >= 10


def test_the_smaller_net_gets_stuck_where_the_whole_one_does():
    compared = 0
    for seed in range(100):
        scope = (seen := drawn(wild(Random(seed))[0])).scopes[0]
        net = build(seen, scope, {})
        whole, small = (explore(each, net.starts[0], Bound(20_000)) for each in (net, reduce(net)))

        if whole.complete and not whole.overflows and not small.overflows:
            compared += 1
            assert small.complete and len(small.before) <= len(whole.before), f"seed {seed}"
            assert [bool(small.stuck), bool(small.endless), set(small.overs)] == [bool(whole.stuck), bool(whole.endless), set(whole.overs)]
            assert bool(small.twice) == bool(whole.twice), f"seed {seed}"
    assert compared > 50


def test_all_bundled_diagrams_are_sound_and_explored_within_a_second():
    before = time.process_time()
    found = {path.stem: codes(path.read_bytes()) for path in BUNDLED}

    assert found and all(each == set() for each in found.values())
    assert time.process_time() - before < 3  # half a second, on a busy machine


@pytest.mark.parametrize("branches", [14, 60])
def test_what_has_too_many_ways_is_said_to_be_not_explored(branches):
    """Branches side by side, each of which may go back into the one beside it: nothing here can be made smaller."""
    body, way = start() + gateway("parallel", "part") + gateway("parallel", "join") + end(), ["s -> part", "join -> e"]
    for number in range(branches):
        beside = (number + 1) % branches
        body += gateway("exclusive", f"in{number}") + user(f"a{number}") + gateway("exclusive", f"g{number}", default=f"g{number}_join")
        way += [f"part -> in{number} -> a{number} -> g{number} -> join", f"g{number} -> in{beside} if x = 1"]
    before = time.process_time()

    found = soundness.check(drawn(diagram(body, flows(*way))), [])

    assert [(problem.severity, problem.code) for problem in found if problem.code == "NOT_EXPLORED"] == [("warning", "NOT_EXPLORED")]
    assert time.process_time() - before < 8


def test_an_error_out_of_what_has_interrupted_a_sub_process_is_caught_outside_of_it():
    def handling(id, event, then=""):
        return sub(id, start(f"{id}_s", event), end(f"{id}_e", then), flows(f"{id}_s -> {id}_e"), triggeredByEvent="true")

    inner = (
        start("s2") + user("u") + end("e2") + flows("s2 -> u -> e2") + handling("first", "message", "error") + handling("second", "error")
    )
    content = diagram(start(), end(), sub("x", inner), boundary("b", "x", "error"), flows("s -> x -> e", "b -> e"))

    assert Play(drawn(content)).outcomes["x"] == {DONE, "b"}
