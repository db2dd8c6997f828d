"""The built-in functions by name, how one is declared, and how a call of it is bound when an expression is compiled."""

from decimal import DecimalException
from functools import lru_cache

from engine.feel import limits
from engine.feel.compile.build import constant, fixed
from engine.feel.errors import FeelBudget
from engine.feel.functions.signatures import Signature, parse
from engine.feel.names import Known
from engine.feel.scope import Environment
from engine.feel.values.function import Function
from engine.feel.values.kinds import shown

#: {name: Builtin}
BUILT_IN = {}
#: names of types that have spaces
_TYPE_NAMES = (
    "date and time", "days and time duration", "years and months duration", "day and time duration", "year and month duration",
)  # fmt: skip
#: what Python's own types raise for values that FEEL answers with null: a day 32, a year 10000, a logarithm of 0
_LIBRARY_REFUSALS = (ArithmeticError, ValueError)


class Builtin(Function):
    """A built-in function with all its signatures; `pure` if the same arguments always give the same value."""

    __slots__ = ("pure", "signatures")

    def __init__(self, name, pure):
        super().__init__(None, self._run, name)
        self.signatures, self.pure = [], pure

    def _run(self, env, values):
        return _apply(self, [signature for signature in self.signatures if signature.fits(len(values))], values, env)

    def call_named(self, env, named):
        """Call with {parameter name: value}."""
        names, values = list(named), list(named.values())
        return _apply(self, [signature for signature in self.signatures if signature.fits_names(names)], values, env, names)


def built_in(signature, pure=True):
    """Declare a function: `@built_in("substring(string: string, start position: number, length?: number)")`.

    After a name, `?` means that it may be left out and `...` that it gathers all further arguments; after a type, `?` that null is taken.
    The function is given the environment and its arguments as these types, None for one that was left out.
    """
    name, parameters = parse(signature)

    def register(run):
        BUILT_IN.setdefault(name, Builtin(name, pure)).signatures.append(Signature(parameters, run))
        return run

    return register


@lru_cache(maxsize=256)
def vocabulary(names):
    """-> Known names: a tuple of a caller's own, and those that FEEL itself brings."""
    return Known(names, vocabulary(())) if names else Known([*BUILT_IN, *_TYPE_NAMES])


def bind(function, arguments, names=None):
    """A call of a built-in with argument closures (and their names) -> closure. What can be decided now is decided now."""
    if names is None:
        fitting = [signature for signature in function.signatures if signature.fits(len(arguments))]
    else:
        fitting = [signature for signature in function.signatures if signature.fits_names(names)]

    def run(scope):
        return _apply(function, fitting, [argument(scope) for argument in arguments], scope.env, names)

    if names is None and len(fitting) == 1 and not fitting[0].rest:
        run = _direct(function, fitting, arguments)
    if not function.pure or not fitting or not all(fixed(argument) for argument in arguments):
        return run
    env = Environment(steps=limits.CHUNK)
    try:
        value = _apply(function, fitting, [fixed(argument)[0] for argument in arguments], env, names)
    except FeelBudget:
        return run
    return run if env.warnings or value is None or isinstance(value, (list, dict)) else constant(value)


def _direct(function, fitting, arguments):
    """A call with one signature whose arguments have the parameters' very types goes straight to the function."""
    call, parameters = fitting[0].run, fitting[0].parameters
    left_out = (None,) * (len(parameters) - len(arguments))
    pairs = [(argument, parameter.plain if parameter.kinds else None) for argument, parameter in zip(arguments, parameters, strict=False)]

    def run(scope):
        env, values, plainly = scope.env, [], True
        for argument, plain in pairs:
            value = argument(scope)
            values.append(value)
            of = type(value)
            if plain is not None and of not in plain:
                plainly = False
            elif of is str and len(value) > limits.CHUNK:
                env.spend(len(value) // limits.CHUNK)
        if not plainly:
            return _apply(function, fitting, values, env)
        try:
            return call(env, *values, *left_out)
        except FeelBudget:
            raise
        except _LIBRARY_REFUSALS as problem:
            return _refused(function, problem, env)

    return run


def _apply(function, fitting, values, env, names=None):
    """Call by the first signature whose types the values can have; null with a reason if there is none."""
    refused = None
    env.spend(sum(len(value) // limits.CHUNK for value in values if type(value) is str))
    for signature in fitting:
        taken = signature.take(values if names is None else signature.order(names, values))
        if type(taken) is tuple:
            refused = refused or taken
            continue
        try:
            left_out = () if signature.rest else (None,) * (len(signature.parameters) - len(taken))
            return signature.run(env, *taken, *left_out)
        except FeelBudget:
            raise
        except _LIBRARY_REFUSALS as problem:
            return _refused(function, problem, env)
    if refused:
        parameter, value = refused
        return env.warn(f"Expected a {parameter.said} for {parameter.name} of {function.name}, but found {shown(value)}")
    given = f"{len(values)} arguments" if names is None else f"arguments named {', '.join(names)}"
    return env.warn(f"Expected the arguments of {function.name}, but found {given}")


def _refused(function, problem, env):
    reason = type(problem).__name__ if isinstance(problem, DecimalException) else str(problem) or type(problem).__name__
    return env.warn(f"Expected {function.name} to have a result, but found: {reason}")
