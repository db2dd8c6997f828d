"""Readers that do what a reader must not do. The gate's child process imports them by name."""

import os
import signal
import time
from pathlib import Path

from engine.domain.problem import Problem

LOOPING = Path(__file__).with_name("looping.bpmn")


class Refused(ValueError):
    """What readers raise: the element and the line beside the sentence."""

    def __init__(self, sentence, **where):
        super().__init__(sentence)
        self.__dict__.update(where)


def accepts(content):
    return []


def sleeps(content):
    time.sleep(60)


def loops(content):
    while True:
        pass


def library_loops(content):
    """SpiffWorkflow's own parser on a diagram that it never finishes reading."""
    from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser

    parser = BpmnParser()
    parser.add_bpmn_str(LOOPING.read_bytes())
    parser.find_all_specs()


def allocates(content):
    held = []
    while True:
        held.append(bytearray(1 << 24))


def recurses(content):
    recurses(content)


def refuses(content):
    raise Refused("Expected a quiet element, but found a loud one", element="loud", line=7)


def refuses_plainly(content):
    raise ValueError("Expected a quiet file, but it is loud")


def refuses_all(content):
    raise Refused(
        "two", problems=[Problem("a", "ONE", "Expected 1, but 2.", "Do."), Problem("b", "TWO", "Expected 2, but 3.", "Do.", line=3)]
    )


def refuses_without_end(content):
    raise Refused("many", problems=[Problem("a", "AGAIN", "Expected less, but more.", "Stop.")] * 10_000)


def refuses_at_length(content):
    raise ValueError("Expected " + "x" * 10_000_000)


def fails(content):
    {}["missing"]


def prints(content):
    print("x" * 100_000)
    os.write(1, b"\x00\x00\x00\x02{}")


def reads_stdin(content):
    if os.read(0, 10) != b"":
        raise ValueError("Expected nothing on stdin, but there is something")


def leaves(content):
    raise SystemExit(3)


def kills_itself(content):
    os.kill(os.getpid(), signal.SIGKILL)


def tells_itself(content):
    """The process that it is, and what it sees, as the sentence of a refusal."""
    import json

    files = {
        number: os.readlink(f"/proc/self/fd/{number}")
        for number in os.listdir("/proc/self/fd")
        if os.path.lexists(f"/proc/self/fd/{number}")
    }
    raise ValueError(json.dumps({"environment": dict(os.environ), "files": files}))
