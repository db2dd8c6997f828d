"""Comparisons and between; a right side known at compile time is compared without a look-up of types."""

import operator
from decimal import Decimal

from engine.feel.compile.build import compiles, fixed, folded, quietly
from engine.feel.values.order import compare, equal, negated

SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne}
#: types whose Python comparison is FEEL's
PLAIN = (Decimal, str)


def judge(sign, left, right, env):
    """`left` sign `right` -> True, False or null with a reason."""
    if sign == "=":
        return equal(left, right, env)
    return negated(equal(left, right, env)) if sign == "!=" else compare(left, right, sign, env)


@compiles("comparison")
def comparison(children, build):
    one, sign, other = children
    sign, left, right = str(sign), _side(one, other, build), _side(other, one, build)
    known = fixed(right)
    if known and type(known[0]) in PLAIN:
        return folded(_against(left, sign, known[0]), left)
    plain = SIGNS[sign]

    def run(scope):
        one, other = left(scope), right(scope)
        of = type(one)
        if of is type(other) and of in PLAIN:
            return plain(one, other)
        return judge(sign, one, other, scope.env)

    return folded(run, left, right)


def _side(tree, other, build):
    """One side of a comparison; a variable compared with null is asked whether it is there, which is no error."""
    run = build.compile(tree)
    return quietly(run) if tree.data in ("name", "path") and other.data == "null" else run


def _against(left, sign, right):
    of = type(right)
    # One closure per sign: the operator itself is several times cheaper than a call of it.
    if sign == "=":

        def run(scope):
            value = left(scope)
            return value == right if type(value) is of else equal(value, right, scope.env)
    elif sign == ">":

        def run(scope):
            value = left(scope)
            return value > right if type(value) is of else compare(value, right, ">", scope.env)
    elif sign == ">=":

        def run(scope):
            value = left(scope)
            return value >= right if type(value) is of else compare(value, right, ">=", scope.env)
    elif sign == "<":

        def run(scope):
            value = left(scope)
            return value < right if type(value) is of else compare(value, right, "<", scope.env)
    elif sign == "<=":

        def run(scope):
            value = left(scope)
            return value <= right if type(value) is of else compare(value, right, "<=", scope.env)
    else:

        def run(scope):
            value = left(scope)
            return value != right if type(value) is of else negated(equal(value, right, scope.env))

    return run
