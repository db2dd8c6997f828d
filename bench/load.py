"""Sends prepared requests over a few keep-alive connections as fast as the answers come; in a process of its own as `python -m bench.load`.

One thread, plain sockets: a general HTTP client would take more of the machine than the server that is measured.
"""

import json
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 30  # seconds without any answer


class _Connection:
    """One keep-alive connection: sends a request, collects its answer."""

    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received, self.sent_at = b"", 0.0

    def send(self, request):
        self.received, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def answer(self):
        """Read what is there -> the status when the answer is complete, else None. ConnectionError where the server hung up."""
        read = self.socket.recv(65536)
        if not read:
            raise ConnectionError(f"Expected an answer, but the server closed the connection after {self.received[:200]!r}")
        self.received += read
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        status = int(head[9:12])
        length = next((int(line[15:]) for line in head.split(b"\r\n") if line[:15].lower() == b"content-length:"), None)
        if length is None and status not in (204, 304):
            raise ConnectionError(f"Expected an answer with a content-length, but found {head[:500]!r}")
        return status if len(body) >= (length or 0) else None


def request_bytes(method, path, host, headers, body=b""):
    """One HTTP/1.1 request; `headers` is a dict, `body` bytes."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def send_all(host, port, requests, connections):
    """Send every request of the list once -> {seconds, requests_s, p50_ms, p95_ms, answers: {status: how many}}."""
    waiting, took, answers = list(reversed(requests)), [], Counter()
    with selectors.DefaultSelector() as selector, ExitStack() as sockets:
        begun = time.perf_counter()
        for _ in range(min(connections, len(waiting))):
            connection = _Connection(host, port)
            sockets.enter_context(connection.socket)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(waiting.pop())
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise TimeoutError(f"Expected an answer within {PATIENCE} s, but none came")
            for key, _ in ready:
                connection = key.data
                status = connection.answer()
                if status is None:
                    continue
                took.append((time.perf_counter() - connection.sent_at) * 1e3)
                answers[status] += 1
                if waiting:
                    connection.send(waiting.pop())
                else:
                    selector.unregister(connection.socket)
        seconds = time.perf_counter() - begun
    return {
        "seconds": seconds, "requests_s": len(took) / seconds, "p50_ms": statistics.median(took),
        "p95_ms": statistics.quantiles(took, n=20)[-1], "answers": dict(answers),
    }  # fmt: skip


def send_from_another_process(host, port, requests, connections):
    """As `send_all`, but in a process of its own. Raises RuntimeError with its last words where it failed."""
    order = {"host": host, "port": port, "connections": connections, "requests": [each.decode("latin-1") for each in requests]}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(order), capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise RuntimeError(f"Expected the load to be answered, but {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    print(json.dumps(send_all(given["host"], given["port"], [each.encode("latin-1") for each in given["requests"]], given["connections"])))
