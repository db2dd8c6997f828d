"""The order in which decisions have to be made, and circles that have none."""

from engine.decisions.requirements import circle, order
from tests.engine.decisions.written import decision, literal, read

GRAPH = read(
    decision("d", literal("1"), ["decision:c", "decision:b"]),
    decision("c", literal("1"), ["decision:a"]),
    decision("b", literal("1"), ["decision:a"]),
    decision("a", literal("1")),
)


def ids(*arguments):
    return [found.id for found in order(GRAPH, *arguments)]


def test_required_decisions_come_first_in_the_order_of_the_requirements():
    assert ids(("d",)) == ["a", "c", "b", "d"]


def test_several_decisions_share_what_they_require():
    assert ids(("b", "c")) == ["a", "b", "c"]


def test_what_is_known_is_not_made_and_neither_is_what_only_it_requires():
    assert ids(("d",), ("c", "b")) == ["d"]
    assert ids(("c",), ("a",)) == ["c"]


def test_a_circle_is_told_along_its_requirements():
    assert circle({"a": ("b",), "b": ("c",), "c": ("b",)}) in (["b", "c", "b"], ["c", "b", "c"])
    assert circle({"a": ("b", "c"), "b": ("c",), "c": ()}) is None
