"""What is thrown: signals, messages, links, and the end of a scope."""

from tests.engine.workflow.drawing import boundary, catch, diagram, element, end, flows, gateway, handler, start, sub, throw, user
from tests.engine.workflow.ledger import Case


def test_a_signal_that_is_thrown_reaches_its_own_instance_before_the_thrower_goes_on():
    inner = start("s2") + throw("t", "signal") + user("never") + flows("s2 -> t -> never")
    case = Case(diagram(start(), sub("x", inner), boundary("b", "x", "signal"), user("r"), flows("s -> x", "b -> r")))

    assert case.open == ["r"]
    assert [(thrown.kind, thrown.name) for thrown in case.out.thrown] == [("signal", "sig")]
    assert "never" not in case.passed()


def test_a_signal_that_is_thrown_carries_its_local_variables():
    io = '<zeebe:ioMapping><zeebe:input source="=n * 2" target="twice"/></zeebe:ioMapping>'
    parts = gateway("parallel", "f") + catch("c", "signal") + user("a") + throw("t", "signal", ext=io) + end()
    case = Case(diagram(start(), parts, flows("s -> f -> c -> a", "f -> t -> e")), n=4)

    assert case.open == ["a"]
    assert case.variables["twice"] == 8
    assert case.out.thrown[0].variables == {"twice": 8}


def test_a_signal_start_of_a_handler_hears_what_its_process_throws():
    parts = user("a") + throw("t", "signal") + handler("h", "signal", interrupting=False) + end()
    case = Case(diagram(start(), parts, flows("s -> a -> t -> e")))

    case.complete("a")

    assert case.open == ["r"]


def test_a_message_end_event_publishes_with_key_id_and_time_to_live():
    publish = '<zeebe:publishMessage correlationKey="=order" messageId="once" timeToLive="PT1M"/>'
    mapped = '<zeebe:ioMapping><zeebe:input source="=1" target="n"/></zeebe:ioMapping>'
    case = Case(diagram(start(), end("e", "message", ext=publish + mapped), flows("s -> e")), order=12)

    (thrown,) = case.out.thrown
    assert (thrown.kind, thrown.name, thrown.correlation_key, thrown.message_id, thrown.time_to_live) == (
        "message",
        "msg",
        "12",
        "once",
        60_000,
    )
    assert thrown.variables == {"n": 1}
    assert case.status == "COMPLETED"


def test_a_send_task_publishes_too():
    task = element("sendTask", "t", ext='<zeebe:publishMessage correlationKey="k"/>', messageRef="M")
    case = Case(diagram(start(), task, end(), flows("s -> t -> e")))

    assert case.out.thrown[0].name == "msg"
    assert case.status == "COMPLETED"


def test_terminate_inside_a_handler_ends_the_handler_alone():
    stop = (
        element(
            "subProcess", "h", start("hs", "signal", isInterrupting="false"), end("he", "terminate"), flows("hs -> he"),
            triggeredByEvent="true",
        )
    )  # fmt: skip
    case = Case(diagram(start(), user("a"), end(), stop, flows("s -> a -> e")))

    case.signal()
    assert case.open == ["a"]
    case.signal().complete("a")

    assert case.status == "COMPLETED"
