"""Which files of a case a party sees: those that were handed in where it has work, and no others."""

from sqlalchemy import insert, update

from engine.domain.people import PARTY, Actor
from engine.store import attachments
from engine.store.models import ProcessInstance, TaskCandidate, UserTask
from engine.store.records import Attachment
from tests.engine.store.filled import MIDNIGHT

FACTS = {"type": "image/jpeg", "size": 1, "sha256": "00", "taken_at": None, "width": 1, "height": 1, "lng": None, "lat": None}


def test_a_party_sees_the_files_of_its_own_instances_whatever_else_was_brought(filled):
    # given a case with two instances, a file handed in in each, and a party that has work in the second
    for table in (ProcessInstance, UserTask, TaskCandidate):
        filled.execute(update(table).values(root_key=1000).where(table.root_key == 2000))
    queued = {"task_key": 2001, "candidate": "企业@五金厂", "root_key": 1000, "open": True}
    filled.execute(insert(TaskCandidate), [queued | {"created": MIDNIGHT, "due": MIDNIGHT, "priority": 0}])
    files = [(1, 1001), (2, 2001)]
    rows = [attachments.row(key, FACTS | {"name": f"{key}.jpg"}, Actor("chen"), MIDNIGHT, 1000, task) for key, task in files]
    filled.execute(insert(Attachment), rows)

    # then it sees that one
    party = Actor("factory", groups=frozenset({PARTY, f"{PARTY}@五金厂"}))
    assert [key for key, _ in files if attachments.seen(filled, party, key)] == [2]
