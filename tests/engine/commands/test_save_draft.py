"""暂存: what was typed is kept for whoever typed it, encrypted, and is nobody's act."""

import pytest
from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.save_draft import save_draft
from engine.domain.errors import Conflict, NotFound, NotPermitted, WrongState
from engine.store.records import Draft
from tests.engine.commands.office import AUDITOR_, LI, SUN, TANG


def draft(office, key, username):
    """The row of somebody's draft, its values opened."""
    (row,) = office.db(select(Draft.__table__).where(Draft.task_key == key, Draft.username == username))
    return {**row, "form_values": office.engine.vault.open(row["form_values"])}


def test_a_draft_is_kept_and_changes_nothing_of_the_case(office):
    # given
    _, key = office.begin("patrol")
    before = office.everything()

    # when
    answer = save_draft(office.engine, LI, key, {"mobile": "13812345678"})

    # then it stands there encrypted, and neither the case nor its history knows of it
    assert answer == {"revision": 1}
    assert draft(office, key, "li")["form_values"] == {"mobile": "13812345678"}
    assert office.tables_with("13812345678") == []
    assert office.everything() == before


def test_a_draft_goes_on_from_its_last_revision(office):
    _, key = office.begin("patrol")
    save_draft(office.engine, LI, key, {"found": 1})

    assert save_draft(office.engine, LI, key, {"found": 2}, revision=1) == {"revision": 2}

    assert (draft(office, key, "li")["form_values"], draft(office, key, "li")["revision"]) == ({"found": 2}, 2)


@pytest.mark.parametrize("revision", [0, 2])
def test_two_windows_do_not_overwrite_each_other(office, revision):
    _, key = office.begin("patrol")
    save_draft(office.engine, LI, key, {"found": 1})

    with office.refuses(Conflict, f"Expected to go on from draft {revision} of user task {key}, but it is at 1") as caught:
        save_draft(office.engine, LI, key, {"found": 9}, revision=revision)
    assert caught.value.details["revision"] == 1


def test_each_candidate_has_a_draft_of_their_own(office):
    _, key = office.begin("patrol")

    save_draft(office.engine, LI, key, {"by": "li"})
    save_draft(office.engine, SUN, key, {"by": "sun"})

    assert [draft(office, key, name)["form_values"] for name in ("li", "sun")] == [{"by": "li"}, {"by": "sun"}]


def test_only_who_could_complete_a_task_drafts_it(office):
    _, key = office.begin("patrol")

    with office.refuses(NotPermitted, f"Expected to save a draft of user task {key} as a member of 居村@陈坊村, but auditor is not one"):
        save_draft(office.engine, AUDITOR_, key, {})
    with office.refuses(NotFound, "none that tang can see"):
        save_draft(office.engine, TANG, key, {})
    claim_task(office.engine, LI, key)
    with office.refuses(NotPermitted, f"Expected to save a draft of user task {key} as li, who holds it, but the caller is sun"):
        save_draft(office.engine, SUN, key, {})


def test_a_completed_task_takes_no_draft(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to save a draft of user task {key}, but it is COMPLETED"):
        save_draft(office.engine, LI, key, {})
