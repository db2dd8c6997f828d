"""Compensation: what was completed and has a handler is undone, last first; and transactions that are cancelled."""

from engine.workflow import events, subscriptions, termination, tokens
from engine.workflow.failures import operation


def begin(run, throw, catch):
    """A throwing event takes what its scope remembers (of one activity, or all) and has it compensated, as children of its own.

    An event sub-process compensates what is named of the scope around it, and all of that where it has nothing of its own to undo. A
    cancel event ends everything else first.
    """
    scope = throw.parent
    named_inside = catch.name in scope.node.elements if catch.name else "d" in scope.data
    # What started to compensate a sub-process holds what was complete in it itself: it is a child of who threw, not of that scope.
    beside = scope.node.kind == "event_subprocess" and scope.parent.node is scope.node.parent
    holder = scope.parent if beside and not named_inside else scope
    records = holder.data.get("d", [])
    chosen = [record for record in records if catch.name in (None, record[0])]
    rest = [record for record in records if record not in chosen]
    if rest:
        run.journal.put(holder.data, "d", rest)
    else:
        run.journal.drop(holder.data, "d")
    run.journal.put(throw.data, "u", chosen)
    if catch.kind == "cancel":
        run.journal.put(throw.data, "e", 1)
        if not termination.clear(run, scope, spare=throw):
            termination.after(run, scope, "undo", throw)
            return
    undo(run, throw)


@operation
def undo(run, throw, _=None):
    """Compensate the latest that is left; when nothing is left, the throwing event is over."""
    records = list(throw.data["u"])
    while records:
        id, *inside = records.pop()
        handler = run.definition.elements[id].handler
        if handler is None:
            records += inside[0]
            continue
        run.journal.put(throw.data, "u", records)
        if handler.kind == "event_subprocess":
            events.fire_subprocess(run, throw, handler.start, None, compensated=inside[0] if inside else [])
        else:
            run.send(throw, tokens.arrive, throw, handler)
        return
    run.journal.drop(throw.data, "u")
    if "e" in throw.data:
        _cancelled(run, throw)
    else:
        tokens.finish(run, throw)


def _cancelled(run, throw):
    """A transaction is cancelled: its cancel event goes on, or (it has none) it is simply over.

    Of a loop the cancel event is that of all rounds together; without one a round is over, and the others go on.
    """
    transaction = throw.parent
    whole = transaction.parent if transaction.parent.node is transaction.node else transaction
    for event in transaction.node.boundaries:
        if any(catch.kind == "cancel" for catch in event.catches):
            events.fire_boundary(run, whole, event, None)
            return
    run.remove(throw)
    subscriptions.close_all(run, transaction, {handler.start.id for handler in transaction.node.handlers})
    termination.clear(run, transaction)
