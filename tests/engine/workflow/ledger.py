"""The rows that a store would have, built from outcomes alone, and a case that checks after every step that they are what is alive.

Every step is done twice on the saved state and must say the same both times, and the definition must stay as it was read.
"""

import json
from datetime import UTC, datetime, timedelta

from engine.domain import values
from engine.domain.outcome import ACTIVE, COMPLETED, OUTSIDE, State
from engine.workflow import definition, runner

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Ledger:
    """Rows by their number: what is open after all outcomes so far. `take` refuses outcomes that do not fit the rows."""

    def __init__(self):
        self.elements, self.tasks, self.jobs, self.subscriptions = {}, {}, {}, {}
        self.children, self.incidents, self.variables, self.rounds = {}, {}, {}, {}
        self.status, self.path, self.closed_tasks = ACTIVE, [], {}

    def take(self, out):
        """One outcome."""
        for number, element in out.elements.items():
            assert element.number == number
            assert element.new != (number in self.elements), f"{element} began before, or it did not"
            if element.status == ACTIVE:
                self.elements[number] = element
            else:
                self.elements.pop(number, None)
        self._rows(self.tasks, out.tasks_closed, out.tasks_opened)
        self.closed_tasks.update(out.tasks_closed)
        for number, changes in out.tasks_changed.items():
            assert number not in out.tasks_opened
            if number in self.tasks:
                for name, value in changes.items():
                    assert hasattr(self.tasks[number], name)
                    setattr(self.tasks[number], name, value)
        self._rows(self.jobs, out.jobs_closed, out.jobs_opened)
        self._rows(self.subscriptions, out.subscriptions_closed, out.subscriptions_opened)
        self._rows(self.children, out.children_cancelled, out.children_opened)
        self._rows(self.incidents, out.incidents_closed, out.incidents_opened)
        for number, element in out.elements.items():
            if element.status != ACTIVE:
                assert element.status == COMPLETED or number not in self.children, "a child is left behind"
                self.children.pop(number, None)
        for (scope, name), text in out.variables.items():
            if text is None:
                del self.variables[scope][name]
            else:
                assert self.variables.get(scope, {}).get(name) != text, f"{name} of {scope} is written and has not changed"
                self.variables.setdefault(scope, {})[name] = text
        for scope in out.scopes_closed:
            assert scope in self.variables
            del self.variables[scope]
        self.variables = {scope: own for scope, own in self.variables.items() if own}
        for number, row in out.rounds.items():
            assert row is None or self.rounds.get(number) != row, f"{row} is written and has not changed"
            self.rounds[number] = row
        self.rounds = {number: row for number, row in self.rounds.items() if row}
        self.status = out.status
        self.path += out.path

    @staticmethod
    def _rows(rows, closed, opened):
        for number in closed:
            del rows[number]
        for number, row in opened.items():
            assert number not in rows, f"{row} is opened and was open"
            rows[number] = row

    def check(self, definition_, raw):
        """The rows are exactly what the state says is alive."""
        wanted = Wanted(definition_, raw, self.rounds)
        assert set(self.elements) == set(wanted.alive)
        for number, (id, parent, type) in wanted.alive.items():
            row = self.elements[number]
            assert (row.element_id, row.scope, row.type) == (id, parent, type)
        for kind in ("tasks", "jobs", "children", "incidents"):
            assert set(getattr(self, kind)) == getattr(wanted, kind), kind
        assert {id: (sub.number, sub.event_id, sub.kind) for id, sub in self.subscriptions.items()} == wanted.subscriptions
        left = self.variables.keys() - {1, *wanted.alive}
        assert left <= wanted.given
        assert all(len(self.variables[number]) == 1 for number in left), "a round that is over has left more than what it gave"
        if self.status != ACTIVE:
            assert not wanted.alive


