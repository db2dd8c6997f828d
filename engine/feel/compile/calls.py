"""Function literals and calls."""

from engine.feel import limits
from engine.feel.compile.build import compiles, quietly, weight
from engine.feel.compile.types import conversion
from engine.feel.errors import FeelBudget
from engine.feel.functions.registry import BUILT_IN, bind
from engine.feel.scope import MISSING, Frame
from engine.feel.values.function import Function
from engine.feel.values.kinds import shown

#: functions that ask the environment's calendar
CALENDAR = {"is working day", "next working day", "add working days", "working days between", "deadline"}
#: functions whose first argument may well not be there
_ASKS = {"is defined", "get or else"}


@compiles("function")
def function(children, build):
    parameters = [child for child in children[0].children if child is not None]
    names = tuple(str(parameter.children[0]) for parameter in parameters)
    types = [(name, conversion(parameter.children[1])) for name, parameter in zip(names, parameters, strict=True) if parameter.children[1]]
    body, cost = build.bind(*names).compile(children[1]), 1 + weight(children[1])

    def make(scope):
        def run(env, values):
            named = dict(zip(names, values, strict=True))
            for name, convert in types:
                named[name] = convert(named[name])
                if named[name] is MISSING:
                    return env.warn(f"Expected another type for the parameter {name}, but found {shown(values[names.index(name)])}")
            return invoke(body, named, scope, env, cost)

        return Function(names, run)

    return make


def invoke(body, values, scope, env, cost):
    """Run a function's body over its arguments, within the depth and steps that are left."""
    env.spend(cost)
    if env.calls >= limits.CALLS:
        raise FeelBudget(f"Expected at most {limits.CALLS} calls inside each other, but found more")
    env.calls += 1
    try:
        return body(Frame(values, scope))
    finally:
        env.calls -= 1


@compiles("call")
def call(children, build):
    arguments = [build.compile(child) for child in children[1:]]
    if built_in := _built_in(children[0], build):
        if built_in.name in _ASKS:
            arguments[:1] = map(quietly, arguments[:1])
        return bind(built_in, arguments)
    callee = build.compile(children[0])

    def run(scope):
        called = callee(scope)
        if not isinstance(called, Function):
            return scope.env.warn(f"Expected a function to call, but found {shown(called)}")
        return called.call(scope.env, [argument(scope) for argument in arguments])

    return run


@compiles("named_call")
def named_call(children, build):
    names = [str(child.children[0]) for child in children[1:]]
    arguments = [build.compile(child.children[1]) for child in children[1:]]
    if built_in := _built_in(children[0], build):
        return bind(built_in, arguments, names)
    callee = build.compile(children[0])

    def run(scope):
        called = callee(scope)
        if not isinstance(called, Function):
            return scope.env.warn(f"Expected a function to call, but found {shown(called)}")
        return called.call_named(scope.env, dict(zip(names, [argument(scope) for argument in arguments], strict=True)))

    return run


def _built_in(callee, build):
    """The built-in function that a call means: its name, unless the expression or the caller's declared names bind that name."""
    if callee.data != "name":
        return None
    name = str(callee.children[0])
    found = BUILT_IN.get(name)
    if found is None or name in build.declared or build.binds(name):
        return None
    build.notes.uses_calendar = build.notes.uses_calendar or name in CALENDAR
    return found
