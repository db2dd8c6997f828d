"""The face of the package: what is compiled, what an expression tells about itself, and what it answers."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import feel


def test_an_expression_is_compiled_once_and_asked_of_many_scopes():
    # given
    dear = feel.expression("amount * 2 > limit")
    # when
    answers = [dear(feel.Scope({"amount": Decimal(amount), "limit": Decimal(10)})) for amount in (4, 5, 6)]
    # then
    assert answers == [False, False, True]
    assert dear.text == "amount * 2 > limit"


def test_a_scope_is_anything_with_get_and_env():
    class Own:
        env = feel.Environment()

        def get(self, name, default=None):
            return {"risk": Decimal(4)}.get(name, default)

    assert feel.expression("risk > 3 and nothing = null")(Own()) is True


@pytest.mark.parametrize(
    "text, reads",
    [
        ('a.b >= 3 and c in ["x", "y"]', {"a", "c"}),
        ("for x in xs return x + y", {"xs", "y"}),
        ("some x in xs, z in x.zs satisfies z = limit", {"xs", "limit"}),
        ("{a: outer, b: a + 1}.b", {"outer"}),
        ("function(p) p + q", {"q"}),
        ("items[item.price > limit]", {"items", "limit"}),
        ("items[price > limit]", {"items", "price", "limit"}),
        ("for x in xs return partial", {"xs"}),
        ("count(xs) + own(3)", {"xs", "own"}),
        ("1 + 2", set()),
    ],
)
def test_an_expression_names_what_it_reads(text, reads):
    assert feel.expression(text).reads == reads


def test_a_cell_does_not_read_the_value_that_it_tests():
    assert feel.unary_tests("? > limit, [low..high]").reads == {"limit", "low", "high"}


@pytest.mark.parametrize(
    "text, uses",
    [
        ("add working days(start, 3)", True),
        ('[1, deadline(start, 7, "wd").at]', True),
        ("today()", False),
        ("deadline > 3", False),
    ],
)
def test_an_expression_says_whether_it_asks_the_calendar(text, uses):
    assert feel.expression(text).uses_calendar is uses


@pytest.mark.parametrize(
    "text, literal",
    [
        ("3", True),
        ("-3", True),
        ('"a"', True),
        ("true", True),
        ("null", True),
        ('@"P1D"', True),
        ("a", False),
        ("1 + 2", False),
        ("[1]", False),
    ],
)
def test_an_expression_says_whether_it_is_a_plain_literal(text, literal):
    assert feel.expression(text).literal is literal


def test_a_cell_for_every_value_is_literal_and_another_is_not():
    assert feel.unary_tests("-").literal is True
    assert feel.unary_tests("< 5").literal is False


def test_an_attribute_is_feel_only_after_an_equals_sign():
    # given
    literal, computed = feel.value("assignee"), feel.value("=assignee")
    scope = feel.Scope({"assignee": "李娜"})
    # then
    assert (literal(scope), literal.literal, literal.reads) == ("assignee", True, frozenset())
    assert (computed(scope), computed.literal, computed.reads) == ("李娜", False, {"assignee"})


def test_the_reason_of_a_null_is_kept_and_nothing_is_raised():
    # given
    scope = feel.Scope({"name": "x"})
    # then
    assert feel.expression("name + 1")(scope) is None
    assert scope.env.warnings == ['Expected two values that + takes, but found "x" and number 1']


def test_only_so_many_reasons_are_kept():
    scope = feel.Scope({})
    feel.expression("for i in 1..1000 return i + true")(scope)
    assert len(scope.env.warnings) == feel.limits.WARNINGS


def test_a_list_that_was_written_down_is_the_callers_to_change():
    # given
    pair = feel.expression("[1, 2]")
    # when
    pair(feel.Scope({})).append("changed")
    # then
    assert pair(feel.Scope({})) == [1, 2]


def test_numbers_from_python_count_as_numbers():
    scope = feel.Scope({"i": 3, "f": 0.1, "pair": (1, 2)})
    assert feel.expression("[i / 2, f + 0.2, sum(pair), i = 3.0, pair[2]]")(scope) == [Decimal("1.5"), Decimal("0.3"), 3, True, 2]


def test_what_is_no_finite_number_is_compared_with_nothing():
    scope = feel.Scope({"x": float("nan"), "y": Decimal("NaN"), "z": float("inf")})
    assert feel.expression("[x > 1, x = x, x + 1, abs(z), z > 1]")(scope) == [None] * 5
    assert feel.expression("y > 1")(scope) is None
    assert feel.unary_tests("> 1")(scope, Decimal("NaN")) is None


def test_a_function_may_be_lent_to_an_expression():
    # given
    double = feel.Function(("amount",), lambda env, values: values[0] * 2, "double")
    scope = feel.Scope({"double": double})
    # then
    assert feel.expression("double(4) + double(amount: 1)")(scope) == 10
    assert feel.expression("double(1, 2)")(scope) is None
    assert scope.env.warnings == ["Expected 1 arguments for double, but found 2"]


def test_the_clock_is_the_environments():
    scope = feel.Scope({}, env=feel.Environment(datetime(2024, 9, 30, 17, 0, tzinfo=UTC)))
    assert feel.expression("string(now())")(scope) == "2024-10-01T01:00:00@Asia/Shanghai"
    assert feel.expression("string(today())")(scope) == "2024-10-01"


@pytest.mark.parametrize("text", [None, 3, b"1"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(feel.FeelError, match="Expected a FEEL text"):
        feel.expression(text)


@pytest.mark.parametrize(
    "text, variable", [("a", "a"), ("负责人.姓名", "负责人"), ("a.b.c", "a"), ("a + 1", None), ("a[1].b", None), ("f(a)", None)]
)
def test_an_expression_tells_of_which_variable_it_is_or_is_a_part(text, variable):
    assert feel.expression(text).variable == variable
