"""The bench's end of a peer's process: start it, ask it, end it."""

import dataclasses
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from bench import stores

ROOT = Path(__file__).parents[1]
PATIENCE = 300  # seconds for any answer


class PeerFailed(Exception):
    """A process that was to be measured ended instead of answering; the sentence holds why, as far as it said."""


class Child:
    """A running worker; `ask` gives it one order."""

    def __init__(self, name, process, log):
        self.name, self._process, self._log = name, process, log

    def ask(self, do, **details):
        """Send one order and wait for its answer -> the answer's dict. Raises PeerFailed, also after PATIENCE."""
        with suppress(BrokenPipeError):  # then it is gone, and its last words, read below, tell more than the pipe
            self._process.stdin.write(json.dumps({"do": do, **details}) + "\n")
            self._process.stdin.flush()
        return self.answer(do)

    def answer(self, do):
        """Wait for the answer to the order `do`, sent before."""
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        if not line:
            raise PeerFailed(f"Expected {self.name} to answer to {do} within {PATIENCE} s, but it ended: {last_words(self._log)}")
        return json.loads(line)


def last_words(log):
    """The line of a log file that names the error that ended a program, else its last line."""
    said = log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
    return next((line for line in reversed(said) if re.match(r"[A-Za-z_][\w.]*: ", line)), said[-1])


@contextmanager
def running(name, store, folder, python=sys.executable):
    """The peer `name` on `store` in a process of its own, under the interpreter `python` -> Child, set up. Raises PeerFailed."""
    log = folder / f"{name}.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [python, "-m", "bench.worker", name, json.dumps(dataclasses.asdict(store))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
    try:
        child = Child(name, process, log)
        child.answer("setup")
        yield child
    finally:
        _end(process)


def _end(process):
    process.stdout.close()
    with suppress(BrokenPipeError):  # it ended before
        process.stdin.close()  # the end of its orders is the order to end
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def on_new_store(name, store_name, folder, server, python=sys.executable):
    """As `running`, on an empty store of its own that is removed afterwards; `store_name` and `server` as `stores.new_store` takes them."""
    with stores.new_store(store_name, name, folder, server) as store, running(name, store, folder, python) as child:
        yield child
