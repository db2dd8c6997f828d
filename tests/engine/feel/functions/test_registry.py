"""Declaring a function by its signature, and the bounds that every call keeps."""

import pytest

from engine import feel
from engine.feel.functions.registry import BUILT_IN
from engine.feel.functions.signatures import Signature, parse


def test_a_signature_says_what_may_be_left_out_be_null_and_gather_the_rest():
    name, parameters = parse("own name(a: number, start position?: string?, rest...: any)")
    assert name == "own name"
    assert [(parameter.name, parameter.optional, parameter.nullable, parameter.rest) for parameter in parameters] == [
        ("a", False, False, False),
        ("start position", True, True, False),
        ("rest", False, True, True),
    ]


def test_arguments_by_name_are_put_in_order():
    signature = Signature(parse("f(a: any, b?: any, c?: any)")[1], None)
    assert signature.fits_names(["c", "a"]) and not signature.fits_names(["b"]) and not signature.fits_names(["a", "d"])
    assert signature.take(signature.order(["c", "a"], [3, 1])) == [1, None, 3]


def test_the_library_is_there():
    standard = """
        number, string, context, date, date and time, time, duration, years and months duration, not, substring, string
        length, upper case, lower case, substring before, substring after, replace, contains, starts with, ends with,
        matches, split, string join, list contains, list replace, count, min, max, sum, mean, all, any, sublist, append,
        concatenate, insert before, remove, reverse, index of, union, distinct values, flatten, product, median, stddev,
        mode, decimal, floor, ceiling, round up, round down, round half up, round half down, abs, modulo, sqrt, log, exp,
        odd, even, is, before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by,
        includes, during, starts, started by, coincides, day of year, day of week, month of year, week of year, sort, get
        value, get entries, context put, context merge, now, today, range
    """
    assert not {" ".join(name.split()) for name in standard.split(",")} - set(BUILT_IN)


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_every_function_answers_null_to_null_and_to_nonsense(name):
    takes_anything = {"string", "is", "is defined", "get or else", "list contains", "append", "coincides"}
    for argument in ("null", "nobody", "function() 1", "[null, {}]", '@"P1Y"', "true"):
        for count in (0, 1, 2, 3, 7):
            scope = feel.Scope({})
            value = feel.expression(f"{name}({', '.join([argument] * count)})")(scope)
            assert value is not None or scope.env.warnings or name in takes_anything
