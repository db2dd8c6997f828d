"""Scopes and what surrounds a run."""

from engine import feel
from engine.feel.scope import MISSING, Frame, Item, Local


def test_a_scope_asks_its_own_values_first_and_then_outward():
    # given
    outer = feel.Scope({"a": 1, "b": 2})
    inner = feel.Scope({"b": 3, "c": None}, outer)
    # then
    assert [inner.get(name) for name in "abcd"] == [1, 3, None, None]
    assert inner.get("c", MISSING) is None
    assert inner.get("d", MISSING) is MISSING
    assert inner.env is outer.env


def test_a_scope_sees_what_its_dict_is_given_later():
    values = {}
    scope = feel.Scope(values)
    values["a"] = 1
    assert scope.get("a") == 1


def test_inside_an_expression_names_hide_those_outside():
    outer = feel.Scope({"x": 1, "y": 2, "item": 3})
    assert [Local("x", None, outer).get(name, 0) for name in ("x", "y", "z")] == [None, 2, 0]
    assert [Frame({"x": 5}, outer).get(name, 0) for name in ("x", "y", "z")] == [5, 2, 0]
    assert [Item({"x": 5}, outer).get(name, 0) for name in ("x", "y", "item")] == [5, 2, {"x": 5}]
    assert [Item(7, outer).get(name, 0) for name in ("x", "item", "z")] == [1, 7, 0]