class Wanted:
    """Which rows there have to be, by the state bytes and {number: (round, row)} of what lives outside of them.

    `alive` {number: (element id, scope, type)}, numbers of `tasks`, `jobs`, `children`, `incidents` (the machine's own),
    `subscriptions` {id: (number, event id, kind)}, `given`: numbers of rounds that may have left a variable for the output collection.
    """

    def __init__(self, definition_, raw, rounds):
        _, _, rows = json.loads(raw)
        assert all(row[0] < OUTSIDE for row in rows)
        rows += [json.loads(rounds[number][1]) for number in sorted(rounds)]
        known = {row[0]: row + [0, []][len(row) - 3 :] for row in rows}
        self.alive, self.subscriptions, self.given = {}, {}, set()
        self.tasks, self.jobs, self.children, self.incidents = set(), set(), set(), set()
        for number, id, parent, data, subs in known.values():
            data = data or {}
            element = definition_.elements.get(id, definition_.process)
            body = element.loop is not None and known[parent][1] != id
            self.alive[number] = (element.id, parent, "MULTI_INSTANCE_BODY" if body else element.type)
            if "f" in data:
                assert data["n"] == sum(other[2] == number for other in known.values())
                self.given |= {data["f"] + place for place in range(data["l"][1])} if element.loop.output else set()
            self.subscriptions |= {sub: (number, event, kind) for sub, event, kind, *_ in subs if kind != "conditional"}
            failed = data.get("!", [None])[0]
            if failed:
                self.incidents.add(number)
            listening = failed is None and ("x" in data or "t" in data)
            if element.kind == "user" and not body and "x" not in data and failed in (None, "go_on"):
                self.tasks.add(number)
            if listening or (element.kind == "job" and not body and failed is None and "c" not in data and "z" not in data):
                self.jobs.add(number)
            if element.kind == "call" and not body and failed is None and not {"x", "z"} & set(data):
                self.children.add(number)


class Outside:
    """What a step may read beside the state bytes (see outcome.State), and what it has read: numbers of elements."""

    def __init__(self, ledger):
        self._rounds, self._subscriptions = dict(ledger.rounds), dict(ledger.subscriptions)
        self._variables, self.read = {scope: dict(own) for scope, own in ledger.variables.items()}, []

    def round(self, number):
        round, _ = self._rounds.get(number, (None, None))
        return self._those([each for each, row in self._rounds.items() if row[0] == round])

    def rest(self):
        return self._those(list(self._rounds))

    def results(self, first, last, name):
        found = {number: own.get(name) for number, own in self._variables.items() if first <= number <= last}
        return {number: text for number, text in found.items() if text is not None and number not in self._rounds}

    def waiting(self, subscription):
        return self._subscriptions[subscription].number if subscription in self._subscriptions else None

    def _those(self, numbers):
        self.read += numbers
        return {each: self._rounds[each] for each in numbers}, {
            each: dict(self._variables[each]) for each in numbers if each in self._variables
        }


