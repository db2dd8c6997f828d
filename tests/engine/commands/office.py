"""An office for the tests of commands: an engine on a real store, a few people, and a check after each test that rows and machine agree."""

from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from sqlalchemy import select

import verify_history
from engine.commands.deploy import deploy
from engine.commands.start_instance import start_instance
from engine.domain.people import ADMINISTRATOR, AUDITOR, DESIGNER, INTEGRATION, Actor
from engine.engine import Engine
from engine.gate.resource import Resource
from engine.store import account_rows, audit
from engine.store.base import Base
from engine.store.clock import Clock
from engine.store.models import (
    ElementInstance,
    Incident,
    Job,
    MessageSubscription,
    ProcessInstance,
    TaskCandidate,
    Timer,
    UserTask,
    Variable,
)
from engine.store.records import Confidential, Draft, History, Idempotency, Outbox
from engine.store.store import Store
from tests.agreement import expect_agreement

HERE = Path(__file__).parent

#: Since when everybody has an account.
BEFORE = datetime(2024, 1, 1, tzinfo=UTC)
#: user name -> [(role, unit)]
PEOPLE = {
    "admin": [(ADMINISTRATOR, "")],
    "li": [("居村", "陈坊村")],
    "sun": [("居村", "陈坊村")],
    "tang": [("居村", "汤村")],
    "zhao": [("消防", "消防站")],
    "robot": [(INTEGRATION, "")],
    "drawer": [(DESIGNER, "")],
    "auditor": [(AUDITOR, "")],
}


def actor(username):
    """The Actor of somebody of PEOPLE, as signing in makes it."""
    pairs = PEOPLE[username]
    groups = {role for role, _ in pairs} | {f"{role}@{unit}" for role, unit in pairs if unit}
    return Actor(username, username, frozenset(groups), frozenset(unit for _, unit in pairs if unit))


ADMIN, LI, SUN, TANG, ZHAO, ROBOT, DRAWER, AUDITOR_ = (actor(name) for name in PEOPLE)


def _accounts():
    """The batches that make everybody of PEOPLE an account, in one transaction: hundreds of tests begin with it."""
    rows = [{"username": name, "display_name": name, "email": None, "password_hash": "no password", "active": True} for name in PEOPLE]
    made = [(account_rows.CREATE, [row | {"changed": BEFORE} for row in rows])]
    return made + [batch for name, pairs in PEOPLE.items() for batch in account_rows.memberships(name, pairs)]


class Office:
    """`engine`: an Engine whose clock can be moved. Diagrams lie beside the tests; `db` runs a select and gives its rows."""

    def __init__(self, engine):
        self.engine = engine
        engine.store.write(lambda transaction: transaction.write(_accounts()))

    def deploy(self, *names, by=ADMIN):
        """Deploy files that lie beside the tests -> the command's answer."""
        return deploy(self.engine, by, [Resource(name, (HERE / name).read_bytes()) for name in names])

    def start(self, process_id, by=ADMIN, **variables):
        """The key of a new process instance."""
        return start_instance(self.engine, by, process_id, variables=variables)["key"]

    def begin(self, name, by=ADMIN, **variables):
        """Deploy <name>.bpmn and start its process of that id -> (the instance's key, the key of its one open task)."""
        self.deploy(f"{name}.bpmn")
        instance = self.start(name, by, **variables)
        return instance, self.task(instance)["key"]

    def db(self, query):
        """All rows of a select, as mappings."""
        with self.engine.store.read() as connection:
            return connection.execute(query).mappings().all()

    def task(self, instance, element=None):
        """The one open user task of an instance (of an element), as its row."""
        wanted = select(UserTask.__table__).where(UserTask.instance_key == instance, UserTask.completed.is_(None))
        (row,) = self.db(wanted if element is None else wanted.where(UserTask.element_id == element))
        return row

    def instance(self, key):
        """The row of a process instance."""
        (row,) = self.db(select(ProcessInstance.__table__).where(ProcessInstance.key == key))
        return row

    def variables(self, instance, scope=1):
        """{name: value as JSON reads it} of a scope."""
        rows = self.db(select(Variable.name, Variable.value).where(Variable.instance_key == instance, Variable.scope == scope))
        return {row["name"]: orjson.loads(row["value"]) for row in rows}

    def history(self, chain):
        """The bodies of a chain's entries, in order."""
        return [orjson.loads(row["body"]) for row in self.db(select(History.body).where(History.chain == chain).order_by(History.seq))]

    def kinds(self, chain):
        """The kinds of a chain's entries, in order."""
        return [body["kind"] for body in self.history(chain)]

    def trail(self, chain):
        """[(kind, actor, element)] of a chain's entries, in order."""
        return [(body["kind"], body["actor"], body["element"]) for body in self.history(chain)]

    @contextmanager
    def refuses(self, error, match):
        """What is done inside raises `error` with a sentence that matches, and leaves all tables as they were."""
        beside = [TaskCandidate, Confidential, Draft, Idempotency, Outbox]
        before = [self.everything(), *map(self.rows, beside)]
        with pytest.raises(error, match=match) as caught:
            yield caught
        assert [self.everything(), *map(self.rows, beside)] == before

    def rows(self, table):
        """All rows of a table, as text, in an order that does not depend on the database."""
        return sorted(map(repr, map(dict, self.db(select(table.__table__)))))

    def tables_with(self, text):
        """The names of all tables of which some row holds this text in clear."""
        return [
            table.name for table in Base.metadata.sorted_tables if any(text in repr(tuple(row.values())) for row in self.db(select(table)))
        ]

    def everything(self):
        """A picture of all tables that a refused command must leave as they were."""
        tables = [ProcessInstance, ElementInstance, UserTask, Job, Timer, MessageSubscription, Incident, Variable, History]
        with self.engine.store.read() as connection:
            return [sorted(map(repr, connection.execute(select(table.__table__)))) for table in tables]

    def another_process(self):
        """An Engine as another process on the same database has it: its commands do not wait for ours in line, only for the lock."""
        return Engine(Store(self.engine.store.engine), self.engine.vault, Clock(controlled=True), self.engine.gate)

    def expect_sound(self):
        """What is open as rows is what is alive in the machine, and every chain is whole."""
        self.expect_agreement()
        with audit.snapshot(self.engine.store.engine) as connection:
            lines = list(audit.export_lines(connection, []))
        assert verify_history.verify(lines, []) == []

    def expect_agreement(self):
        """What is open as rows is what is alive in the machine, in each instance."""
        with self.engine.store.transaction() as transaction:
            kept = self.db(select(ProcessInstance.key, ProcessInstance.definition_key))
            definitions = {row["key"]: self.engine.definition(transaction, row["definition_key"]).definition for row in kept}
        with audit.snapshot(self.engine.store.engine) as connection:
            for key, definition in definitions.items():
                expect_agreement(connection, key, definition)
