"""Functions of contexts."""

import pytest


@pytest.mark.parametrize(
    "text, value",
    [
        ('get value({a: 1}, "a")', "1"),
        ('get value({a: 1}, "b")', "null"),
        ("get value({a: 1}, null)", "null"),
        ("get value({a: 1}, [[1]])", "null"),
        ("get value({a: 1}, [])", "{a: 1}"),
        ('get value({a: {b: 2}}, ["a", "b"])', "2"),
        ('get value({a: 1}, ["a", "b"])', "null"),
        ("get entries({a: 1, b: 2})", '[{key: "a", value: 1}, {key: "b", value: 2}]'),
        ("get entries({})", "[]"),
        ('context([{key: "a", value: 1}, {key: "b", value: null}])', "{a: 1, b: null}"),
        ('context([{key: "a", value: 1}, {key: "a", value: 2}])', "null"),
        ('context([{key: "a"}])', "null"),
        ("context([])", "{}"),
        ('context put({a: 1}, "b", 2)', "{a: 1, b: 2}"),
        ('context put({a: 1}, "a", 2)', "{a: 2}"),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', "{x: 1, y: {a: 2}}"),
        ('context put({y: {}}, ["y", "b"], 2)', "{y: {b: 2}}"),
        ('context put({x: 1}, ["x", "b"], 2)', "null"),
        ("context put({x: 1}, [], 2)", "null"),
        ("context put({}, [1], 2)", "null"),
        ("context merge([{a: 1, b: 1}, {b: 2}, {c: 3}])", "{a: 1, b: 2, c: 3}"),
        ("context merge([{a: 1}, 2])", "null"),
        ("context merge([])", "{}"),
    ],
)
def test_functions_of_contexts(said, text, value):
    assert said(text) == value


def test_no_function_changes_the_context_that_it_is_given(said):
    kept = {"a": {"b": 1}}
    assert said('[context put(c, "x", 1), context put(c, ["a", "b"], 2), context merge([c, {y: 1}])]', c=kept)
    assert kept == {"a": {"b": 1}}
