"""The floor through SQLAlchemy's ORM: objects read and changed in a session, as its tutorial does it."""

import itertools
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.peers.case_models import Candidate, HazardCase, History, Task, count_rows, now_ms, open_engine
from bench.peers.w1_by_hand import GROUPS, advance, begin


class FloorOrm:
    """The hand-written state machine, where every row is an object."""

    name = "floor_orm"

    def setup(self, store):
        """See Peer."""
        self._engine, self._keys = open_engine(store), itertools.count(1)

    def start_case(self, fields):
        """See Peer."""
        now, key = now_ms(), next(self._keys)
        state, elements = begin(fields)
        with Session(self._engine) as session, session.begin():
            opened = self._open(session, key, state, elements, now)
            session.add(HazardCase(id=key, status="open", state=json.dumps(state), started=now))
            session.add(_note(key, 1, now, "started", None, fields))
        return key, opened

    def complete(self, case, task, fields):
        """See Peer."""
        now = now_ms()
        with Session(self._engine) as session, session.begin():
            row = session.get(HazardCase, case, with_for_update=True)
            state = json.loads(row.state)
            element, elements = advance(state, task, fields)
            opened = self._open(session, case, state, elements, now)
            session.get(Task, task).closed = now
            for offered in session.scalars(select(Candidate).where(Candidate.task_id == task)):
                offered.open = 0
            row.state = json.dumps(state)
            if not state["open"]:
                row.status, row.ended = "closed", now
            session.add(_note(case, row.version + 1, now, "completed", element, fields))
        return opened

    def counts(self):
        """See Peer."""
        with self._engine.connect() as connection:
            return count_rows(connection)

    def close(self):
        """See Peer."""
        self._engine.dispose()

    def _open(self, session, case, state, elements, now):
        opened = [(next(self._keys), element) for element in elements]
        for key, element in opened:
            state["open"][str(key)] = element
            session.add(Task(id=key, case_id=case, element=element, created=now))
            session.add(Candidate(task_id=key, grp=GROUPS[element], created=now, open=1))
        return opened


def _note(case, seq, now, kind, element, fields):
    return History(case_id=case, seq=seq, at=now, actor="u001", kind=kind, element=element, fields=json.dumps(fields))
