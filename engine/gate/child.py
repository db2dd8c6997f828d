"""The standing child process: it reads what came from outside, so that whatever that does to a process is not done to the server.

Frames go over stdin and stdout: four bytes of length, big-endian, and that much JSON. The first one says how to work, is answered with
"ready", and is followed by one frame per resource. It ends with its parent: at the end of stdin, or when a resource takes too long. (The
kernel's own signal at a parent's death would come when the thread ends that started the child, which is no reason to end.)
"""

import base64
import importlib
import json
import math
import os
import resource
import signal
import struct
import sys
import time

GRACE = 2  # seconds after the parent would have given up; only an orphan gets there


def main():
    """Serve until stdin ends."""
    inlet, outlet = _own_the_pipes()
    setup = receive(inlet)
    if setup is None:
        return
    _limit(setup)
    from engine.gate.check import check

    readers = {kind: _resolve(target) for kind, target in setup["readers"].items()}
    send(outlet, {"ready": True})
    while (request := receive(inlet)) is not None:
        _set_time(setup["seconds"])
        try:
            content, reader = base64.b64decode(request["content"]), readers.get(request["kind"])
            answer = check(request["kind"], request["name"], content, reader, request.get("imported"))
        except MemoryError:
            answer = None
        _stop_time()
        if answer is None:
            send(outlet, {"exhausted": "memory"})
            return
        send(outlet, answer)


def receive(inlet):
    """The next frame, or None at the end."""
    head = _exactly(inlet, 4)
    body = head and _exactly(inlet, struct.unpack(">I", head)[0])
    return None if not body else json.loads(body)


def send(outlet, answer):
    """Write one frame."""
    body = json.dumps(answer).encode()
    data = memoryview(struct.pack(">I", len(body)) + body)
    while data:
        data = data[os.write(outlet, data) :]


def _exactly(inlet, count):
    parts = []
    while count:
        part = os.read(inlet, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _own_the_pipes():
    """Keep the pipes under other numbers, so that a reader that prints cannot write into an answer, nor read a request."""
    inlet, outlet = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return inlet, outlet


def _limit(setup):
    resource.setrlimit(resource.RLIMIT_AS, (setup["memory"], setup["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    sys.setrecursionlimit(2_000)


def _set_time(seconds):
    """The kernel ends the process past these limits, whatever it is doing: SIGXCPU for computing, SIGALRM for waiting."""
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    used = math.ceil(time.process_time() + seconds) + GRACE
    resource.setrlimit(resource.RLIMIT_CPU, (used, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)


def _stop_time():
    signal.setitimer(signal.ITIMER_REAL, 0)
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def _resolve(target):
    """ "package.module:name" -> the callable."""
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    main()
