"""One process instance inside of a step: its row, its definition, its state, and what the machine says happened to it."""

from collections import defaultdict

import orjson

from engine import history
from engine.domain import values
from engine.domain.outcome import ACTIVE, COMPLETED, Outcome, State
from engine.store import instances
from engine.store.rounds import Outside
from engine.store.save import Change
from engine.workflow import runner


class Case:
    """Held by a Step. `row` is its row as it stood, of a new one without a state; `deployed` is its definition with the row of that.

    `identity` is the same in every attempt of its step: a new one has another key in each.
    """

    def __init__(self, step, row, variables, deployed, new=False):
        self.step, self.row, self.deployed, self.new = step, row, deployed, new
        self.definition = deployed.definition
        self.identity = (_called_by(step, row) or ("root", len(step.cases))) if new else row["key"]
        scopes = defaultdict(dict)
        for variable in variables:
            scopes[variable["scope"]][variable["name"]] = variable["value"]
        outside = None if new else Outside(step.transaction, row["key"])
        self.state = State(None if new else bytes(row["state"]), dict(scopes), outside)
        self.variable_keys = {(variable["scope"], variable["name"]): variable["key"] for variable in variables}
        self.outcome, self.task = None, None
        self.task_edits, self.incidents, self.decisions, self.ledger = {}, [], [], []
        self.children_started, self.children_ended = set(), set()
        self.resolved = set()  # numbers of elements whose job's incident is resolved
        self.told = 0  # how much of what it threw its parent knows already
        self.end_told = False
        self._note = None

    def advance(self, name, **arguments):
        """Let the machine take one command; the outcome grows."""
        raw = self.outcome.state if self.outcome else self.state.raw
        state, calendar = State(raw, self.state.variables, self.state.outside), self.step.calendar(self.definition)
        self.outcome = runner.advance(self.definition, state, (name, arguments), self.step.local, calendar, into=self.outcome)

    @property
    def is_active(self):
        """Does the instance go on, as far as this step knows?"""
        return (self.outcome.status if self.outcome else self.row["status"]) == ACTIVE

    @property
    def is_completed(self):
        """Did it come to its end (rather than being terminated)?"""
        return self.outcome is not None and self.outcome.status == COMPLETED

    @property
    def is_changed(self):
        """Is there something to save?"""
        return self.outcome is not None or self._note is not None

    def variables(self, scope=1):
        """{name: value} of a scope as it stands now."""
        texts = dict(self.state.variables.get(scope, {}))
        if self.outcome:
            texts.update({name: value for (where, name), value in self.outcome.variables.items() if where == scope})
        return {name: values.read(value) for name, value in texts.items() if value is not None}

    def note(self, kind, element=None, **data):
        """Say what the history entry of this step is to be called, and what it tells beside what the machine did."""
        self._note = (kind, element, data)

    def change(self):
        """What the store is to write, with the one history entry of this step."""
        outcome = self.outcome or Outcome(state=self.state.raw, status=self.row["status"])
        outcome.incidents_closed |= self.resolved | self._of_closed_jobs(outcome)
        kind, element, data = self._note or ("instance:continued", None, {})
        row, actor = self.row, self.step.actor
        entry = history.entry(
            row["key"],
            row["history_seq"] + 1,
            row["history_head"],
            self.step.now,
            actor.username,
            kind,
            element,
            {**data, **self.happened()},
            self.ledger,
            behalf_of=actor.behalf_of,
        )
        return Change(
            row,
            outcome,
            entry,
            self.new,
            self.variable_keys,
            self.task,
            self.task_edits,
            self.definition.names,
            self.step.forms_of(self),
            self.incidents,
            self.decisions,
        )

    def _of_closed_jobs(self, outcome):
        """Elements whose job had failed for good and is over now: nobody can resolve its incident any more. The machine knows of none."""
        if not self.row["incidents"] or not outcome.jobs_closed:
            return set()
        found = self.step.transaction.fetch(instances.INCIDENTS_OF_JOBS, instance_key=self.row["key"])
        return {incident["number"] for incident in found} & outcome.jobs_closed.keys()

    def happened(self):
        """What the machine did, as the data of a history entry: the path, the variables and the tasks, in compact form."""
        outcome = self.outcome
        if outcome is None:
            return {}
        # Words, ids and numbers: orjson writes them as history does, and it is most of an entry.
        told = {"path": history.Canonical(orjson.dumps(outcome.path).decode())}
        if outcome.variables:
            told["variables"] = {
                name if scope == 1 else f"{scope}/{name}": None if text is None else values.Stored(text)
                for (scope, name), text in outcome.variables.items()
            }
        if outcome.status != ACTIVE:
            told["status"] = outcome.status
        if outcome.tasks_opened:
            told["tasks"] = {task.element_id: list(task.candidate_groups) for task in outcome.tasks_opened.values()}
        if outcome.incidents_opened:
            told["incidents"] = {found.element_id: found.message for found in outcome.incidents_opened.values()}
        if self.decisions:
            told["decisions"] = [made.told for _, _, made in self.decisions]
        return told


def _called_by(step, row):
    parent = step.cases.get(row["parent_key"])
    return parent and (parent.identity, row["parent_number"])
