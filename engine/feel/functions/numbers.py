"""Functions of numbers (DMN 1.5, table 75). A result that is no number of decimal128 is null."""

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

from engine.feel.functions.registry import built_in
from engine.feel.values.arithmetic import negative
from engine.feel.values.kinds import NUMBERS


def _rounded(n, scale, rounding, env):
    """`n` to that many decimals, negative ones before the point; scale from -6111 to 6176."""
    places = int(scale or 0)
    if not -6111 <= places <= 6176:
        return env.warn(f"Expected a scale from -6111 to 6176, but found {scale}")
    if n == 0 or n.as_tuple().exponent >= -places:
        return n
    context = Context(prec=34, Emin=-6143, Emax=6144, rounding=rounding)
    return n.quantize(Decimal((0, (1,), -places)), context=context)


def _rounds(signature, rounding):
    @built_in(signature)
    def run(env, n, scale=None):
        return _rounded(n, scale, rounding, env)


_rounds("decimal(n: number, scale: number)", ROUND_HALF_EVEN)
_rounds("floor(n: number, scale?: number)", ROUND_FLOOR)
_rounds("ceiling(n: number, scale?: number)", ROUND_CEILING)
_rounds("round up(n: number, scale?: number)", ROUND_UP)
_rounds("round down(n: number, scale?: number)", ROUND_DOWN)
_rounds("round half up(n: number, scale?: number)", ROUND_HALF_UP)
_rounds("round half down(n: number, scale?: number)", ROUND_HALF_DOWN)


@built_in("abs(n: number)")
def absolute(env, n):
    return NUMBERS.abs(n)


@built_in("abs(n: duration)")
def absolute_duration(env, n):
    return negative(n) if n < type(n)(0) else n


@built_in("modulo(dividend: number, divisor: number)")
def modulo(env, dividend, divisor):
    """The remainder with the sign of the divisor: dividend - divisor * floor(dividend / divisor)."""
    if divisor == 0:
        return env.warn("Expected a divisor other than 0, but found 0")
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@built_in("sqrt(number: number)")
def square_root(env, value):
    return NUMBERS.sqrt(value)


@built_in("log(number: number)")
def logarithm(env, value):
    return NUMBERS.ln(value) if value > 0 else env.warn(f"Expected a number above 0 for log, but found {value}")


@built_in("exp(number: number)")
def exponential(env, value):
    return NUMBERS.exp(value)


@built_in("odd(number: number)")
def odd(env, value):
    return value == value.to_integral_value() and int(value) % 2 == 1


@built_in("even(number: number)")
def even(env, value):
    return value == value.to_integral_value() and int(value) % 2 == 0
