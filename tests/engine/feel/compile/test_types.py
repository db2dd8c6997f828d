"""instance of."""

import pytest


@pytest.mark.parametrize(
    "value, types, others",
    [
        ("1", ["number", "Any"], ["string", "boolean", "list", "list<number>"]),
        ('"a"', ["string"], ["number"]),
        ("true", ["boolean"], ["number"]),
        ("null", ["Null"], ["number", "Any", "string"]),
        ('@"2024-01-01"', ["date"], ["date and time", "string"]),
        ('@"2024-01-01T00:00:00"', ["date and time"], ["date"]),
        ('@"10:00:00"', ["time"], ["date"]),
        ('@"P1D"', ["days and time duration"], ["years and months duration"]),
        ('@"P1Y"', ["years and months duration"], ["days and time duration"]),
        ("[1, 2]", ["list", "list<number>", "list<Any>"], ["list<string>", "context"]),
        ("[1, null]", ["list<number>"], []),
        ('[1, "a"]', ["list<Any>"], ["list<number>"]),
        ("[[1]]", ["list<list<number>>"], ["list<list<string>>"]),
        (
            '{a: 1, b: "x"}',
            ["context", "context<a: number>", "context<a: number, b: string>"],
            ["context<a: string>", "context<c: number>", "list"],
        ),
        ("[1..3]", ["range<number>", "range"], ["range<string>", "list"]),
        ("function(a) a", ["function", "function<number> -> number"], ["function<> -> number", "context"]),
        ("abs", ["function"], ["number"]),
    ],
)
def test_instance_of(said, value, types, others):
    for name in types:
        assert said(f"({value}) instance of {name}") == "true", name
    for name in others:
        assert said(f"({value}) instance of {name}") == "false", name


def test_a_type_with_too_many_parts_is_null_with_a_reason(reason):
    assert reason("[1] instance of list<number, string>") == "Expected the name of a FEEL type after instance of, but found list"


def test_an_unknown_type_is_null_with_a_reason(reason):
    assert reason("1 instance of tPerson") == "Expected the name of a FEEL type after instance of, but found tPerson"


def test_a_type_may_stand_anywhere_in_an_expression(said):
    assert (
        said("[[1][item instance of list<number>], 1 instance of number and 2 < 3, [1] instance of list<number> = true]")
        == "[[], true, true]"
    )
