"""The rounds of a wide multi-instance live outside of the state bytes, and a step reads those that it comes to.

A row for each element instance in a round, as in the bytes. A round is read whole, with the rounds around it. Its numbers are from OUTSIDE
on: by that the variables of what is not read are told apart. The rounds of a body have consecutive ones: what a round gave to the output
collection stays, when it is over, as the only variable of its scope, until the loop is over, and is found by the range of them.
"""

import orjson

from engine.domain import values
from engine.domain.outcome import OUTSIDE
from engine.workflow import state
from engine.workflow.scopes import Late, Rounds, changed

#: So many element instances may be in the bytes, where a parallel multi-instance begins, before its rounds are kept outside of them.
ROOM = 64


class Outside:
    """What a run knows of the rounds outside. `source`: see outcome.State."""

    __slots__ = ("_more", "_read", "_run", "_source", "is_used")

    def __init__(self, run, source):
        self._run, self._source = run, source
        #: Is, or was, anything of this instance outside? `_more`: some of it may not have been read.
        self.is_used = self._more = 1 in run.instances and "b" in run.instances[1].data
        self._read = {}  # the rows that were read

    # -- a loop begins

    def takes(self, body, count):
        """Are so many rounds of a body too many for the bytes?"""
        inside = 0 if body.number >= OUTSIDE else sum(number < OUTSIDE for number in self._run.instances)
        return count > 0 and inside + count > ROOM

    def begin(self, body, count):
        """The rounds of a body will be outside: their numbers are set apart."""
        self._run.journal.put(body.data, "f", self.numbers(count))
        self.promise(body)

    def numbers(self, count=1):
        """The first of so many new numbers. They are not given back where a step is undone."""
        process = self._run.instances[1]
        first = process.data.get("b", OUTSIDE)
        process.data["b"] = first + count
        self.is_used = True
        return first

    # -- a step comes to what is outside

    def reach(self, number=0, subscription=0, scope=0, **_):
        """Read what a command is about: the round of an element instance or of who has a subscription. The rest of its arguments: any."""
        if self._more and self._source is not None and subscription and subscription not in self._run.subscribed:
            number = self._source.waiting(subscription) or 0
        number = number or scope
        rows, variables = {}, {}
        while self._more and number >= OUTSIDE and number not in self._run.instances:
            found, own = self._round(number)
            if not found:
                break
            rows, variables = {**found, **rows}, {**own, **variables}
            first = min(found)
            number = orjson.loads(found[first][1])[2]
        self._add(rows, variables)

    def rest(self):
        """Read all that was not read yet: something happens to all of them."""
        if self._more:
            self._more = False
            rows, variables = self._source.rest() if self._source else ({}, {})
            rows = {number: row for number, row in {**rows, **self._run.outcome.rounds}.items() if row and number not in self._read}
            self._add(rows, {scope: own for scope, own in variables.items() if scope in rows})

    def watch(self, names):
        """Variables change: is there a condition that reads one of them, and may be outside?"""
        if self._more:
            catches = [catch for element in self._run.definition.elements.values() for catch in element.catches]
            if any(catch.kind == "conditional" and not names.isdisjoint(catch.when.reads) for catch in catches):
                self.rest()

    def _round(self, number):
        """(rows, variables) of the round that `number` is in, as this transaction has left it; both empty where it is not alive."""
        changes = self._run.outcome.rounds
        if number in changes and changes[number] is None:
            return {}, {}
        round = changes[number][0] if number in changes else number
        rows, variables = self._source.round(round) if self._source else ({}, {})
        if rows:
            round = next(iter(rows.values()))[0]
        rows = rows | {each: row for each, row in changes.items() if (each in rows if row is None else row[0] == round)}
        return {each: row for each, row in rows.items() if row}, variables

    def _add(self, rows, variables):
        if not rows:
            return
        run = self._run
        self._read.update(rows)
        run.stored = {**run.stored, **variables}
        saved = [orjson.loads(rows[number][1]) for number in sorted(rows)]
        state.add(run.definition, run.instances, saved, changed(variables, run.outcome), run.env)
        for number in sorted(rows):
            run.take(run.instances[number])

    # -- the output collection

    def promise(self, body):
        """The rounds of a body that is loaded or begins, and what they have given so far, are there for whoever asks."""
        body.kids = Rounds(body.kids, self.rest)
        if body.node.loop.output:
            body.texts = {**(body.texts or {}), body.node.loop.output: Late(lambda: self._collection(body))}

    def give(self, body, round, value):
        """What a round that is over gives to the output collection."""
        run, journal, name = self._run, self._run.journal, body.node.loop.output
        journal.put(run.outcome.variables, (round.number, name), run.text(value))
        if run.definition.watched:
            run.changed.add(name)
        if body.cache is not None:
            body.cache.pop(name, None)
            journal.note(body.cache.pop, name, None)

    def forget(self, body):
        """The body is over, and with it what its rounds have given."""
        stored, given = self._given(body)
        for number in {**stored, **given}:
            self._run.journal.drop(self._run.outcome.variables, (number, body.node.loop.output))
            # The last round may have had a variable of that name in its rows before it gave one.
            if number in stored or number in self._run.stored:
                self._run.journal.add(self._run.outcome.scopes_closed, number)

    def _collection(self, body):
        stored, given = self._given(body)
        found, first = [None] * body.data["l"][1], body.data["f"]
        for number, text in {**stored, **given}.items():
            found[number - first] = values.read(text)
        return found

    def _given(self, body):
        """({number of a round: JSON text} as it stands in rows, the same as this transaction changed it)."""
        run, name, (_, size), first = self._run, body.node.loop.output, body.data["l"], body.data["f"]
        stored = self._source.results(first, first + size - 1, name) if self._source else {}
        stored = {number: text for number, text in stored.items() if number not in run.instances}
        given = {}
        for (scope, each), text in run.outcome.variables.items():
            if each == name and first <= scope < first + size and text is not None:
                if scope not in run.instances and (scope in self._read or not run.outcome.rounds.get(scope)):
                    given[scope] = text
        return stored, given

    # -- the step is over

    def save(self):
        """Put into the outcome which rows there are to be."""
        if not self.is_used:
            return
        run, rounds = self._run, self._run.outcome.rounds
        for number, instance in run.instances.items():
            if number >= OUTSIDE:
                read = self._read.get(number)
                row = (read[0] if read else _round_of(instance), orjson.dumps(state.row(instance)).decode())
                if row != read:
                    rounds[number] = row
        for number in self._read:
            if number not in run.instances:
                rounds[number] = None


def _round_of(instance):
    while "f" not in instance.parent.data:
        instance = instance.parent
    return instance.number
