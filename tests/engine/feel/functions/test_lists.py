"""Functions of lists."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ("list contains([1, 2, null], null)", "true"),
        ("list contains([1, 2], 3)", "false"),
        ("list contains([[1], {a: 1}], {a: 1.0})", "true"),
        ('list contains(["1"], 1)', "false"),
        ("count([1, null])", "2"),
        ("count([])", "0"),
        ("count(null)", "null"),
        ("sublist([4, 5, 6], 2)", "[5, 6]"),
        ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
        ("sublist([4, 5, 6], -2, 1)", "[5]"),
        ("sublist([4, 5, 6], 1, 3)", "[4, 5, 6]"),
        ("sublist([4], 2)", "null"),
        ("sublist([4], 1, 2)", "null"),
        ("append([1], 2, 3)", "[1, 2, 3]"),
        ("append([1], null)", "[1, null]"),
        ("append(1, 2)", "[1, 2]"),
        ("append(null, 1)", "null"),
        ("append([1])", "null"),
        ("concatenate([1, 2], [3])", "[1, 2, 3]"),
        ("concatenate([1], null)", "null"),
        ("insert before([1, 3], 2, 2)", "[1, 2, 3]"),
        ("insert before([1, 3], -1, 2)", "[1, 2, 3]"),
        ("insert before([1], 3, 2)", "null"),
        ("remove([1, 2, 3], 2)", "[1, 3]"),
        ("remove([1], 2)", "null"),
        ("list replace([2, 4, 7], 2, 6)", "[2, 6, 7]"),
        ("list replace([2, 4, 7], -1, 6)", "[2, 4, 6]"),
        ("list replace([2, 4, 7], function(item, new) item < new, 5)", "[5, 5, 7]"),
        ("list replace([2], function(item, new) item, 5)", "null"),
        ("list replace([2], function(item) true, 5)", "null"),
        ("reverse([1, 2, 3])", "[3, 2, 1]"),
        ("index of([1, 2, 1, null], 1)", "[1, 3]"),
        ("index of([1, null], null)", "[2]"),
        ("index of([1], 3)", "[]"),
        ("union([1, 2], [2, 3], [null])", "[1, 2, 3, null]"),
        ("distinct values([1, 2, 1.0, null, null, [1], [1]])", "[1, 2, null, [1]]"),
        ("flatten([[1, 2], [[3]], 4, []])", "[1, 2, 3, 4]"),
        ("flatten(5)", "[5]"),
        ("duplicate values([1, 2, 1, 3, 2, 1])", "[1, 2]"),
        ("partition([1, 2, 3], 2)", "[[1, 2], [3]]"),
        ("partition([1], 0)", "null"),
        ("is empty([])", "true"),
        ("is empty([1])", "false"),
        ('distinct values([@"P1Y", @"P12M", @"2024-01-01T08:00:00+08:00", @"2024-01-01T00:00:00Z"])', "[P1Y, 2024-01-01T08:00:00+08:00]"),
    ],
)
def test_functions_of_lists(said, text, value):
    assert said(text) == value


def test_no_function_changes_the_list_that_it_is_given(said):
    kept = [3, 1, 2]
    assert said("[median(xs), sort(xs, before), append(xs, 9), reverse(xs), mode(xs)]", xs=kept)
    assert kept == [3, 1, 2]
