"""The rounds of wide multi-instances, outside of the state bytes: read as the machine comes to them (engine.domain.outcome.State)."""

from sqlalchemy import bindparam, select

from engine.domain.outcome import OUTSIDE
from engine.store.models import MessageSubscription, RoundElement, Timer, Variable
from engine.store.statements import remove, upsert

rounds, variables = RoundElement.__table__, Variable.__table__


def _round():
    """The number of the round that the element instance `number` is in."""
    own = rounds.alias("own")
    found = select(own.c.round).where(own.c.instance_key == bindparam("instance_key"), own.c.number == bindparam("number"))
    return found.scalar_subquery()


def _rows():
    return select(rounds.c.number, rounds.c.round, rounds.c.row).where(rounds.c.instance_key == bindparam("instance_key"))


def _variables():
    chosen = select(variables.c.scope, variables.c.name, variables.c.value)
    return chosen.where(variables.c.instance_key == bindparam("instance_key"))


def _numbers(*conditions):
    return select(rounds.c.number).where(rounds.c.instance_key == bindparam("instance_key"), *conditions)


ROUND = ("round", lambda _: _rows().where(rounds.c.round == _round()))
VARIABLES_OF_ROUND = ("variables of round", lambda _: _variables().where(variables.c.scope.in_(_numbers(rounds.c.round == _round()))))
REST = ("rounds", lambda _: _rows())
VARIABLES_OF_REST = ("variables of rounds", lambda _: _variables().where(variables.c.scope >= OUTSIDE))
#: What rounds that are over have left: the only variable of a scope that is not alive.
RESULTS = (
    "results of rounds",
    lambda _: _variables().where(
        variables.c.scope.between(bindparam("first"), bindparam("last")),
        variables.c.name == bindparam("name"),
        variables.c.scope.not_in(_numbers()),
    ),
)


def _waiting(_):
    found = [
        select(table.c.number).where(table.c.instance_key == bindparam("instance_key"), table.c.subscription == bindparam("subscription"))
        for table in (Timer.__table__, MessageSubscription.__table__)
    ]
    return found[0].union_all(found[1])


WAITING = ("who has a subscription", _waiting)

SAVE = ("upsert rounds", upsert(rounds, ["instance_key", "number"], ["row"]))
DROP = ("delete rounds", remove(rounds, ["instance_key", "number"]))


class Outside:
    """The rounds of one instance, as they were before this transaction: what was read of them is kept."""

    def __init__(self, transaction, instance_key):
        self._cursor, self._instance_key, self._read = transaction.cursor, instance_key, {}

    def round(self, number):
        """({number: (round, row)}, {scope: {name: JSON text}}) of the round that an element instance is in; both empty where it is none."""
        if number not in self._read:
            found = self._both(ROUND, VARIABLES_OF_ROUND, number=number)
            self._read |= dict.fromkeys([number, *found[0]], found)
        return self._read[number]

    def rest(self):
        """The same of all rounds."""
        return self._both(REST, VARIABLES_OF_REST)

    def results(self, first, last, name):
        """{number: JSON text} of the variable that rounds from `first` to `last` have left, which are over."""
        parameters = {"instance_key": self._instance_key, "first": first, "last": last, "name": name}
        return {row.scope: row.value for row in self._cursor.fetch(RESULTS, parameters)}

    def waiting(self, subscription):
        """The number of the element instance that has this timer, message or signal subscription; None where it is closed."""
        found = self._cursor.fetch(WAITING, {"instance_key": self._instance_key, "subscription": subscription})
        return found[0].number if found else None

    def _both(self, rows_of, variables_of, **parameters):
        parameters["instance_key"] = self._instance_key
        rows, own = self._cursor.fetch_together((rows_of, parameters), (variables_of, parameters))
        scopes = {}
        for variable in own:
            scopes.setdefault(variable.scope, {})[variable.name] = variable.value
        return {row.number: (row.round, row.row) for row in rows}, scopes
