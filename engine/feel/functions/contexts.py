"""Functions of contexts (DMN 1.5, table 78)."""

from engine.feel.functions.registry import built_in
from engine.feel.values.kinds import CONTEXT, kind, shown
from engine.feel.values.size import listed


@built_in("get value(m: context, key: string)")
def get_value(env, context, key):
    return context[key] if key in context else env.warn(f"Expected a context with {key}, but found one without")


@built_in("get value(context: context, keys: list)")
def get_value_at(env, context, keys):
    """The value at the end of a path of keys. Camunda's addition."""
    for key in keys:
        if kind(context) != CONTEXT or not isinstance(key, str) or key not in context:
            return env.warn(f"Expected a context with {shown(key)}, but found {shown(context)}")
        context = context[key]
    return context


@built_in("get entries(m: context)")
def get_entries(env, context):
    return listed([{"key": key, "value": value} for key, value in context.items()], env)


@built_in("context(entries: list)")
def context(env, entries):
    made = {}
    for entry in listed(entries, env):
        if kind(entry) != CONTEXT or not isinstance(entry.get("key"), str) or "value" not in entry:
            return env.warn(f"Expected entries with a key and a value, but found {shown(entry)}")
        if entry["key"] in made:
            return env.warn(f'Expected each key once, but found "{entry["key"]}" again')
        made[entry["key"]] = entry["value"]
    return made


@built_in("context put(context: context, key: string, value: any)")
def context_put(env, context, key, value):
    env.spend(len(context))
    return context | {key: value}


@built_in("context put(context: context, keys: list, value: any)")
def context_put_at(env, context, keys, value):
    if not keys or not isinstance(keys[0], str):
        return env.warn(f"Expected a list of keys, but found {shown(keys[0]) if keys else 'an empty one'}")
    if len(keys) == 1:
        return context_put(env, context, keys[0], value)
    inside = context.get(keys[0])
    if kind(inside) != CONTEXT:
        return env.warn(f"Expected a context at {keys[0]}, but found {shown(inside)}")
    changed = context_put_at(env, inside, keys[1:], value)
    return None if changed is None else context_put(env, context, keys[0], changed)


@built_in("context merge(contexts: list)")
def context_merge(env, contexts):
    """All entries of a list of contexts; a later one's win."""
    merged = {}
    for one in contexts:
        if kind(one) != CONTEXT:
            return env.warn(f"Expected a list of contexts, but found {shown(one)}")
        env.spend(len(one))
        merged.update(one)
    return merged
