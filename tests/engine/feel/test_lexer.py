"""Names: of any script, with spaces and symbols, beside keywords; and brackets that open or close a range."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    "text, names, variables, value",
    [
        ("违建面积 > 30", (), {"违建面积": 31}, "true"),
        ("обычный + नमस्ते", (), {"обычный": 1, "नमस्ते": 2}, "3"),
        ("🐎", (), {"🐎": 1}, "1"),
        ("_a1 + Ümlaut", (), {"_a1": 1, "Ümlaut": 2}, "3"),
        ("Applicant Age >= 18", ("Applicant Age",), {"Applicant Age": 18}, "true"),
        ("Applicant   Age - 1", ("Applicant Age",), {"Applicant Age": 18}, "17"),
        ("违建 面积 + 1", ("违建 面积",), {"违建 面积": 1}, "2"),
        ("Date-Time - Date-Time2", ("Date-Time", "Date-Time2"), {"Date-Time": 5, "Date-Time2": 3}, "2"),
        ("a-b", (), {"a": 5, "b": 3}, "2"),
        ("a-b", ("a-b",), {"a": 5, "b": 3, "a-b": 1}, "1"),
        ("days in weekend", ("days in weekend",), {"days in weekend": 2}, "2"),
        ("for d in days in weekend return d", ("days in weekend",), {"days in weekend": [1]}, "[1]"),
        ("profit and loss > 1 and true", ("profit and loss",), {"profit and loss": 2}, "true"),
        ("ab + a b", ("a b",), {"ab": 1, "a b": 2}, "3"),
        ("a bc", ("a b", "a bc"), {"a b": 1, "a bc": 2}, "2"),
        ("3rd party", ("3rd party",), {"3rd party": 1}, "1"),
        ("`any thing: at all!` + 1", (), {"any thing: at all!": 1}, "2"),
        ("android + order + format + information", (), {"android": 1, "order": 2, "format": 3, "information": 4}, "10"),
        ("item + of + external + date", (), {"item": 1, "of": 2, "external": 3, "date": 4}, "10"),
        ("loan.monthly payment * 2", (), {"loan": {"monthly payment": 3}}, "6"),
        ("loan.if", (), {"loan": {"if": 3}}, "3"),
        ("loan.`a b`.c", (), {"loan": {"a b": {"c": 3}}}, "3"),
        ("{first name: 1, sum: first name + 1}.sum", (), {}, "2"),
        ("{a+b: 1, c: a+b * 2}.c", (), {}, "2"),
        ('{if: 1, `x: y`: 2, "any \\" key": 3}.`x: y`', (), {}, "2"),
        ("for my item in [1, 2], other one in [10] return my item + other one", (), {}, "[11, 12]"),
        ("(function(first one, b) first one - b)(3, 2)", (), {}, "1"),
        ("(function(first one: number, b: list<date and time>) first one)(first one: 3, b: [])", (), {}, "3"),
    ],
)
def test_names(said, text, names, variables, value):
    assert said(text, names, **variables) == value


def test_a_declared_name_hides_a_built_in_function_of_that_name(said):
    own = feel.Function(("x",), lambda env, values: "own")
    assert said("count(1)", ("count",), count=own) == '"own"'
    assert said("count([1, 2])", count=own) == "2"
    assert said("{count: function(x) x, n: count(7)}.n") == "7"


def test_a_variable_may_have_the_name_of_a_function(said):
    assert said("date + count([1])", date=2) == "3"


@pytest.mark.parametrize(
    "text, value",
    [
        ("[1..3]", "[1..3]"),
        ("(1..3)", "(1..3)"),
        ("]1..3[", "(1..3)"),
        ("[1..3[", "[1..3)"),
        ("]1..3]", "(1..3]"),
        ("(1..3]", "(1..3]"),
        ("[[1..3[, 2]", "[[1..3), 2]"),
        ("[]1..3], 2]", "[(1..3], 2]"),
        ("[[1..3]]", "[[1..3]]"),
        ("[]", "[]"),
        ("[ ]", "[]"),
        ("[[]]", "[[]]"),
        ("[1..[2, 3][2]]", "[1..3]"),
        ("[1..a[1]]", "[1..5]"),
        ("[1..a[-1][", "[1..6)"),
        ("[1..3[.end", "3"),
        ("[1..3[ = ]0..3[", "false"),
        ("(1..3).start", "1"),
        ("1 in ]1..3]", "false"),
        ("3 in ]1..3]", "true"),
        ("(>= 3)", "(>= 3)"),
        ('(!= "a")', '(!= "a")'),
        ('["a".."c"]', '["a".."c"]'),
        ("[.5..1.5]", "[0.5..1.5]"),
        ("[1 .. 2.5e0]", "[1..2.5]"),
    ],
)
def test_ranges_with_every_bracket(said, text, value):
    assert said(text, a=[5, 6]) == value
