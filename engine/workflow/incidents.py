"""What becomes of a token that cannot go on: an incident at its element, which remembers what is to be tried again."""

from engine.domain.outcome import Incident
from engine.workflow import mappings
from engine.workflow.elements import Flow
from engine.workflow.failures import OPERATIONS, Failure


def leave(run, problem):
    """The item at work failed and was undone to its mark: hold its token there.

    A token that had not yet become an instance of its element gets one that holds its place.
    """
    operation, instance, argument = run.journal.point
    word = operation.__name__
    if OPERATIONS.get(word) is not operation and word != "go_through":
        raise problem
    if word == "arrive":
        flow = argument if type(argument) is Flow else None
        instance = run.enter(flow.target if flow else argument, instance)
        note = ["arrive", flow.id if flow else None]
    elif word == "go_through":
        instance = run.enter(argument, instance)
        note = ["enter"]
    elif word == "finish":
        note = _held(run, instance, argument)
    else:
        note = [word] if argument is None else [word, argument]
    run.journal.put(instance.data, "!", note)
    error_type = getattr(problem, "error_type", "EXTRACT_VALUE_ERROR")
    incident = Incident(instance.number, instance.node.id, error_type, str(problem))
    run.journal.put(run.outcome.incidents_opened, instance.number, incident)


def _held(run, instance, result):
    """A result waits for its mappings; one that cannot even be kept is asked for again."""
    try:
        mappings.hold(run, instance, result)
    except Failure:
        run.journal.undo()
        return ["again"]
    return ["finish"]


def fail(run, instance, reason):
    """An item: something outside could not do what the element asked for; (error type, message). It is asked again afterwards."""
    run.mark(OPERATIONS["again"], instance)
    raise Failure(*reason)
