"""A thousand rounds of rework: the last costs what the first cost, counted in bytes and statements, and the end is right."""

import re
from decimal import Decimal

import psycopg
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import event, func, select

import verify_history
from api.app import READERS
from engine.commands.complete_task import complete_task
from engine.commands.deploy import deploy
from engine.commands.start_instance import start_instance
from engine.domain import values
from engine.domain.outcome import COMPLETED
from engine.domain.people import THE_SYSTEM, Actor
from engine.engine import Engine
from engine.gate import Gate
from engine.gate.resource import Resource
from engine.store import audit
from engine.store.models import ElementInstance, ProcessInstance, UserTask, Variable
from engine.store.records import History
from engine.store.store import Store
from engine.store.vault import Vault
from tests.journeys.town import HERE

ROUNDS = 1000
LI = Actor("li.na", "李娜", frozenset(["居村"]))


class Traffic:
    """What the drivers of an Engine of SQLAlchemy's send: SQLite tells its statements, libpq its messages."""

    def __init__(self, store_engine, folder):
        self.sent, self._on, self._connections, self._file = [], False, [], folder / "libpq"
        event.listen(store_engine, "connect", lambda connection, _record: self._connected(connection))

    def _connected(self, connection):
        self._connections.append(connection)
        if not isinstance(connection, psycopg.Connection):
            connection.set_trace_callback(lambda statement: self._on and self.sent.append(len(statement.encode())))

    def of(self, act):
        """(statements, bytes) that `act()` sends."""
        self.sent, self._on = [], True
        over_the_wire = [each for each in self._connections if isinstance(each, psycopg.Connection)]
        with self._file.open("w+") as trace:
            for connection in over_the_wire:
                connection.pgconn.trace(trace.fileno())
                connection.pgconn.set_trace_flags(psycopg.pq.Trace.SUPPRESS_TIMESTAMPS)
            act()
            for connection in over_the_wire:
                connection.pgconn.untrace()
            messages = [line.split("\t") for line in self._file.read_text(errors="replace").splitlines()]
        self._on = False
        frontend = [(kind, int(length)) for sender, length, kind, *_ in filter(lambda each: len(each) > 2, messages) if sender == "F"]
        executed = [kind for kind, _ in frontend if kind in ("Execute", "Query")]
        return len(self.sent) + len(executed), sum(self.sent) + sum(length for _, length in frontend)


@pytest.fixture
def traffic(store_engine, tmp_path):
    return Traffic(store_engine, tmp_path)


@pytest.fixture
def engine(store_engine, traffic):
    engine = Engine(Store(store_engine), Vault(Fernet.generate_key()), gate=Gate(READERS))
    deploy(engine, THE_SYSTEM, [Resource("rework_loop.bpmn", (HERE / "rework_loop.bpmn").read_bytes())])
    yield engine
    engine.gate.close()


class Case:
    """A case that is sent back again and again."""

    def __init__(self, engine):
        self.engine = engine
        started = start_instance(engine, LI, "rework_loop", variables={"place": "3 号厂房", "weight": Decimal("0.1")})
        self.key, self.opened = started["key"], started["opened"]

    def complete(self, element, **variables):
        (task,) = self.opened
        assert task["element"] == element
        self.opened = complete_task(self.engine, LI, task["key"], variables)["opened"]

    def round(self, number, passed=False):
        self.complete("rectify", done=f"第 {number:04d} 次整改")
        self.complete("recheck", passed=passed)

    def rows(self, query):
        with self.engine.store.read() as connection:
            return connection.execute(query).all()

    def state(self):
        """The bytes of the instance, with every number of its own counting as one digit."""
        ((raw,),) = self.rows(select(ProcessInstance.state).where(ProcessInstance.key == self.key))
        return re.sub(rb"\d+", b"0", bytes(raw)), len(raw)


def test_round_one_thousand_costs_what_the_first_rounds_cost_and_the_end_is_right(engine, traffic):
    # given
    case, work = Case(engine), {}
    case.round(1)
    first, length = case.state()

    # when
    for number in range(2, ROUNDS):
        # A round may lease a block of keys beside its work, so three are counted and the least is taken.
        # Not the very first ones: the driver prepares a statement when it has seen it a few times.
        if number in (10, 11, 12) or number > ROUNDS - 4:
            work[number] = traffic.of(lambda number=number: case.round(number))
        else:
            case.round(number)
    last, longer = case.state()

    # then: the state is the same but for the digits of its numbers
    assert last == first
    assert longer - length <= 24

    # then: as many statements, and no more bytes than longer numbers take
    early, late = min(work[n] for n in (10, 11, 12)), min(work[n] for n in (ROUNDS - 3, ROUNDS - 2, ROUNDS - 1))
    assert early[0] == late[0] > 8, work
    assert early[1] <= late[1] <= early[1] * 1.03, work

    # when: it passes at last
    case.round(ROUNDS, passed=True)
    case.complete("close")

    # then
    ((status, seq),) = case.rows(select(ProcessInstance.status, ProcessInstance.history_seq))
    assert (status, seq) == (COMPLETED, 1 + 2 * ROUNDS + 1)
    known = {name: values.read(text) for name, text in case.rows(select(Variable.name, Variable.value))}
    assert known == {"place": "3 号厂房", "weight": Decimal("0.1"), "done": "第 1000 次整改", "passed": True, "round": ROUNDS}
    assert case.rows(select(func.count()).select_from(UserTask).where(UserTask.status == "COMPLETED")) == [(2 * ROUNDS + 1,)]
    assert case.rows(select(func.count()).select_from(ElementInstance).where(ElementInstance.status == "ACTIVE")) == [(0,)]
    kinds = dict(case.rows(select(History.kind, func.count()).where(History.chain == case.key).group_by(History.kind)))
    assert kinds == {"instance:started": 1, "task:completed": 2 * ROUNDS + 1}
    with audit.snapshot(engine.store.engine) as connection:
        assert verify_history.verify(list(audit.export_lines(connection, [])), []) == []
