"""Arithmetic and logic agree with a reference: the same tree, computed with Python's own decimals and three-valued tables."""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel

EXACT = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[InvalidOperation, DivisionByZero, Overflow])
ARITHMETIC = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply, "/": EXACT.divide}
ORDER = {"<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__, "=": Decimal.__eq__, "!=": Decimal.__ne__}


def calculated(sign, left, right):
    if left is None or right is None:
        return None
    try:
        return ARITHMETIC[sign](left, right)
    except DecimalException:
        return None


def compared(sign, left, right):
    if sign in ("=", "!=") and (left is None or right is None):
        return (left is right) == (sign == "=")
    return None if left is None or right is None else ORDER[sign](left, right)


def conjunction(left, right):
    return False if left is False or right is False else None if left is None or right is None else True


def disjunction(left, right):
    return True if left is True or right is True else None if left is None or right is None else False


def binary(signs, operands, compute):
    """A sign between two operands in brackets -> (text, value)."""
    return st.builds(
        lambda sign, left, right: (f"({left[0]}) {sign} ({right[0]})", compute(sign, left[1], right[1])),
        st.sampled_from(list(signs)),
        operands,
        operands,
    )


literals = st.decimals(min_value=Decimal("-1e6"), max_value=Decimal("1e6"), allow_nan=False, places=3).map(
    lambda value: (format(value, "f"), value)
)
variables = st.sampled_from([("a", Decimal("0.1")), ("b", Decimal(7)), ("nobody", None)])
numbers = st.recursive(
    literals | variables,
    lambda inner: (
        binary(ARITHMETIC, inner, calculated) | inner.map(lambda one: (f"-({one[0]})", None if one[1] is None else EXACT.minus(one[1])))
    ),
    max_leaves=12,
)
booleans = st.recursive(
    st.sampled_from([("true", True), ("false", False), ("null", None)]) | binary(ORDER, numbers, compared),
    lambda inner: (
        binary(["and"], inner, lambda sign, left, right: conjunction(left, right))
        | binary(["or"], inner, lambda sign, left, right: disjunction(left, right))
        | inner.map(lambda one: (f"not({one[0]})", None if one[1] is None else not one[1]))
        | st.builds(
            lambda test, yes, no: (f"if {test[0]} then ({yes[0]}) else ({no[0]})", yes[1] if test[1] is True else no[1]),
            inner,
            inner,
            inner,
        )
    ),
    max_leaves=12,
)


def answer(text):
    return feel.expression(text)(feel.Scope({"a": Decimal("0.1"), "b": Decimal(7)}))


@settings(max_examples=300)
@given(numbers)
def test_arithmetic_agrees_with_decimals(example):
    text, value = example
    assert answer(text) == value


@settings(max_examples=300)
@given(booleans)
def test_logic_agrees_with_the_tables(example):
    text, value = example
    assert answer(text) is value


@settings(max_examples=200)
@given(st.lists(st.tuples(st.sampled_from("+-*/"), st.integers(1, 99)), min_size=1, max_size=12))
def test_precedence_agrees_with_pythons(steps):
    """Without brackets: Python's + - * / bind as FEEL's do."""
    text = "1" + "".join(f" {sign} {number}" for sign, number in steps)
    exact = "Decimal(1)" + "".join(f" {sign} Decimal({number})" for sign, number in steps)
    found = answer(text)
    assert abs(found - eval(exact, {"Decimal": Decimal})) <= abs(found) * Decimal("1e-20") + Decimal("1e-20")


@settings(max_examples=200)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.text(max_size=5)
        | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-999, max_value=999),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=8,
    )
)
def test_a_value_written_as_a_literal_reads_back(value):
    text = feel.values.text.inside(value)
    assert feel.expression(text)(feel.Scope({})) == value
