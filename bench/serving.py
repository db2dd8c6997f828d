"""Starts a web app under the worker class that the product is served with, for the product and for what it is compared with."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from bench.child import ROOT, PeerFailed, last_words

HOST = "127.0.0.1"
WORKERS = ("--worker-class", "gthread", "--workers", "2", "--threads", "8")
PATIENCE = 30  # seconds until it listens


@contextmanager
def gunicorn(app, environment, log, config="/dev/null"):
    """Serve `app` (as gunicorn names it) with `environment` added to ours -> the port. What it says goes to the file `log`.

    `config`: gunicorn's own file of settings; without one it would take the product's, which stands in the root folder. Raises PeerFailed
    where it does not come to listen.
    """
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    with log.open("w") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *WORKERS, "--bind", f"{HOST}:{port}", "--timeout", "60", "--config", config, app],
            stdout=words, stderr=words, cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        )  # fmt: skip
    try:
        _wait(process, port, log)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process, port, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise PeerFailed(f"Expected gunicorn to listen on port {port}, but it said: {last_words(log)}")
