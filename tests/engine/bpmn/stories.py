"""Diagrams beside the tests, played on the machine by a Case: state and rows are saved and loaded between any two steps."""

from pathlib import Path

from engine.domain.outcome import ACTIVE
from tests.engine.workflow.ledger import Case

HERE = Path(__file__).parent
BY_KIND = {"user": "complete_user_task", "call": "complete_child"}


def diagram(name):
    """The bytes of <name>.bpmn."""
    return (HERE / f"{name}.bpmn").read_bytes()


def play(name, **arguments):
    """A Case of the diagram <name>.bpmn; `arguments` as Case takes them, and the variables that it starts with."""
    return Case(diagram(name), **arguments)


def go_through(case, **variables):
    """Everybody does what is theirs until nothing is left: people, workers, called processes, senders. `variables`: what each hands in."""
    while case.status == ACTIVE:
        if case.open:
            row = next(iter(sorted([*case.ledger.tasks.items(), *case.ledger.jobs.items(), *case.ledger.children.items()])))[0]
            kind = case.definition.elements[case.ledger.elements[row].element_id].kind
            case.do(BY_KIND.get(kind, "complete_job"), number=row, variables=variables)
        else:
            waiting = [id for id, sub in sorted(case.ledger.subscriptions.items()) if sub.kind == "message"]
            assert waiting, f"nobody can go on: {case.incidents}"
            case.do("trigger", subscription=waiting[0], variables=variables)
    return case
