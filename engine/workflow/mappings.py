"""Input and output mappings: what an element sees, and where its result goes."""

from engine import feel
from engine.workflow.failures import Failure


def read_in(run, instance):
    """Each input becomes a variable of the element's own; a later one sees the earlier. A nested target builds its context anew."""
    for (name, *path), source in instance.node.inputs:
        value = source(instance)
        if path:
            own = instance.get(name) if instance.texts and name in instance.texts else None
            value = nested(own, path, value)
        run.set_local(instance, name, value)


def give_out(run, instance, result):
    """The result of an element, {name: value} or None, through its output mappings; without any, all of it goes upward.

    A mapping sees the result first and then what the element sees. A nested target changes that place alone, in a copy.
    """
    outputs = instance.node.outputs
    if not outputs:
        if result:
            for name, value in result.items():
                run.set(instance, name, value)
        return
    scope = feel.Scope(dict(result or ()), instance, instance.env)
    for (name, *path), source in outputs:
        value = source(scope)
        if path:
            value = nested(scope.get(name), path, value)
        scope.values[name] = value
        give(run, instance, name, value)


def give(run, instance, name, value):
    """A variable for the scopes around an element; of a round of a loop, what it gives to the output collection is its own."""
    own = instance.node.loop.own if instance.node.loop is not None and not instance.is_body() else None
    run.set(instance if name == own else instance.parent or instance, name, value)


def hold(run, instance, result):
    """Keep a result among the element's own variables until it can go through the mappings."""
    covered = {name: text for name, text in (instance.texts or {}).items() if name in (result or ())}
    for name, value in (result or {}).items():
        run.set_local(instance, name, value)
    if result:
        run.journal.put(instance.data, "v", sorted(result))
        if covered:
            run.journal.put(instance.data, "h", covered)


def take_back(run, instance):
    """The result that was held, {name: value} or None; the element's own variables are again what they were before."""
    if "v" not in instance.data:
        return None
    covered, result = instance.data.get("h", {}), {}
    for name in instance.data["v"]:
        result[name] = instance.get(name)
        if name in covered:
            run.put_text(instance, name, covered[name])
        else:
            run.drop_local(instance, name)
    run.journal.drop(instance.data, "v")
    run.journal.drop(instance.data, "h")
    return result


def nested(context, path, value):
    """A copy of a context with the value at a path inside it; what is on the path and no context is replaced by one."""
    top = dict(context) if isinstance(context, dict) else {}
    place = top
    for step in path[:-1]:
        inner = place.get(step)
        place[step] = place = dict(inner) if isinstance(inner, dict) else {}
    place[path[-1]] = value
    return top


def target(text):
    """("a", "b", "c") of the target a.b.c. Raises Failure's sentence as ValueError where it is none."""
    path = tuple((text or "").split("."))
    if not all(step.strip() == step and step for step in path):
        raise ValueError(f"Expected a target like name or name.part, but found {text!r}")
    return path


def flag(scope, expression, what):
    """The value of a condition that has to be true or false. `what`: 'the condition of flow x', for the sentence."""
    value = expression(scope)
    if value is True or value is False:
        return value
    reason = f": {scope.env.warnings[-1]}" if value is None and scope.env.warnings else ""
    raise Failure("EXTRACT_VALUE_ERROR", f"Expected {what} ('{expression.text}') to be true or false, but it is not{reason}")
