"""The rows that a store would have, built from outcomes alone, and a case that checks after every step that they are what is alive.

Every step is done twice on the saved state and must say the same both times, and the definition must stay as it was read.
"""

import json
from datetime import UTC, datetime, timedelta

from engine.domain import values
from engine.domain.outcome import ACTIVE, COMPLETED, State
from engine.workflow import definition, runner

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Ledger:
    """Rows by their number: what is open after all outcomes so far. `take` refuses outcomes that do not fit the rows."""

    def __init__(self):
        self.elements, self.tasks, self.jobs, self.subscriptions = {}, {}, {}, {}
        self.children, self.incidents, self.variables = {}, {}, {}
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
        _, _, rows = json.loads(raw)
        alive = {row[0]: row + [0, []][len(row) - 3 :] for row in rows}
        assert set(self.elements) == set(alive)
        found = {"tasks": set(), "jobs": set(), "children": set(), "incidents": set()}
        subscriptions = {}
        for number, id, parent, data, subs in alive.values():
            data = data or {}
            element = definition_.elements.get(id, definition_.process)
            body = element.loop is not None and alive[parent][1] != id
            row = self.elements[number]
            assert (row.element_id, row.scope) == (element.id, parent)
            assert row.type == ("MULTI_INSTANCE_BODY" if body else element.type)
            for sub, event, kind, *_ in subs:
                if kind != "conditional":
                    subscriptions[sub] = (number, event, kind)
            failed = data.get("!", [None])[0]
            if failed:
                found["incidents"].add(number)
            listening = failed is None and ("x" in data or "t" in data)
            if element.kind == "user" and not body and "x" not in data and failed in (None, "go_on"):
                found["tasks"].add(number)
            if listening or (element.kind == "job" and not body and failed is None and "c" not in data and "z" not in data):
                found["jobs"].add(number)
            if element.kind == "call" and not body and failed is None and not {"x", "z"} & set(data):
                found["children"].add(number)
        for kind, numbers in found.items():
            assert set(getattr(self, kind)) == numbers, kind
        assert {id: (sub.number, sub.event_id, sub.kind) for id, sub in self.subscriptions.items()} == subscriptions
        assert set(self.variables) <= {1, *alive}
        if self.status != ACTIVE:
            assert not alive


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
        given = {scope: dict(own) for scope, own in self.ledger.variables.items()}
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
        variables = {scope: dict(own) for scope, own in given.items()}
        out = runner.advance(self.definition, State(self.raw, variables), (command, arguments), self.now, self.calendar)
        while out.calls and out.calls[0].name in self.answers:
            asked = out.calls[0]
            name, answer = self.answers[asked.name](asked)
            state = State(out.state, variables)
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
