"""Pools that send each other messages, and lanes."""

from engine.workflow import definition
from tests.engine.bpmn.stories import diagram, play
from tests.engine.workflow.ledger import Case


def test_each_pool_is_a_process_and_the_messages_between_them_are_those_of_their_events():
    # given
    town, enterprise = definition.read(diagram("collaboration"))
    assert (enterprise.version_tag, [start.name for start in enterprise.starts]) == ("2026", ["order"])

    # when the town orders, a process of the enterprise begins with what was sent
    ordering = Case(town, order_no="5")
    (order,) = ordering.out.thrown
    rectifying = Case(enterprise, at="ordered", **order.variables)
    rectifying.complete("rectify", done=True)

    # then its report finds the one that waits for this order
    (report,) = rectifying.out.thrown
    assert (report.name, report.correlation_key, report.variables) == ("report", "5", {"done": True})
    assert ordering.message(report.name, report.correlation_key, **report.variables)
    assert ordering.variables["done"] is True
    assert ordering.status == rectifying.status == "COMPLETED"


def test_the_innermost_lane_is_the_queue_also_of_what_is_inside_a_sub_process():
    case = play("lanes")

    for id, queue in (("report", "居村"), ("check", "应急办"), ("approve", "分管领导"), ("sign", "居村")):
        assert case.ledger.tasks[case.number(id)].candidate_groups == (queue,)
        case.complete(id)

    assert case.status == "COMPLETED"
