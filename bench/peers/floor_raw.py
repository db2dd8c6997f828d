"""The floor: no engine at all, a hand-written state machine on the bare driver."""

import itertools
import json

from bench.peers.raw_rows import RawRows
from bench.peers.w1_by_hand import GROUPS, advance, begin


class FloorRaw:
    """Nothing that keeps the same rows can be much faster than this, statement by statement."""

    name = "floor_raw"

    def setup(self, store):
        """See Peer."""
        self._rows, self._keys = RawRows(store), itertools.count(1)

    def start_case(self, fields):
        """See Peer."""
        now, case = self._rows.begin(), next(self._keys)
        state, elements = begin(fields)
        opened = self._open(case, state, elements, now)
        self._rows.new(case, json.dumps(state), now)
        self._rows.note(case, 1, now, "started", None, json.dumps(fields))
        self._rows.commit()
        return case, opened

    def complete(self, case, task, fields):
        """See Peer."""
        now = self._rows.begin()
        version, text = self._rows.load(case)
        state = json.loads(text)
        element, elements = advance(state, task, fields)
        opened = self._open(case, state, elements, now)
        self._rows.close(task, now)
        self._rows.save(case, version, json.dumps(state), None if state["open"] else now)
        self._rows.note(case, version + 1, now, "completed", element, json.dumps(fields))
        self._rows.commit()
        return opened

    def counts(self):
        """See Peer."""
        return self._rows.counts()

    def close(self):
        """See Peer."""
        self._rows.disconnect()

    def _open(self, case, state, elements, now):
        opened = [(next(self._keys), element) for element in elements]
        for task, element in opened:
            state["open"][str(task)] = element
            self._rows.open(task, case, element, GROUPS[element], now)
        return opened
