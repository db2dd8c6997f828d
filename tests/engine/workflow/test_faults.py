"""Faults of the bare library that could reach us: each test shows the library wrong, and the machine right, on the same diagram.

Where one of these begins to fail in its first half, a new release of the library has mended something: look whether it can be used.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent

from engine.workflow import definition
from engine.workflow.elements import NotExecutable
from tests.engine.workflow.drawing import (
    boundary,
    catch,
    diagram,
    element,
    end,
    flows,
    gateway,
    handler,
    start,
    sub,
    throw,
    undoable,
    user,
)
from tests.engine.workflow.ledger import Case
from tests.engine.workflow.oracle import Oracle, specify

ENDS = start() + end()
PAIR = gateway("parallel", "f") + gateway("parallel", "j") + user("a") + user("b")
ROOT = Path(__file__).parents[3]


def python(xml):
    """The same diagram with the conditions as the library wants them."""
    return xml.replace(b"Expression>=", b"Expression>").replace(b" = ", b" == ").replace(b"condition>=", b"condition>")


def tell(oracle):
    """The library is sent the message."""
    oracle.workflow.send_event(BpmnEvent(MessageEventDefinition("msg"), {}))
    oracle.workflow.do_engine_steps()


def test_a_join_does_not_lose_the_update_of_the_branch_that_ended_first():
    xml = diagram(ENDS, PAIR, user("z"), flows("s -> f -> a -> j -> z -> e", "f -> b -> j"))

    (z,) = Oracle(xml, status="new").complete("a", status="A").complete("b")._open()
    assert z.data["status"] == "new"

    assert Case(xml, status="new").complete("a", status="A").complete("b").variables["status"] == "A"


def test_an_old_value_of_one_branch_does_not_win_over_a_new_one_of_another(w1):
    library, ours = hazard_case(), Case(w1, risk=5)
    for id, variables in (("triage", {}), ("assign", {}), ("rectify", {}), ("verify_a", {"passed": 0}), ("verify_b", {}), ("rectify", {})):
        library.complete(id, **variables)
        ours.complete(id, **variables)

    library.complete("verify_a", passed=1).complete("verify_b")
    assert library.open == ["rectify"]

    assert ours.complete("verify_a", passed=1).complete("verify_b").open == ["close"]


def test_a_join_in_its_second_round_waits_for_both(w1):
    library, ours = hazard_case(), Case(w1, risk=5)
    for id, variables in (("triage", {}), ("assign", {}), ("rectify", {}), ("verify_a", {"passed": 0}), ("verify_b", {}), ("rectify", {})):
        library.complete(id, **variables)
        ours.complete(id, **variables)

    library.complete("verify_b")
    assert library.open != ["verify_a"]

    assert ours.complete("verify_b").open == ["verify_a"]


def hazard_case():
    xml = (Path(__file__).parent / "w1.bpmn").read_bytes().replace(b'"bpmn:tFormalExpression">=', b'"bpmn:tFormalExpression">')
    return Oracle(specs=specify(python(xml), "hazard"), risk=5)


def test_nested_data_of_one_branch_is_not_that_of_another():
    xml = diagram(ENDS, PAIR, flows("s -> f -> a -> j -> e", "f -> b -> j"))

    library = Oracle(xml, obj={"inner": {"x": 1}})
    one, other = library._open()
    one.data["obj"]["inner"]["x"] = 2
    assert other.data["obj"]["inner"]["x"] == 2

    given = {"inner": {"x": 1}}
    ours = Case(xml, obj=given)
    given["inner"]["x"] = 2
    assert ours.variables["obj"] == {"inner": {"x": 1}}


def test_an_interrupting_event_sub_process_interrupts():
    xml = diagram(ENDS, user("a"), flows("s -> a -> e"), handler("h", "message"))

    library = Oracle(xml)
    tell(library)
    assert library.open == ["a", "r"]

    ours = Case(xml, key="k")
    ours.message()
    assert ours.open == ["r"]
    assert ours.complete("r").status == "COMPLETED"


def test_an_error_event_sub_process_does_not_run_without_an_error():
    xml = diagram(ENDS, user("a"), flows("s -> a -> e"), handler("h", "error"))

    assert Oracle(xml).open == ["a", "r"]

    assert Case(xml).open == ["a"]


def test_a_run_does_not_change_the_definition_that_others_run_on():
    xml = diagram(ENDS, user("a"), flows("s -> a -> e"), handler("h", "message"))

    specs = specify(xml)
    before = len(Oracle(specs=specs).workflow.get_tasks())
    tell(Oracle(specs=specs))
    assert len(Oracle(specs=specs).workflow.get_tasks()) > before

    ours = Case(xml, key="k")
    fresh = Case(ours.definition, key="k").out
    ours.message()
    assert Case(ours.definition, key="k").out == fresh


def test_an_error_in_one_sub_process_is_not_caught_by_its_sibling():
    def failing(id, event):
        inner = start(f"{id}_s") + user(f"{id}_u") + end(f"{id}_e", event) + flows(f"{id}_s -> {id}_u -> {id}_e")
        around = boundary(f"{id}_b", id, "error") + user(f"r{id}") + end(f"e{id}") + end(f"n{id}")
        return sub(id, inner) + around + flows(f"{id}_b -> r{id} -> e{id}", f"{id} -> n{id}")

    xml = diagram(start(), gateway("parallel", "f"), failing("x", "error"), failing("y", ""), flows("s -> f -> x", "f -> y"))

    assert Oracle(xml).complete("x_u").open == ["rx", "ry"]

    assert Case(xml).complete("x_u").open == ["rx", "y_u"]


def test_a_loop_of_a_thousand_rounds_does_not_end_by_itself():
    parts = gateway("exclusive", "m") + user("a") + gateway("exclusive", "g", default="g_e")
    xml = diagram(ENDS, parts, flows("s -> m -> a -> g -> e", "g -> m if again = 1"))

    library, rounds = Oracle(python(xml), again=1), 0
    while library.open:
        library.complete("a", again=1)
        rounds += 1
    assert rounds < 1000
    assert library.is_over

    ours = Case(xml, watched=False, again=1)
    for _ in range(1000):
        ours.complete("a", again=1)
    assert ours.open == ["a"]
    assert ours.complete("a", again=0).status == "COMPLETED"


def test_a_thousand_tasks_in_a_row_can_be_read():
    ids = [f"t{n}" for n in range(1000)]
    xml = diagram(ENDS, *[element("task", id) for id in ids], flows(" -> ".join(["s", *ids, "e"])))

    with pytest.raises(ValidationException, match="RecursionError"):
        specify(xml)

    assert Case(xml, watched=False).status == "COMPLETED"


def test_a_data_object_two_levels_up_does_not_hang_the_reader(tmp_path):
    data = element("dataObject", "d") + element("dataObjectReference", "dr", dataObjectRef="d")
    reads = element("dataInputAssociation", "da", "<bpmn:sourceRef>dr</bpmn:sourceRef>")
    inner = start("s3") + user("a", reads) + end("e3") + flows("s3 -> a -> e3")
    middle = start("s2") + sub("y", inner) + end("e2") + flows("s2 -> y -> e2")
    xml = diagram(data, ENDS, sub("x", middle), flows("s -> x -> e"))
    (tmp_path / "data.bpmn").write_bytes(xml)

    code = f"from tests.engine.workflow.oracle import specify; specify(open({str(tmp_path / 'data.bpmn')!r}, 'rb').read())"
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=4, check=True)

    assert Case(xml).open == ["a"]


def test_ids_may_be_those_of_the_librarys_own_nodes():
    xml = diagram(start("Start"), user("End"), end("p.EndJoin"), flows("Start -> End -> p.EndJoin"))

    with pytest.raises(Exception, match="No output task connected"):
        Oracle(xml)

    assert Case(xml).open == ["End"]


# -- what the library reads as something else, or not at all


def test_a_signal_at_the_end_is_thrown():
    xml = diagram(start(), end("e", "signal"), flows("s -> e"))

    assert isinstance(specify(xml)[0].task_specs["e"].event_definition, NoneEventDefinition)

    assert [thrown.name for thrown in Case(xml).out.thrown] == ["sig"]


def test_what_follows_a_link_is_not_lost():
    xml = diagram(ENDS, throw("l1", "link"), catch("l2", "link"), user("a"), flows("s -> l1", "l2 -> a -> e"))

    assert "a" not in specify(xml)[0].task_specs

    assert Case(xml).open == ["a"]


def test_a_compensation_that_is_thrown_compensates():
    xml = diagram(ENDS, throw("th", "compensation"), flows("s -> th -> e"))

    assert isinstance(specify(xml)[0].task_specs["th"].event_definition, NoneEventDefinition)

    assert Case(diagram(ENDS, undoable("a"), throw("th", "compensation"), flows("s -> a -> th -> e"))).log == ["a", "undo_a"]


def test_a_condition_on_a_flow_out_of_a_task_counts():
    xml = diagram(ENDS, user("a"), user("b"), flows("s -> a", "b -> e", "a -> b if x = 1"))

    assert Oracle(python(xml), x=2).complete("a").open == ["b"]

    assert Case(xml, x=2).complete("a").incidents["a"][0] == "CONDITION_ERROR"


def test_an_element_that_nothing_leads_to_is_not_dropped():
    xml = diagram(ENDS, user("a"), flows("s -> e"))

    assert "a" not in specify(xml)[0].task_specs

    with pytest.raises(NotExecutable, match="a: "):
        definition.read(xml)


def test_a_receive_task_without_a_message_does_not_receive():
    xml = diagram(ENDS, element("receiveTask", "r"), user("a"), flows("s -> r -> a -> e"))

    assert Oracle(xml).open == ["a"]

    with pytest.raises(NotExecutable, match="r: "):
        definition.read(xml)


def test_a_condition_is_looked_at_when_a_variable_changes():
    parts = gateway("parallel", "f") + user("a") + catch("c", "condition") + user("z") + gateway("parallel", "j")
    xml = diagram(ENDS, parts, flows("s -> f -> a -> j -> e", "f -> c -> z -> j"))

    assert Oracle(python(xml), x=1).complete("a", x=9).open == []

    assert Case(xml, x=1).complete("a", x=9).open == ["z"]
