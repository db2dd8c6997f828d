"""Links: one smallest diagram per rule."""

import pytest

from tests.engine.gate.drawn import END, START, event, file, found, job, line

THROW, CATCH = event("intermediateThrowEvent", "t", "link"), event("intermediateCatchEvent", "c", "link")
OTHER = event("intermediateCatchEvent", "c2", "link")

REFUSED = {
    "a link that nobody catches": (START + THROW + line("s", "t"), [("LINK_NOT_CAUGHT", "t")]),
    "a link that two catch": (
        START + THROW + CATCH + OTHER + END + line("s", "t") + line("c", "e") + line("c2", "e"),
        [("LINK_CAUGHT_TWICE", "c2")],
    ),
    "a flow out of a thrown link": (START + THROW + CATCH + END + line("s", "t", "e") + line("c", "e"), [("LINK_WITH_FLOW", "t")]),
    "a flow into a caught link": (
        START + THROW + CATCH + job() + END + line("s", "a", "c", "e") + line("a", "t"),
        [("LINK_WITH_FLOW", "c")],
    ),
}


def test_several_throws_may_lead_to_one_catch():
    second = event("intermediateThrowEvent", "t2", "link")

    assert found(file(START + THROW + second + CATCH + END + line("s", "t") + line("s", "t2") + line("c", "e"))) == []


@pytest.mark.parametrize("body, expected", REFUSED.values(), ids=REFUSED)
def test_a_link_without_one_place_to_go_on_is_refused(body, expected):
    assert found(file(body)) == expected
