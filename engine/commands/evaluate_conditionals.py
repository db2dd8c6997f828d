"""The conditions that can start a process are evaluated with what somebody knows: every process of which one is true begins."""

from engine import feel
from engine.commands.command import command
from engine.commands.publish_message import expect_integration
from engine.commands.serve import new_instance
from engine.domain import values
from engine.domain.errors import NotFound
from engine.store import definitions, messages


@command
def evaluate_conditionals(step, variables, definition_key=None):
    """Start an instance at every conditional start event whose condition is true of `variables`: {name: value}, also its own from then on.

    Of the newest version of every process, or of the definition with this key alone. Nothing else evaluates these conditions: before
    there is an instance there is no variable that could change (Camunda 8, POST /v2/conditionals/evaluation). Returns {"key", "started":
    [{"key", "definition_key"}]}; raises NotFound where there is no definition with this key.
    """
    expect_integration(step, "evaluate conditional start events")
    found = [(row, start) for row in _definitions(step, definition_key) for start in _holding(step, row, variables)]

    started = []
    for row, start in found:
        case = new_instance(step, row)
        step.advance(case, "start", variables=variables, at=start.event_id)
        told = {"process": row["process_id"], "version": row["version"], "condition": start.when.text}
        case.note("instance:started", start.event_id, **told)
        started.append({"key": case.row["key"], "definition_key": row["key"]})

    return step.save({"key": step.key(), "started": started})


def _definitions(step, key):
    if key is None:
        waiting = step.transaction.fetch(messages.SUBSCRIBED, kind="conditional", name="", correlation_key="")
        keys = dict.fromkeys(row["definition_key"] for row in waiting)
    else:
        keys = [key]
    rows = [row for each in keys for row in step.transaction.fetch(definitions.PROCESS_BY_KEY, key=each)]
    if key is not None and not rows:
        raise NotFound(f"Expected a deployed process definition with key {key}, but there is none")
    return rows


def _holding(step, row, variables):
    """The start events of a definition of which a condition holds. One that cannot be computed does not, as inside an instance."""
    definition = step.engine.definition(step.transaction, row["key"]).definition
    environment = feel.Environment(step.local, step.calendar(definition))
    scope = feel.Scope(values.read(values.write(variables)), None, environment)
    found = {}  # an event with several conditions begins once
    for start in definition.starts:
        if start.kind == "conditional" and start.event_id not in found:
            try:
                holds = start.when(scope) is True
            except feel.FeelError:  # its budget
                holds = False
            if holds:
                found[start.event_id] = start
    return found.values()
