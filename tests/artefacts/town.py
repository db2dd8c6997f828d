"""A town in memory: one hazard runs through its diagram, decisions and forms, each person filling in, the clock moved by hand."""

from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from engine import decisions, feel
from engine.domain import values
from engine.domain.outcome import ACTIVE, State
from engine.workflow import definition, runner
from forms import compile as forms

ROOT = Path(__file__).parents[2]
SHANGHAI = timezone(timedelta(hours=8))


@cache
def _definitions():
    return {each.id: each for path in sorted(ROOT.glob("bpmn/*/*.bpmn")) for each in definition.read(path.read_bytes())}


@cache
def _forms():
    return {form.id: form for path in sorted(ROOT.glob("forms/*/*.form")) for form in forms.check(path.read_bytes())}


@cache
def _requirements():
    graphs = [graph for path in sorted(ROOT.glob("bpmn/*/*.dmn")) for graph in decisions.read(path.read_bytes())]
    return {id_: graph for graph in graphs for id_ in graph.decisions}


class Town:
    """The bundled files, compiled once, when they are first asked for: to collect the tests takes none of it."""

    definitions = property(lambda self: _definitions(), doc="The processes by id.")
    forms = property(lambda self: _forms(), doc="The forms by id.")
    requirements = property(lambda self: _requirements(), doc="The graph of each decision, by the decision's id.")


def environment(now, calendar=None):
    """What surrounds an expression at a time of the clock."""
    return feel.Environment(now, calendar)


class Case:
    """One instance. `tasks`: what is open by number; `thrown`: messages and escalations in order; `decided`: evaluations in order.

    `begin`: the start event by which it begins, where that is not the one without a trigger.
    """

    begin = None

    def __init__(self, town, process_id, now, calendar=None, caught_above=None, **variables):
        self.town, self.definition, self.calendar = town, town.definitions[process_id], calendar
        self.now, self.raw, self.status = now, None, ACTIVE
        self.rows, self.tasks, self.subscriptions, self.thrown, self.decided, self.path = {}, {}, {}, [], [], []
        self.do("start", variables=variables, caught_above=caught_above or {})

    def do(self, command, **arguments):
        """One command with all that it asks for, as the engine's own commands serve it."""
        if command == "start" and self.begin:
            arguments["at"] = self.begin
        given = {scope: dict(own) for scope, own in self.rows.items()}
        out = runner.advance(self.definition, State(self.raw, given), (command, arguments), self.now, self.calendar)
        while out.calls:
            answer = ("finish_call", {"number": out.calls[0].number, **self.answer(out.calls[0])})
            out = runner.advance(self.definition, State(out.state, given), answer, self.now, self.calendar, into=out)
        assert not out.incidents_opened, {each.element_id: each.message for each in out.incidents_opened.values()}
        self.take(out)
        return self

    def answer(self, call):
        """A decision's result; what a handler returns is for whoever has handlers to say."""
        made = decisions.evaluate(self.town.requirements[call.name], call.name, call.variables, environment(self.now, self.calendar))
        assert made.failed is None, made.failed
        self.decided.append((call.name, made))
        return {"result": made.result}

    def take(self, out):
        """Keeps the rows that a store would keep."""
        self.raw, self.status = out.state, out.status
        for rows, closed, opened in (
            (self.tasks, out.tasks_closed, out.tasks_opened),
            (self.subscriptions, out.subscriptions_closed, out.subscriptions_opened),
        ):
            for number in closed:
                del rows[number]
            rows.update(opened)
        for (scope, name), text in out.variables.items():
            if text is None:
                self.rows.get(scope, {}).pop(name, None)
            else:
                self.rows.setdefault(scope, {})[name] = text
        for scope in out.scopes_closed:
            self.rows.pop(scope, None)
        self.thrown += out.thrown
        self.path += [id_ for word, id_, _ in out.path if word == "entered"]

    @property
    def variables(self):
        """{name: value} of the instance."""
        return {name: values.read(text) for name, text in self.rows[1].items()} if 1 in self.rows else {}

    @property
    def open(self):
        """Sorted element ids of the open tasks."""
        return sorted(task.element_id for task in self.tasks.values())

    def task(self, element_id):
        return next(task for task in self.tasks.values() if task.element_id == element_id)

    def known(self, element_id):
        """What the form of a task sees of the case."""
        return runner.visible_variables(self.definition, State(self.raw, self.rows), self.task(element_id).number)

    def fill_in(self, element_id, **data):
        """The task is completed with what its form makes of `data`. Raises errors.Invalid as the form does."""
        task = self.task(element_id)
        cleaned = self.town.forms[task.form_id].load(data, self.known(element_id), environment(self.now, self.calendar))
        return self.do("complete_user_task", number=task.number, variables=cleaned)

    def until(self, moment):
        """Time passes; timers fire in the order in which they are due, at the time when they are."""
        while self.status == ACTIVE:
            due = sorted((each.due, id_) for id_, each in self.subscriptions.items() if each.kind == "timer" and each.due <= moment)
            if not due:
                break
            self.now = max(self.now, due[0][0].astimezone(SHANGHAI))
            self.do("trigger", subscription=due[0][1])
        self.now = moment
        return self


def at(text):
    """ "2024-04-01T10:00" in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
