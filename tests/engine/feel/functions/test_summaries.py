"""Functions that make one value of many, given as a list or as arguments."""

import pytest


@pytest.mark.parametrize(
    "name, items, value",
    [
        ("min", "1, 2, 3", "1"),
        ("max", "1, 2, 3", "3"),
        ("min", '"b", "a"', '"a"'),
        ("max", '@"2024-01-01", @"2025-01-01"', "2025-01-01"),
        ("max", '@"P1D", @"PT25H"', "P1DT1H"),
        ("min", '1, "a"', "null"),
        ("min", "1, null", "null"),
        ("sum", "1, 2.5", "3.5"),
        ("sum", '1, "a"', "null"),
        ("product", "2, 3, 4", "24"),
        ("mean", "1, 2, 3, 4", "2.5"),
        ("median", "8, 2, 5, 3, 4", "4"),
        ("median", "6, 1, 2, 3", "2.5"),
        ("stddev", "2, 4, 7, 5", "2.081665999466132735282297706979931"),
        ("mode", "6, 3, 9, 6, 6", "[6]"),
        ("mode", "6, 1, 9, 6, 1", "[1, 6]"),
        ("mode", "1, null", "null"),
        ("all", "true, true", "true"),
        ("all", "true, false, null", "false"),
        ("all", "true, null", "null"),
        ("all", "true, 1", "null"),
        ("any", "false, true, null", "true"),
        ("any", "false, false", "false"),
        ("any", "false, null", "null"),
        ("stddev", "1, null", "null"),
    ],
)
def test_of_a_list_or_of_arguments(said, name, items, value):
    assert said(f"{name}([{items}])") == value
    assert said(f"{name}({items})") == value


@pytest.mark.parametrize(
    "text, value",
    [
        ("min([])", "null"),
        ("max([])", "null"),
        ("sum([])", "null"),
        ("product([])", "null"),
        ("mean([])", "null"),
        ("median([])", "null"),
        ("stddev([])", "null"),
        ("mode([])", "[]"),
        ("all([])", "true"),
        ("any([])", "false"),
        ("sum(5)", "5"),
        ("max([[1]])", "null"),
        ("stddev([5])", "null"),
        ("stddev([1, 3])", "1.414213562373095048801688724209698"),
        ("sum(null)", "null"),
        ("all(null)", "null"),
        ("sum()", "null"),
        ("all()", "null"),
        ("any(true)", "true"),
        ("sum(list: [1, 2])", "3"),
    ],
)
def test_the_edges(said, text, value):
    assert said(text) == value
