"""The parent's side of the child process: one per gate, started when it is first needed, ended and replaced when it does not answer."""

import base64
import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import threading
import time
import weakref

from engine.domain.errors import Busy

START = 30.0  # seconds for the child to import its readers
WAIT = 30.0  # seconds that a thread waits for its turn
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPYCACHEPREFIX")  # what the child inherits: no addresses, no secrets


class Dead(Exception):
    """The child gave no usable answer and is gone. `reason`: time, memory, answer, crash; `sentence` says it of a resource."""

    def __init__(self, reason, sentence):
        super().__init__(sentence)
        self.reason, self.sentence = reason, sentence


class Sandbox:
    """Ask the child one thing at a time, from any thread. `seconds`, `memory` (bytes of address space), `answer` (bytes) are its limits."""

    def __init__(self, readers, seconds, memory, answer):
        self.setup = {"readers": readers, "seconds": seconds, "memory": memory}
        self.seconds, self.answer = seconds, answer
        self._lock, self._child, self._owner, self._finalizer = threading.Lock(), None, None, None

    def ask(self, request):
        """A dict with the bytes `content` -> the child's dict. Raises Dead, or Busy where others kept the child for too long."""
        frame = _frame({**request, "content": base64.b64encode(request["content"]).decode()})
        if not self._lock.acquire(timeout=WAIT):
            raise Busy(f"Expected the gate to be free within {WAIT:.0f} s, but other deployments are still being checked")
        try:
            answer = self._exchange(self._running(), frame, self.seconds)
            if "exhausted" in answer:
                self._end()
                raise Dead("memory", f"Expected it to be read with {self.setup['memory'] >> 20} MB of memory, but it needed more")
            return answer
        finally:
            self._lock.release()

    def close(self):
        """End the child; the next `ask` starts another."""
        with self._lock:
            self._end()

    @property
    def pid(self):
        """The number of the child that runs, or None."""
        return self._child.pid if self._child is not None and self._child.poll() is None else None

    def _running(self):
        if self._owner not in (None, os.getpid()):
            self._forget()
        if self._child is not None and self._child.poll() is not None:
            self._end()
        if self._child is None:
            self._start()
        return self._child

    def _start(self):
        environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(path or os.getcwd() for path in sys.path)
        command = [sys.executable, "-P", "-B", "-m", "engine.gate.child"]
        self._child = subprocess.Popen(  # noqa: S603 - a fixed command of our own
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True, bufsize=0
        )
        self._owner = os.getpid()
        self._finalizer = weakref.finalize(self, _end, self._child, self._owner)
        for pipe in (self._child.stdin, self._child.stdout):
            os.set_blocking(pipe.fileno(), False)
        try:
            self._exchange(self._child, _frame(self.setup), START)
        except Dead as dead:
            raise RuntimeError(f"Expected the gate's child process to start, but it did not: {dead.sentence}") from dead

    def _exchange(self, child, frame, seconds):
        """Send one frame and receive one. Whatever goes wrong ends the child, so that no later question gets this one's answer."""
        try:
            return self._talk(child, frame, time.monotonic() + seconds)
        except TimeoutError as error:
            self._end()
            raise Dead("time", f"Expected it to be read within {seconds:g} s, but it took longer") from error
        except (EOFError, BrokenPipeError) as error:
            reason = self._died(child)
            self._end()
            raise reason from error
        except BaseException:
            self._end()
            raise

    def _talk(self, child, frame, deadline):
        _write(child.stdin.fileno(), frame, deadline)
        length = struct.unpack(">I", _read(child.stdout.fileno(), 4, deadline))[0]
        if length > self.answer:
            raise Dead("answer", f"Expected an answer of at most {self.answer:,} bytes, but it has {length:,}")
        return json.loads(_read(child.stdout.fileno(), length, deadline))

    def _died(self, child):
        """The child closed its pipes: why?"""
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(1)
        how = f"signal {-child.returncode}" if (child.returncode or 0) < 0 else f"exit code {child.returncode}"
        return Dead("crash", f"Expected it to be read, but the process that read it ended with {how}")

    def _end(self):
        if self._finalizer is not None:
            self._finalizer()
        self._child = self._finalizer = None

    def _forget(self):
        """This process was forked from the one that owns the child: only its own ends of the pipes are closed."""
        self._finalizer.detach()
        for pipe in (self._child.stdin, self._child.stdout):
            pipe.close()
        self._child.returncode = 0  # not ours to wait for
        self._child = self._finalizer = self._owner = None


def _end(child, owner):
    if os.getpid() != owner:
        return
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        pipe.close()


def _frame(message):
    body = json.dumps(message).encode()
    return struct.pack(">I", len(body)) + body


def _ready(file, event, deadline):
    """Wait until the file can be read or written; TimeoutError after the deadline."""
    poll = select.poll()
    poll.register(file, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError


def _write(file, data, deadline):
    data = memoryview(data)
    while data:
        _ready(file, select.POLLOUT, deadline)
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(file, data) :]


def _read(file, count, deadline):
    parts = []
    while count:
        _ready(file, select.POLLIN, deadline)
        with contextlib.suppress(BlockingIOError):
            part = os.read(file, count)
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
    return b"".join(parts)