class Case:
    """One process instance, played by names: state and rows are saved and loaded between any two steps."""

    def __init__(self, xml, *, at=None, caught_above=None, now=NOW, calendar=None, process=0, started=True, watched=True, **variables):
        self.definition = xml if isinstance(xml, definition.Definition) else definition.read(xml)[process]
        self.now, self.calendar, self.ledger, self.raw, self.out = now, calendar, Ledger(), None, None
        self.before = snapshot(self.definition) if watched else None  # of a big definition, whoever plays it looks once at the end
        self.answers = {}  # name of a call -> function(call) -> arguments of finish_call or fail_call
        if started:
            self.do("start", variables={"log": [], **variables}, at=at, caught_above=caught_above or {})

    def do(self, command, /, **arguments):
        """One command, with the calls that it comes to answered where the test has answers."""
        given = {scope: dict(own) for scope, own in self.ledger.variables.items() if scope < OUTSIDE}
        first, second = (self._advance(given, command, arguments) for _ in range(2))
        assert first == second, "the same inputs gave another outcome"
        assert self.before is None or snapshot(self.definition) == self.before, "the definition was changed by a run"
        self.out = first
        self.raw = first.state
        self.ledger.take(first)
        if not first.calls:
            self.ledger.check(self.definition, first.state)
        return self

    def _advance(self, given, command, arguments):
        variables, self.outside = {scope: dict(own) for scope, own in given.items()}, Outside(self.ledger)
        state = State(self.raw, variables, self.outside)
        out = runner.advance(self.definition, state, (command, arguments), self.now, self.calendar)
        while out.calls and out.calls[0].name in self.answers:
            asked = out.calls[0]
            name, answer = self.answers[asked.name](asked)
            state = State(out.state, variables, self.outside)
            out = runner.advance(self.definition, state, (name, {"number": asked.number, **answer}), self.now, self.calendar, out)
        assert variables == given, "the variables that were handed in were changed"
        return out

    # -- what is open, by element id

    @property
    def open(self):
        """Sorted ids of elements that wait for a person, a worker or a child."""
        rows = [*self.ledger.tasks.values(), *self.ledger.jobs.values(), *self.ledger.children.values()]
        return sorted(row.element_id for row in {row.number: row for row in rows}.values())

    @property
    def incidents(self):
        """{element id: (error type, message)}"""
        return {row.element_id: (row.error_type, row.message) for row in self.ledger.incidents.values()}

    @property
    def status(self):
        return self.ledger.status

    @property
    def variables(self):
        """{name: value} of the process instance, numbers as Decimal."""
        return {name: values.read(text) for name, text in self.ledger.variables.get(1, {}).items()}

    @property
    def log(self):
        return self.variables["log"]

    def number(self, id, rows=None):
        """The number of the first open row of an element."""
        candidates = [rows] if rows is not None else [self.ledger.tasks, self.ledger.jobs, self.ledger.children]
        return next(number for some in candidates for number, row in sorted(some.items()) if row.element_id == id)

    def passed(self, word="entered"):
        """Element or flow ids of the whole path so far, of one word."""
        return [id for kind, id, _ in self.ledger.path if kind == word]

    # -- what people, workers, clocks and others do

    def complete(self, id, **variables):
        return self.do("complete_user_task", number=self.number(id, self.ledger.tasks), variables=variables)

    def work(self, id, **variables):
        return self.do("complete_job", number=self.number(id, self.ledger.jobs), variables=variables)

    def answer(self, id, denied=False, **corrections):
        """A task listener's job."""
        number = self.number(id, self.ledger.jobs)
        return self.do("complete_job", number=number, variables={}, denied=denied, corrections=corrections)

    def error(self, id, code, **variables):
        return self.do("throw_error", number=self.number(id, self.ledger.jobs), code=code, message="", variables=variables)

    def child(self, id, **variables):
        return self.do("complete_child", number=self.number(id, self.ledger.children), variables=variables)

    def child_error(self, id, code, **variables):
        number = self.number(id, self.ledger.children)
        del self.ledger.children[number]
        return self.do("child_error", number=number, code=code, message="", variables=variables)

    def message(self, name="msg", key="k", **variables):
        """To the oldest subscription of this name and key, as a store does. -> was there one?"""
        for id, sub in sorted(self.ledger.subscriptions.items()):
            if (sub.kind, sub.name, sub.correlation_key) == ("message", name, key):
                self.do("trigger", subscription=id, variables=variables)
                return True
        return False

    def signal(self, name="sig", **variables):
        """To every subscription that is open now and still open when its turn comes."""
        for id, sub in sorted(self.ledger.subscriptions.items()):
            if (sub.kind, sub.name) == ("signal", name) and id in self.ledger.subscriptions:
                self.do("trigger", subscription=id, variables=variables)
        return self

    def later(self, hours=1):
        """Time passes; what falls due is triggered in the order of its time, once each time."""
        self.now += timedelta(hours=hours)
        while True:
            due = [(sub.due, id) for id, sub in self.ledger.subscriptions.items() if sub.kind == "timer" and sub.due <= self.now]
            if not due or self.status != ACTIVE:
                return self
            self.do("trigger", subscription=min(due)[1], variables={})

    def set(self, **variables):
        return self.do("set_variables", scope=1, variables=variables)

    def resolve(self, id):
        return self.do("resolve_incident", number=self.number(id, self.ledger.incidents))


def snapshot(definition_):
    """Everything that a definition holds, as text that can be compared."""
    found, todo, seen = [], [("", definition_)], set()
    while todo:
        path, thing = todo.pop()
        if isinstance(thing, (str, bytes, int, float, bool, type(None), frozenset)) or callable(thing):
            found.append((path, repr(thing)))
        elif id(thing) not in seen:
            seen.add(id(thing))
            if isinstance(thing, dict):
                todo += [(f"{path}[{name!r}]", value) for name, value in thing.items()]
            elif isinstance(thing, (list, tuple, set)):
                todo += [
                    (f"{path}[{place}]", value) for place, value in enumerate(sorted(thing, key=repr) if isinstance(thing, set) else thing)
                ]
            elif type(thing).__module__.startswith("engine.workflow") and not isinstance(thing, type(json)):
                names = getattr(type(thing), "__slots__", None) or vars(thing)
                todo += [(f"{path}.{name}", getattr(thing, name)) for name in names]
            elif type(thing).__module__.startswith("SpiffWorkflow"):
                todo += [(f"{path}.{name}", value) for name, value in vars(thing).items() if name not in ("_wf_spec",)]
    return sorted(found)
