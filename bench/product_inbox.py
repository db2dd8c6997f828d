"""The product's inbox at a hundred thousand and at a million open tasks."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import orjson
import sqlalchemy

from api.access import hasher
from bench import serving
from bench.inbox import GROUPS, PAGE, settled
from bench.load import request_bytes
from bench.product_engine import PASSWORD, environment_of, open_product
from engine import queues
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM, Actor
from engine.store import models, tasks

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
INSTANCES = 1000
BATCH = 20_000


class ProductInbox:
    """task_candidate, user_task and process_instance, filled without the engine: it is reading that is measured."""

    name = "product"

    def setup(self, store, tasks):
        """See Inbox."""
        self._store = store
        self._engine, _ = open_product(store)
        self._fill(tasks)

    def first_page(self, groups):
        """See Inbox."""
        actor = Actor("bench", "Bench", frozenset(groups))
        rows, _ = queues.inbox(self._engine, actor, order="created", limit=PAGE)
        return rows

    @contextmanager
    def served(self):
        """See Inbox."""
        create_account(self._engine, THE_SYSTEM, "bench", "Bench", hasher.hash(PASSWORD), None, [("g07", "")])
        with TemporaryDirectory() as place:
            folder = Path(place)
            environment = environment_of(self._store, folder)
            with serving.gunicorn("wsgi:app", environment, folder / "inbox.log", config="gunicorn.conf.py") as port:
                headers = {"Accept": "text/html", "Cookie": _signed_in(port)}
                yield serving.HOST, port, request_bytes("GET", "/inbox", serving.HOST, headers)

    def close(self):
        """See Inbox."""
        self._engine.store.engine.dispose()

    def _fill(self, count):
        engine = self._engine.store.engine
        with engine.execution_options(write=True).begin() as connection:
            definition = connection.execute(sqlalchemy.text("SELECT key, process_id FROM process_definition")).one()
            rows = [_instance(key, definition) for key in range(1, INSTANCES + 1)]
            connection.execute(sqlalchemy.insert(models.ProcessInstance), rows)
            for first in range(0, count, BATCH):
                numbers = range(first, min(first + BATCH, count))
                filled = [_task(2 * n + is_open, n, is_open, definition) for n in numbers for is_open in (0, 1)]
                connection.execute(sqlalchemy.insert(models.UserTask), filled)
                queued = [row for task in filled for row in tasks.queue_rows(task, [_group(task)], [], task["completed"] is None)]
                connection.execute(sqlalchemy.insert(models.TaskCandidate), queued)
        with engine.connect().execution_options(write=True, isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(settled(self._store))


def _signed_in(port):
    """The cookie of a session, as the page of sign-in gives it."""
    connection = HTTPConnection(serving.HOST, port)
    form = urlencode({"username": "bench", "password": PASSWORD})
    connection.request("POST", "/login", form, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    if answer.status != 302:
        raise AssertionError(f"Expected the sign-in to lead to a page, but it was answered with {answer.status}")
    connection.close()
    return answer.headers["Set-Cookie"].partition(";")[0]


def _group(task):
    return orjson.loads(task["candidate_groups"])[0]


def _instance(key, definition):
    return {
        "key": key, "root_key": key, "definition_key": definition.key, "process_id": definition.process_id, "status": "ACTIVE",
        "state": b"[]", "revision": 1, "incidents": 0, "tags": "[]", "started": BEGAN, "started_by": "bench", "history_seq": 0,
        "history_head": "0" * 64,
    }  # fmt: skip


def _task(key, n, is_open, definition):
    created = BEGAN + timedelta(seconds=n)
    return {
        "key": key, "instance_key": n % INSTANCES + 1, "root_key": n % INSTANCES + 1, "number": key, "definition_key": definition.key,
        "process_id": definition.process_id, "element_id": "triage", "name": "Triage", "status": "CREATED" if is_open else "COMPLETED",
        "assignee": None, "candidate_groups": orjson.dumps([f"g{n % GROUPS:02d}"]).decode(), "candidate_users": "[]", "priority": 50,
        "created": created, "due": created + timedelta(days=15), "completed": None if is_open else created, "headers": "{}",
    }  # fmt: skip
