"""Reading a name, and reading a property of a value by its name."""

from engine.feel.compile.build import compiles
from engine.feel.functions.registry import BUILT_IN
from engine.feel.scope import MISSING
from engine.feel.values.properties import read


@compiles("name")
def name(children, build):
    wanted = str(children[0])
    if not build.binds(wanted):
        build.notes.reads.add(wanted)
    function = BUILT_IN.get(wanted)
    if function is not None:
        return lambda scope: scope.get(wanted, function)
    reason = f"Expected a variable {wanted}, but found none"

    def run(scope):
        value = scope.get(wanted, MISSING)
        return scope.env.warn(reason) if value is MISSING else value

    return run


@compiles("path")
def path(children, build):
    base, wanted = build.compile(children[0]), str(children[1])

    def run(scope):
        value = base(scope)
        if type(value) is dict and wanted in value:
            return value[wanted]
        return read(value, wanted, scope.env)

    return run
