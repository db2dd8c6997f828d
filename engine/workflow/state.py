"""What is alive as bytes: [version, next number, rows]; a row per element instance, [number, element id, parent, data, subscriptions].

The process itself has number 1, element id "" and parent 0. Trailing empty parts of a row are left out. Subscriptions are
[id, event id, kind, …]: of a signal its name, of a condition whether it was true, of a timer cycle its bookkeeping (timers.py).
Of the keys of `data`, all optional:

    j  {join: {flow: tokens}} waiting at joins (flow "" for a start quantity)      J  complex gateways that fired, waiting for the rest
    l  [rounds ended, rounds in all] of a loop's body      i  a round's place, from 0     c  1 while a call to a handler or decision is out
    f  number of the first round of a body whose rounds are outside of the bytes (outside.py)  n  how many of them are alive
    b  of the process: the next number outside of the bytes
    r  ids that a sequential ad-hoc has still to start      w  1 while an ad-hoc waits to be activated      q  1 once its condition held
    x  [start or end, place] of the execution listener whose job is out            t  a user task's transition, see user_tasks.py
    v  names of results held among its own variables         h  {name: JSON text} of those that they cover
    !  [operation, …] that failed and is tried again when its incident is resolved
    d  what was completed and can be compensated             u  what is still to be compensated        e  its end is a cancellation
    o  1 when its job or child ended with an error: nothing is out any more
    z  1 while it is being ended from outside                k  [operation, number] when all that is ended has gone
    s  number of the start event that started the process, while its start listeners are out
    a  what is caught above this process, {"error": [...], "escalation": [...]}

No variables, decimals or dates; ids of elements only.
"""

import orjson

from engine.domain.outcome import OUTSIDE
from engine.workflow.elements import NotExecutable
from engine.workflow.scopes import Instance

VERSION = 2

#: version -> function that turns a saved state of that version into one of the next.
MIGRATIONS = {
    1: lambda saved: [2, *saved[1:]],  # from 2 on there may be rounds outside of it, which whoever knows only 1 would forget
}


def load(definition, raw, variables, env):
    """(next number, {number: Instance}): parents stand before their children.

    Raises ValueError for a state of a version that is not known here, NotExecutable where an element is no longer in the definition.
    """
    saved = orjson.loads(raw)
    while saved[0] != VERSION:
        if saved[0] not in MIGRATIONS:
            raise ValueError(f"Expected a state of version {VERSION} or before, but it is {saved[0]}")
        saved = MIGRATIONS[saved[0]](saved)
    _, next_number, rows = saved
    instances = {}
    add(definition, instances, rows, variables, env)
    return next_number, instances


def add(definition, instances, rows, variables, env):
    """Make Instances of rows, and add them to {number: Instance}."""
    elements = definition.elements
    for row in rows:
        number, element_id, above = row[0], row[1], row[2]
        if above:
            parent = instances[above]
            node = elements.get(element_id)
            if node is None:
                raise NotExecutable(element_id, f"Expected the element in process {definition.id}, but it is not there")
            instance = instances[number] = parent.kids[number] = Instance(number, node, parent, env)
            if "f" not in parent.data:
                parent.n += 1
        else:
            instance = instances[number] = Instance(number, definition.process, None, env)
        if number in variables:
            instance.texts = dict(variables[number])
        if len(row) > 3:
            if row[3]:
                data = instance.data = row[3]
                for flows in data.get("j", {}).values():
                    instance.n += sum(flows.values())
                instance.n += data.get("n", 0)
            if len(row) > 4:
                instance.subs = {sub[0]: sub[1:] for sub in row[4]}


def dump(next_number, instances):
    """The state bytes of what is alive and lives in them."""
    return orjson.dumps([VERSION, next_number, [row(instance) for number, instance in instances.items() if number < OUTSIDE]])


def row(instance):
    """An instance as its row."""
    row = [instance.number, instance.node.id, instance.parent.number] if instance.parent else [instance.number, "", 0]
    data = instance.data
    if "f" in data:
        data["n"] = instance.n
    if instance.subs:
        row += [data or 0, [[number, *sub] for number, sub in instance.subs.items()]]
    elif data:
        row.append(data)
    return row
