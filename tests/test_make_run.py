"""`make run` as a stranger uses it: an address, a password once, all gone at Ctrl-C, and the next start has all data."""

import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psutil
import pytest

from tests.server import ROOT, start_server

#: Seconds until a first start is ready at the latest, and within which everything ends: the second figure is a promise.
PATIENCE, PROMISED = 180, 15

#: What the surroundings of a test may have set, and the product would listen to.
OURS = ("DATABASE_URL", "SECRET_KEY", "ADMIN_PASSWORD", "CLOCK_CONTROL", "DEMO", "HOST", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(data_dir, port, **settings):
    return {
        **{name: value for name, value in os.environ.items() if name not in OURS},
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        **settings,
    }


class Running:
    """`make run` in a process group of its own, as a terminal starts it."""

    def __init__(self, data_dir, **settings):
        self.port, self.log = free_port(), data_dir.parent / f"{data_dir.name}.log"
        self.url = f"http://127.0.0.1:{self.port}"
        with self.log.open("wb") as out:
            told = {"cwd": ROOT, "env": environment(data_dir, self.port, **settings), "stdout": out, "stderr": out}
            self.make = subprocess.Popen(["make", "run"], stdin=subprocess.DEVNULL, start_new_session=True, **told)
        self.everybody = []

    def said(self):
        return self.log.read_text(errors="replace")

    def wait_until_ready(self):
        end = time.monotonic() + PATIENCE
        while "is ready: " not in self.said():
            assert self.make.poll() is None and time.monotonic() < end, self.said()
            time.sleep(0.05)
        self.everybody = [psutil.Process(self.make.pid), *psutil.Process(self.make.pid).children(recursive=True)]

    def told(self, number, everybody):
        """Send a signal to the whole group, as Ctrl-C does, or to make alone -> seconds until nobody was left."""
        began = time.monotonic()
        (os.killpg if everybody else os.kill)(self.make.pid, number)
        _, alive = psutil.wait_procs(self.everybody, timeout=60)
        self.make.wait(60)
        assert not alive, [process.cmdline() for process in alive]
        return time.monotonic() - began

    def end(self):
        """By force, each by its own number, whatever a test left."""
        for process in self.everybody or [psutil.Process(self.make.pid)] if self.make.poll() is None else self.everybody:
            if process.is_running():
                process.kill()
        self.make.wait(60)


@pytest.fixture
def running(tmp_path):
    """running(**settings): start it on this test's data folder."""
    started = []

    def start(**settings):
        started.append(Running(tmp_path / "var", **settings))
        started[-1].wait_until_ready()
        return started[-1]

    yield start
    for each in started:
        each.end()


def ask(url, by=None, method="GET", body=None):
    """(status, JSON or None)."""
    request = urllib.request.Request(
        url, method=method, data=body and json.dumps(body).encode(), headers={"Content-Type": "application/json"}
    )
    if by:
        request.add_header("Authorization", "Basic " + base64.b64encode(by.encode()).decode())
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_it_starts_ends_and_starts_again_with_all_data(running):
    # when
    first = running()

    # then: the address, and the password once
    assert first.said().count(f"Bihuan 闭环 is ready: {first.url}/\n") == 1
    (password,) = re.findall(r"The administrator is admin, the password (\S+) \(shown this once", first.said())
    assert ask(first.url + "/v2/status") == (204, None)
    assert ask(first.url + "/v2/topology", by=f"admin:{password}")[0] == 200
    begun = {"processDefinitionId": "hazard_rectification", "businessId": "YH-2024-0001"}
    status, case = ask(first.url + "/v2/process-instances", "chen.amei:bihuan-demo", "POST", begun)
    assert status == 200

    # and when Ctrl-C is pressed
    seconds = first.told(signal.SIGINT, everybody=True)

    # then nothing is left, in time
    assert seconds <= PROMISED
    assert is_free(first.port)
    assert "Traceback" not in first.said()

    # and when it is started again
    second = running()

    # then it has all data, and does nothing of what was done
    assert (
        ask(f"{second.url}/v2/process-instances/{case['processInstanceKey']}", "chen.amei:bihuan-demo")[1]["businessId"] == "YH-2024-0001"
    )
    assert ask(second.url + "/v2/topology", by=f"admin:{password}")[0] == 200
    for done in ("Installing", "password", "accounts", "Deployed", "upgrade"):
        assert done not in second.said()

    # and ends in time when it is told to as a service is
    assert second.told(signal.SIGTERM, everybody=False) <= PROMISED
    assert is_free(second.port)
    assert "Traceback" not in second.said()


def is_free(port):
    """Nobody listens there any more."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_gunicorn_alone_serves_everything(tmp_path, sqlite_template):
    # given: a database that has its schema
    database = tmp_path / "store.db"
    database.write_bytes(sqlite_template.read_bytes())
    server = start_server(f"sqlite:///{database}", tmp_path / "served")

    # then: every route is there, and the gate in front of it
    try:
        status, description = ask(server.url + "/api/openapi.json")
        assert status == 200
        assert ask(server.url + "/v2/status") == (204, None)
        for path, item in description["paths"].items():
            if path == "/v2/status":
                continue
            for method in {"get", "post", "put", "patch", "delete"} & set(item):
                address = server.url + re.sub(r"\{\w+\}", "1", path)
                body = {} if method != "get" else None
                expected = 400 if (method, path) == ("post", "/api/session") else 401
                assert ask(address, method=method.upper(), body=body)[0] == expected, (method, path)
    finally:
        server.stop()
    assert "Traceback" not in server.said()


class TestRefusals:
    """What it cannot start with is one sentence, and the exit status is not 0."""

    def refused(self, tmp_path, *words, **settings):
        """The sentence."""
        given = environment(tmp_path / "var", settings.pop("PORT", free_port()), **settings)
        done = subprocess.run(["make", "run", *words], cwd=ROOT, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode != 0
        said = [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make: ***")]
        assert len(said) == 1, said
        return said[0]

    def test_a_port_that_is_taken(self, tmp_path):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert self.refused(tmp_path, PORT=str(port)).startswith(f"Expected port {port} of 127.0.0.1 to be free, but: ")
        assert not (tmp_path / "var").exists()

    def test_a_port_that_is_none(self, tmp_path):
        assert self.refused(tmp_path, PORT="65536") == "Expected PORT to be a number from 1 to 65535, but found '65536'"

    def test_a_folder_that_cannot_be_written(self, tmp_path):
        (tmp_path / "file").write_text("")
        folder = tmp_path / "file" / "var"
        assert self.refused(tmp_path, DATA_DIR=str(folder)) == f"Expected to write in DATA_DIR {folder}, but: Not a directory"

    def test_no_demonstration_and_no_secret(self, tmp_path):
        assert "Expected SECRET_KEY in the environment" in self.refused(tmp_path, DEMO="0")
        assert not (tmp_path / "var" / "bihuan.sqlite").exists()


class TestPython:
    """Before there is a virtual environment: what make does with the Python that it finds."""

    def make(self, tmp_path, answers):
        """`make venv` in a copy of the Makefile, with a python3 that answers `-c …` so -> (exit status, lines)."""
        for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
            (tmp_path / name).write_text((ROOT / name).read_text())
        python = tmp_path / "python3"
        python.write_text(f'#!/bin/sh\n{answers}\nexec {sys.executable} "$@"\n')
        python.chmod(0o755)
        given = environment(tmp_path / "var", free_port())
        command = ["make", "run", f"PYTHON={python}"]
        done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return done.returncode, [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make: ***")]

    def test_an_old_python(self, tmp_path):
        # given: it answers what Makefile asks as Python 3.10 would
        old = "import sys; sys.version_info = (3, 10, 2); sys.version = '3.10.2 (main)'; sys.executable = '/usr/bin/python3.10'; "
        status, said = self.make(tmp_path, f'exec {sys.executable} -c "{old}$2"')
        assert (status != 0, said) == (True, ["Expected Python 3.11 or newer, but /usr/bin/python3.10 is 3.10.2"])
        assert not (tmp_path / ".venv").exists()

    @pytest.mark.parametrize("missing", ["venv", "ensurepip"])
    def test_no_venv(self, tmp_path, missing):
        without = f"import sys; sys.modules['{missing}'] = None; "
        status, said = self.make(tmp_path, f'exec {sys.executable} -c "{without}$2"')
        assert (status != 0, said) == (True, ["Expected the Python module venv, but it is missing: apt install python3-venv"])
        assert not (tmp_path / ".venv").exists()

    def test_no_python_at_all(self, tmp_path):
        assert self.make(tmp_path, "exit 127")[0] != 0
        assert not (tmp_path / ".venv").exists()
