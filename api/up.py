"""`make run`: database, bundle, web server, worker — started together, ended together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from api.app import create_app
from api.config import BadSetting
from api.prepare import prepare

ROOT = Path(__file__).resolve().parent.parent

#: Within this time after a signal everything has ended, by force if need be. Seconds.
PATIENCE = 12


def main():
    """Prepare, start, print the address, wait for a signal. Returns the exit status."""
    host, port = os.environ.get("HOST", "127.0.0.1"), _port()
    _expect_free(host, port)
    app = create_app()
    with app.app_context():
        for line in prepare(app):
            print(line, flush=True)
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    web = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "--no-control-socket", "wsgi:app"]
    # In groups of their own: Ctrl-C is for us, and we tell each of them once.
    children = [subprocess.Popen(command, cwd=ROOT, process_group=0) for command in (web, [sys.executable, "worker.py"])]
    try:
        if _ready(f"http://{host}:{port}/v2/status", children, stopping):
            print(f"Bihuan 闭环 is ready: http://{host}:{port}/", flush=True)
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
        return 0 if stopping else 1
    finally:
        _end(children)


def _port():
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting(f"Expected PORT to be a number from 1 to 65535, but found {text!r}")
    return int(text)


def _expect_free(host, port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSetting(f"Expected port {port} of {host} to be free, but: {error.strerror}; choose another with PORT=…") from error


def _ready(address, children, stopping):
    while not stopping and all(child.poll() is None for child in children):
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(address, timeout=2) as answer:
            if answer.status == 204:
                return True
        time.sleep(0.1)
    return False


def _end(children):
    """Each is told by its own number; who does not go within the time is killed."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main())
