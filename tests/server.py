"""The product as it runs: gunicorn on a socket of the loopback interface, and the worker beside it, ended by their own numbers."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: Seconds until a server answers after its start, and until it is gone after it was told to.
PATIENCE = 60


class Server:
    """A running server: `url`, `pid` of gunicorn's master, `worker` (a Popen, or None)."""

    def __init__(self, url, process, worker, log):
        self.url, self.process, self.worker, self.log = url, process, worker, log

    @property
    def pid(self):
        """The number of gunicorn's master process."""
        return self.process.pid

    def stop(self):
        """End what was started, each by its own number; who does not go in time is killed."""
        started = [process for process in (self.process, self.worker) if process is not None]
        for process in started:
            if process.poll() is None:
                process.terminate()
        for process in started:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def said(self):
        """What it wrote to its log so far."""
        return self.log.read_text(errors="replace")


def start_server(database_url, data_dir, worker=False, watched=False, **environment):
    """Start gunicorn on a database that has its schema, wait until it is ready -> Server. `environment`: further settings by name.

    `worker`: the worker process beside it. `watched`: after each command rows and machine are compared (see tests/watched.py).
    Raises RuntimeError, with what the server wrote, where it does not come up.
    """
    port = _free_port()
    data_dir = Path(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    settings = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "SECRET_KEY": "only for tests, and nothing else",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        **{name: str(value) for name, value in environment.items()},
    }
    log = data_dir / "server.log"
    web, beside = ("tests.watched:app", ["-m", "tests.watched"]) if watched else ("wsgi:app", ["worker.py"])
    with log.open("ab") as out:
        told = {"cwd": ROOT, "env": settings, "stdout": out, "stderr": out, "stdin": subprocess.DEVNULL}
        process = subprocess.Popen([sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--no-control-socket", web], **told)
        beside = subprocess.Popen([sys.executable, *beside], **told) if worker else None
    server = Server(f"http://127.0.0.1:{port}", process, beside, log)
    _wait(server)
    return server


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(server):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(f"{server.url}/v2/status", timeout=5) as answer:
                if answer.status == 204:
                    return
        except (urllib.error.URLError, OSError) as error:
            if server.process.poll() is not None or time.monotonic() > end:
                server.stop()
                raise RuntimeError(f"Expected the server to answer within {PATIENCE} s, but it said: {server.said()[-3000:]}") from error
        time.sleep(0.05)
