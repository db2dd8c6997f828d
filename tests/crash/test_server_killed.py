"""The web server is killed in the middle of 2,000 completions, and again: what it acknowledged is there, and nothing is there twice."""

import base64
import http.client
import json
import os
import queue
import signal
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import select

from engine.commands.create_account import create_account
from engine.domain.outcome import COMPLETED
from engine.domain.people import THE_SYSTEM
from engine.store import models, records
from tests.crash.place import ON_BOTH
from tests.passwords import hasher
from tests.server import start_server

pytestmark = ON_BOTH

#: So many instances with so many open tasks each.
INSTANCES, TASKS = 200, 10
COMPLETIONS = INSTANCES * TASKS
#: The server is killed whenever so many more are acknowledged.
KILL_AT = (200, 800, 1_500)
CLIENTS = 8
PASSWORD = "correct horse battery"
PATIENCE = 120  # seconds


def test_two_thousand_completions_survive_the_kills_of_the_server(place):
    # given
    keys = _prepare(place)
    clients = _Clients(keys)
    clients.server = start_server(place.url, place.folder, SQLITE_SYNCHRONOUS="FULL")

    # when: each completion is sent until it is acknowledged, and the server is killed under them
    try:
        clients.start()
        for count in KILL_AT:
            clients.wait_until_acknowledged(count)
            _kill(clients.server)
            clients.server = start_server(place.url, place.folder, SQLITE_SYNCHRONOUS="FULL")
        clients.wait_until_acknowledged(COMPLETIONS)
        clients.join()

        # then: all are done once, those too that were asked for again because nobody had answered
        assert clients.refused == []
        assert len(clients.acknowledged) == COMPLETIONS
        assert len(clients.unanswered) >= len(KILL_AT)
        _expect_everything_once(place, keys)

        # and whoever asks again is told the same, and changes nothing
        entries = place.count(records.History)
        again = _Clients([*clients.unanswered][:100] + keys[:100], clients.server)
        again.start()
        again.join()
        assert again.refused == [] and len(again.acknowledged) == len({*[*clients.unanswered][:100], *keys[:100]})
        assert place.count(records.History) == entries
        _expect_everything_once(place, keys)
    finally:
        clients.stop()
        clients.server.stop()


def _prepare(place):
    """The keys of the open tasks, in an order in which neighbours are of different instances."""
    create_account(place.engine, THE_SYSTEM, "li", "李娜", hasher.hash(PASSWORD), None, [("居村", "陈坊村")])
    place.deploy("papers.bpmn")
    opened = [place.start("papers", papers=list(range(TASKS)))["opened"] for _ in range(INSTANCES)]
    return [tasks[number]["key"] for number in range(TASKS) for tasks in opened]


def _kill(server):
    """Gunicorn's master and its workers, all at once: halted first, the master can start no other worker meanwhile."""
    os.kill(server.pid, signal.SIGSTOP)
    workers = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    assert len(workers) == 2
    for pid in (server.pid, *map(int, workers)):
        os.kill(pid, signal.SIGKILL)
    assert server.process.wait() == -signal.SIGKILL


class _Clients:
    """Threads that send each completion with an idempotency key of its own until it is answered. `server` may be replaced by another."""

    def __init__(self, keys, server=None):
        self.server = server
        self.acknowledged, self.unanswered, self.refused = set(), {}, []
        self._keys, self._stopped = queue.SimpleQueue(), False
        for key in keys:
            self._keys.put(key)
        self._threads = [threading.Thread(target=self._work) for _ in range(CLIENTS)]

    def start(self):
        for thread in self._threads:
            thread.start()

    def join(self):
        for thread in self._threads:
            thread.join()

    def stop(self):
        self._stopped = True
        self.join()

    def wait_until_acknowledged(self, count):
        end = time.monotonic() + PATIENCE
        while len(self.acknowledged) < count and any(thread.is_alive() for thread in self._threads):
            assert time.monotonic() < end, f"Expected {count} to be acknowledged within {PATIENCE} s, found {len(self.acknowledged)}"
            time.sleep(0.005)

    def _work(self):
        while not self._stopped:
            server = self.server
            connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
            try:
                while server is self.server and not self._stopped:
                    if not self._complete_next(connection):
                        return
            finally:
                connection.close()

    def _complete_next(self, connection):
        """False where nothing is left. What is not answered is put back, to be sent again by anybody."""
        try:
            key = self._keys.get_nowait()
        except queue.Empty:
            return False
        try:
            status, body = _complete(connection, key)
        except (OSError, http.client.HTTPException):
            connection.close()
            self.unanswered[key] = self.unanswered.get(key, 0) + 1
            self._keys.put(key)
            time.sleep(0.1)
            return True
        if status == 204:
            self.acknowledged.add(key)
        else:
            self.refused.append((key, status, body))
        return True


def _complete(connection, key):
    credential = base64.b64encode(f"li:{PASSWORD}".encode()).decode()
    headers = {"Authorization": f"Basic {credential}", "Content-Type": "application/json", "Idempotency-Key": f"completion-{key}"}
    connection.request("POST", f"/v2/user-tasks/{key}/completion", json.dumps({"variables": {f"read_{key}": key}}), headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _expect_everything_once(place, keys):
    tasks = dict(place.db(select(models.UserTask.key, models.UserTask.status)))
    assert tasks == dict.fromkeys(keys, COMPLETED)
    assert sorted(int(body["data"]["task"]) for _, body in place.entries("task:completed")) == sorted(keys)
    written = {name: value for _, name, value in place.db(select(models.Variable.scope, models.Variable.name, models.Variable.value))}
    assert {name: value for name, value in written.items() if name.startswith("read_")} == {f"read_{key}": str(key) for key in keys}
    assert place.statuses() == {COMPLETED: INSTANCES}
