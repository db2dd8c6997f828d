"""Sorting."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ("sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"),
        ("sort([3, 1, 2], function(x, y) x > y)", "[3, 2, 1]"),
        ("sort([], function(x, y) x < y)", "[]"),
        ('sort(precedes: function(a, b) a.n < b.n, list: [{n: 2, s: "a"}, {n: 1, s: "b"}, {n: 2, s: "c"}]).s', '["b", "a", "c"]'),
        ("sort([2, 1], function(x, y) null)", "[2, 1]"),
        ("sort([2, 1])", "null"),
        ("sort([2, 1], 3)", "null"),
    ],
)
def test_sort(said, text, value):
    assert said(text) == value
