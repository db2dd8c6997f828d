"""Loops: the body is an instance of the element, its rounds are children with the same element.

A sequential multi-instance looks at its collection again for each round, as Camunda does; a parallel one begins all rounds at once. Where
these are many they live outside of the state bytes (outside.py), so that a step costs the same beside ten as beside a thousand.
"""

from engine import feel
from engine.workflow import mappings, subscriptions, termination, tokens
from engine.workflow.failures import Failure, unexpected

#: To begin, or to end from outside, all rounds is one step, whose length grows with them.
WIDEST = 10_000


def start(run, body):
    """The body begins: how many rounds, and the first or all of them."""
    node, loop = body.node, body.node.loop
    if loop.kind == "standard":
        run.journal.put(body.data, "l", [0, 0])
    else:
        items = _items(body)
        run.journal.put(body.data, "l", [0, len(items)])
        if loop.kind == "parallel" and run.outside.takes(body, len(items)):
            run.outside.begin(body, len(items))
        elif loop.output:
            run.set_local(body, loop.output, [None] * len(items))
    if node.boundaries:
        subscriptions.open_all(run, body, node.boundaries)
    if loop.kind == "parallel":
        for place, item in enumerate(items):
            run.send(body, begin_round, body, (place, run.text(item)))
        if not items:
            run.emptied(body)
    else:
        emptied(run, body)


def begin_round(run, body, place_and_text):
    """An item: one round begins, with its counter and its item (JSON text) among its own variables.

    So is what it gives to the output collection, as in Camunda: the rounds beside it, and those before it, write another.
    """
    place, text = place_and_text
    node, loop = body.node, body.node.loop
    instance = run.enter(node, body, number=body.data["f"] + place if "f" in body.data else None)
    run.journal.put(instance.data, "i", place)
    run.put_text(instance, "loopCounter", str(place + 1))
    if loop.element:
        run.put_text(instance, loop.element, text)
    if loop.own not in (None, loop.element, "loopCounter"):
        run.put_text(instance, loop.own, "null")
    tokens.enter(run, instance)


def ended(run, body, instance):
    """A round is complete: its output is collected, and the completion condition may end the loop."""
    loop, (before, size) = body.node.loop, body.data["l"]
    stop = False
    run.journal.put(body.data, "l", [before + 1, size])
    if loop.kind != "standard":
        if loop.output and "f" in body.data:
            run.outside.give(body, instance, loop.result(instance))
        elif loop.output:
            results = list(body.get(loop.output))
            results[instance.data["i"]] = loop.result(instance)
            run.set_local(body, loop.output, results)
    if instance.node.handler is not None or "d" in instance.data:
        tokens.remember(run, instance)
    run.remove(instance, kept=loop.output if "f" in body.data else None)
    if loop.kind != "standard":
        if loop.until is not None:
            active = size - before - 1 if loop.kind == "parallel" else 0
            counts = {"numberOfInstances": size, "numberOfActiveInstances": active, "numberOfCompletedInstances": before + 1}
            scope = feel.Scope({**counts, "numberOfTerminatedInstances": 0}, instance, instance.env)
            stop = mappings.flag(scope, loop.until, f"the completion condition of {body.node.id}")
    if stop:
        run.journal.put(body.data, "q", 1)
        termination.clear(run, body)


def emptied(run, body):
    """No round is active: another one, or the loop is over."""
    loop, count = body.node.loop, body.data["l"][0]
    text = None
    if "q" not in body.data:
        if loop.kind == "standard" and _another(body, loop, count):
            text = "null"
        elif loop.kind == "sequential":
            items = _items(body)
            run.journal.put(body.data, "l", [count, len(items)])
            text = run.text(items[count]) if count < len(items) else None
    if text is not None:
        run.send(body, begin_round, body, (count, text))
        return
    # The outputs of all rounds go upward together; output mappings and listeners are each round's own.
    if loop.output:
        run.set(body.parent, loop.output, body.get(loop.output))
    if body.subs:
        subscriptions.close_all(run, body)
    tokens.complete(run, body)


def _another(body, loop, count):
    if count == 0 and not loop.test_before:
        return True
    if loop.maximum is not None and count >= loop.maximum:
        return False
    if loop.until is None:
        return True
    scope = feel.Scope({"loopCounter": count + 1}, body, body.env)
    return mappings.flag(scope, loop.until, f"the loop condition of {body.node.id}")


def _items(body):
    loop = body.node.loop
    items = loop.collection(body)
    if not isinstance(items, list):
        raise unexpected(body, loop.collection, "a list", items)
    if len(items) > WIDEST:
        sentence = f"Expected at most {WIDEST} rounds of {body.node.id}, but '{loop.collection.text}' has {len(items)} items"
        raise Failure("EXTRACT_VALUE_ERROR", sentence)
    return items
