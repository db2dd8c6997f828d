"""Ad-hoc sub-processes: elements inside are chosen by an expression, by whoever activates them, or (plain BPMN) all start."""

from engine.domain.errors import Invalid
from engine.workflow import mappings, subprocesses, termination, tokens
from engine.workflow.failures import unexpected


def begin(run, instance):
    """The first elements start; of a sequential one the first alone."""
    node, work = instance.node, instance.node.work
    startable = [element.id for element in node.starts]
    chosen = [] if work.waits else startable
    if work.active is not None:
        chosen = work.active(instance)
        if not isinstance(chosen, list) or not set(map(str, chosen)) <= set(startable):
            raise unexpected(instance, work.active, f"a list of {', '.join(startable)}", chosen)
    if work.sequential and chosen[1:]:
        run.journal.put(instance.data, "r", chosen[1:])
        chosen = chosen[:1]
    if not chosen:
        run.journal.put(instance.data, "w", 1)
    subprocesses.open_with(run, instance, [node.elements[id] for id in chosen])


def activate(run, instance, elements):
    """Somebody starts elements inside; of a sequential one, each when those before it are over."""
    startable = {element.id for element in instance.node.starts}
    unknown = [id for id in elements if id not in startable]
    if unknown or not elements:
        raise Invalid(f"Expected elements of {instance.node.id} that can be activated, but found {', '.join(unknown) or 'none'}")
    run.journal.drop(instance.data, "w")
    if instance.node.work.sequential:
        free = 0 if _is_busy(instance) else 1
        run.journal.put(instance.data, "r", [*instance.data.get("r", ()), *elements[free:]])
        elements = elements[:free]
    for id in elements:
        run.send(instance, tokens.arrive, instance, instance.node.elements[id])


def inside_ended(run, instance):
    """An element inside was completed: if the completion condition holds now, what else is active is cancelled, or waited for.

    The next of a sequence does not wait for event sub-processes that go on beside it.
    """
    work = instance.node.work
    if work.until is not None and _complete(instance):
        run.journal.drop(instance.data, "r")
        run.journal.put(instance.data, "q", 1)
        if work.cancel_remaining:
            termination.clear(run, instance)
    if instance.data.get("r"):
        run.send(instance, _take_turns, instance)


def _take_turns(run, instance, _):
    """An item, after the tokens that the completed element sent on: the next begins where nothing else is active."""
    if not _is_busy(instance, beside=1):
        _next(run, instance)


def _is_busy(instance, beside=0):
    """Does an element inside go on? `beside`: what else the sub-process counts at this moment."""
    handlers = sum(kid.node.kind == "event_subprocess" for kid in instance.kids.values())
    return instance.n > handlers + beside


def _next(run, instance):
    first, *rest = instance.data["r"]
    run.journal.put(instance.data, "r", rest)
    run.send(instance, tokens.arrive, instance, instance.node.elements[first])


def done(run, instance):
    """Nothing is active inside: the next of a sequence, the end, or (its condition does not hold) it waits to be activated again."""
    work = instance.node.work
    if instance.data.get("r"):
        _next(run, instance)
    elif "w" not in instance.data and (work.until is None or "q" in instance.data or _complete(instance)):
        tokens.finish(run, instance)


def _complete(instance):
    return mappings.flag(instance, instance.node.work.until, f"the completion condition of {instance.node.id}")
