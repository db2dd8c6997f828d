"""bench/load.py, serving.py, over_http.py and the bare app: every request is sent once, signed in, and its row is there."""

import base64
import http.server
import json
import socket
import threading

import pytest

from bench import load, over_http
from bench.peers import bare_app
from bench.peers.bare_service import BareService
from bench.peers.raw_rows import connect
from bench.stores import Store


@pytest.fixture
def store(tmp_path):
    return Store("SQLite FULL", f"sqlite:///{tmp_path / 'bench.db'}", "FULL")


@pytest.fixture
def echo():
    """A server that answers with the status that the path names, and remembers what it was asked."""

    class Echo(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        asked = []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.asked.append((self.path, body))
            self.send_response(int(self.path[1:]))
            if self.path != "/204":
                self.send_header("Content-Length", "3")
            self.end_headers()
            if self.path != "/204":
                self.wfile.write(b"yes")

        def log_message(self, *_words):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], Echo.asked
    server.shutdown()
    server.server_close()


def test_every_request_is_sent_once_and_its_status_counted(echo):
    port, asked = echo
    requests = [load.request_bytes("POST", f"/{status}", "localhost", {}, b"%d" % n) for n, status in enumerate([200, 204, 409] * 10)]
    found = load.send_all("127.0.0.1", port, requests, 4)
    assert found["answers"] == {200: 10, 204: 10, 409: 10}
    assert sorted(int(body) for _path, body in asked) == list(range(30))
    assert 0 < found["p50_ms"] <= found["p95_ms"]


def test_a_server_that_hangs_up_is_an_error_and_no_answer():
    listener = socket.create_server(("127.0.0.1", 0))

    def hang_up():
        connection, _ = listener.accept()
        connection.recv(100)
        connection.close()

    threading.Thread(target=hang_up, daemon=True).start()
    with pytest.raises(ConnectionError, match="the server closed the connection"):
        load.send_all("127.0.0.1", listener.getsockname()[1], [load.request_bytes("GET", "/", "localhost", {})], 1)
    listener.close()


def test_the_bare_app_writes_one_row_for_one_signed_in_request(store, monkeypatch):
    bare_app.make_table(store)
    monkeypatch.setenv("BENCH_STORE", json.dumps({"name": store.name, "url": store.url, "synchronous": store.synchronous}))
    client = bare_app.create_app().test_client()
    good = "Basic " + base64.b64encode(b"bench:bench-password").decode()
    for wrong in (
        "Basic " + base64.b64encode(b"bench:guess").decode(),
        "Basic " + base64.b64encode(b"eve:bench-password").decode(),
        "Bearer x",
    ):
        assert client.post("/notes", json={"a": 1}, headers={"Authorization": wrong}).status_code == 401
    assert client.post("/notes", json={"a": 1}).status_code == 401
    assert [client.post("/notes", json={"a": n}, headers={"Authorization": good}).status_code for n in range(3)] == [204] * 3
    connection = connect(store)
    assert [json.loads(fields) for (fields,) in connection.execute("SELECT fields FROM note ORDER BY id")] == [{"a": 0}, {"a": 1}, {"a": 2}]
    connection.close()


def test_the_bare_service_does_under_gunicorn_what_is_measured(store, tmp_path):
    service = BareService()
    found = over_http.measure({service: service.start(store, tmp_path)}, rounds=2, count=40)
    service.stop()
    assert len(found["bare_post"]["requests_s"]) == 2
    connection = connect(store)
    assert connection.execute("SELECT count(*) FROM note").fetchone() == (over_http.WARM_UP + 2 * 40,)
    connection.close()


def test_a_service_that_refuses_is_not_measured(echo):
    class Refusing:
        name = "refusing"

        def requests(self, count):
            return [load.request_bytes("POST", "/409", "localhost", {})] * count

    with pytest.raises(AssertionError, match=r"refusing answered \{'409': 50\}"):
        over_http.measure({Refusing(): ("127.0.0.1", echo[0])}, 1, 10)
