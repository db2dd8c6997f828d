"""The floor through SQLAlchemy Core: statements made once, a connection from the pool for every step."""

import itertools
import json

from sqlalchemy import bindparam, insert, select, update

from bench.peers.case_models import Candidate, HazardCase, History, Task, count_rows, now_ms, open_engine
from bench.peers.raw_rows import LostUpdate
from bench.peers.w1_by_hand import GROUPS, advance, begin

CASE, TASK, CANDIDATE, HISTORY = HazardCase.__table__, Task.__table__, Candidate.__table__, History.__table__

LOAD = select(CASE.c.version, CASE.c.state).where(CASE.c.id == bindparam("case_id")).with_for_update()
SAVE = update(CASE).where(CASE.c.id == bindparam("case_id"), CASE.c.version == bindparam("read"))
SAVE = SAVE.values(version=bindparam("version"), status=bindparam("status"), state=bindparam("state"), ended=bindparam("ended"))
CLOSE = update(TASK).where(TASK.c.id == bindparam("task_id")).values(closed=bindparam("closed"))
WITHDRAW = update(CANDIDATE).where(CANDIDATE.c.task_id == bindparam("of_task")).values(open=0)
NEW, OPEN, OFFER, NOTE = insert(CASE), insert(TASK), insert(CANDIDATE), insert(HISTORY)


class FloorCore:
    """The hand-written state machine with the library that the product is allowed to use everywhere."""

    name = "floor_core"

    def setup(self, store):
        """See Peer."""
        self._engine, self._keys = open_engine(store), itertools.count(1)

    def start_case(self, fields):
        """See Peer."""
        now, key = now_ms(), next(self._keys)
        state, elements = begin(fields)
        with self._engine.begin() as connection:
            opened = self._open(connection, key, state, elements, now)
            connection.execute(NEW, {"id": key, "version": 1, "status": "open", "state": json.dumps(state), "started": now})
            _note(connection, key, 1, now, "started", None, fields)
        return key, opened

    def complete(self, case, task, fields):
        """See Peer."""
        now = now_ms()
        with self._engine.begin() as connection:
            version, text = connection.execute(LOAD, {"case_id": case}).one()
            state = json.loads(text)
            element, elements = advance(state, task, fields)
            opened = self._open(connection, case, state, elements, now)
            connection.execute(CLOSE, {"task_id": task, "closed": now})
            connection.execute(WITHDRAW, {"of_task": task})
            ended = None if state["open"] else now
            saved = connection.execute(SAVE, {
                "case_id": case, "read": version, "version": version + 1, "status": "closed" if ended else "open",
                "state": json.dumps(state), "ended": ended,
            })  # fmt: skip
            if saved.rowcount != 1:
                raise LostUpdate(f"Expected case {case} at version {version}, but somebody else was faster")
            _note(connection, case, version + 1, now, "completed", element, fields)
        return opened

    def counts(self):
        """See Peer."""
        with self._engine.connect() as connection:
            return count_rows(connection)

    def close(self):
        """See Peer."""
        self._engine.dispose()

    def _open(self, connection, case, state, elements, now):
        opened = [(next(self._keys), element) for element in elements]
        for key, element in opened:
            state["open"][str(key)] = element
            connection.execute(OPEN, {"id": key, "case_id": case, "element": element, "created": now})
            connection.execute(OFFER, {"task_id": key, "grp": GROUPS[element], "created": now, "open": 1})
        return opened


def _note(connection, case, seq, now, kind, element, fields):
    connection.execute(NOTE, {
        "case_id": case, "seq": seq, "at": now, "actor": "u001", "kind": kind, "element": element, "fields": json.dumps(fields),
    })  # fmt: skip
