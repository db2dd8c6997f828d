"""放弃草稿: what was drawn is gone, and history says who threw whose away."""

import pytest

from engine.commands.discard_design import discard_design
from engine.domain.errors import Conflict, NotFound, NotPermitted
from engine.store.deployed import DesignDraft
from tests.engine.commands.office import DRAWER, LI
from tests.engine.commands.test_save_design import COOLING, LONGER, YIN, save
from tests.engine.commands.watching import rows, subject, unchanged


def test_a_draft_is_thrown_away_by_any_designer_on_the_record(office):
    # given
    etag = save(office, LONGER)["etag"]
    newer = save(office, COOLING, etag)["etag"]

    # when it is no longer the one that somebody saw, or is not theirs to decide
    with unchanged(office), pytest.raises(Conflict, match="but drawer saved another one"):
        discard_design(office.engine, YIN, "process", "cooling", etag)
    with unchanged(office), pytest.raises(NotPermitted, match="but li is neither"):
        discard_design(office.engine, LI, "process", "cooling", newer)
    with unchanged(office), pytest.raises(NotFound):
        discard_design(office.engine, YIN, "page", "cooling", newer)

    # when it is
    discard_design(office.engine, YIN, "process", "cooling", newer)

    # then, and whoever goes on from it is told
    assert rows(office, DesignDraft) == []
    (body,) = subject(office, "design:process:cooling")
    assert (body["kind"], body["actor"], body["data"]["authors"]) == ("design:discarded", "yin", ["drawer"])
    with unchanged(office), pytest.raises(Conflict, match="there is none any more"):
        save(office, LONGER, newer, DRAWER)
