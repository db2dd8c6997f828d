"""Sums, products, powers and the minus sign; long chains are computed in a loop so that they need no depth."""

from decimal import Decimal, DecimalException

from engine.feel.compile.build import compiles, folded
from engine.feel.values.arithmetic import calculate, negate
from engine.feel.values.kinds import NUMBERS

_FAST = {"+": NUMBERS.add, "-": NUMBERS.subtract, "*": NUMBERS.multiply, "/": NUMBERS.divide}


@compiles("sum")
@compiles("product")
def chain(children, build):
    run = build.compile(children[0])
    if len(children) == 3:
        return _operation(str(children[1]), run, build.compile(children[2]))
    steps = [(str(children[index]), build.compile(children[index + 1])) for index in range(1, len(children), 2)]

    def chained(scope):
        value = run(scope)
        for sign, operand in steps:
            value = calculate(sign, value, operand(scope), scope.env)
        return value

    return folded(chained, run, *(operand for _, operand in steps))


def _operation(sign, left, right):
    fast = _FAST[sign]

    def run(scope):
        one, other = left(scope), right(scope)
        if type(one) is Decimal and type(other) is Decimal:
            try:
                return fast(one, other)
            except DecimalException:
                pass  # told with its reason below
        return calculate(sign, one, other, scope.env)

    return folded(run, left, right)


@compiles("power")
def power(children, build):
    operands = [build.compile(child) for child in children]

    def run(scope):
        value = operands[0](scope)
        for operand in operands[1:]:
            value = calculate("**", value, operand(scope), scope.env)
        return value

    return folded(run, *operands)


@compiles("negation")
def negation(children, build):
    operand = build.compile(children[-1])
    return folded(lambda scope: negate(operand(scope), scope.env), operand)
