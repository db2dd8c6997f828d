"""Activities that are no work of a person or worker: plain tasks, scripts, decisions, receive tasks, call activities."""

from engine.domain.outcome import Call, Child
from engine.workflow import jobs, open_work, propagation, subscriptions, tokens
from engine.workflow.failures import unexpected


def script(run, instance):
    """A FEEL expression, and its value under a name."""
    work = instance.node.work
    value = work.code(instance)
    run.text(value)  # one that cannot be kept is computed again, not held
    tokens.finish(run, instance, {work.result: value})


def decision(run, instance):
    """A decision is evaluated outside of the machine: it stops here."""
    work, node = instance.node.work, instance.node
    name = work.decision_id(instance)
    if not isinstance(name, str) or not name:
        raise unexpected(instance, work.decision_id, "the id of a decision", name)
    asked = Call(instance.number, node.id, "decision", name, instance.visible(), {}, work.binding, work.version_tag)
    jobs.call(run, instance, asked)


def wait(run, instance):
    """A receive task, a catching event or an event-based gateway waits for its events."""
    subscriptions.open_all(run, instance, instance.node.waits_for)


def call(run, instance):
    """A call activity asks for an instance of its own."""
    work, number, node = instance.node.work, instance.number, instance.node
    process_id = work.process_id(instance)
    if not isinstance(process_id, str) or not process_id:
        raise unexpected(instance, work.process_id, "the id of a process", process_id)
    handed = instance.visible() if work.hand_down else instance.local()
    above = propagation.caught_above(run, instance)
    child = Child(number, node.id, process_id, work.binding, work.version_tag, handed, above)
    run.journal.put(run.outcome.children_opened, number, child)


def child_completed(run, instance, variables):
    """The child is over; what comes back: its output mappings decide, or all of it, or nothing."""
    open_work.close_child(run, instance)
    node = instance.node
    tokens.finish(run, instance, variables if node.outputs or node.work.hand_up else None)
