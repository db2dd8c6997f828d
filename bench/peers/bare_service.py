"""The bare app, served, with requests for it: what a completion over HTTP is compared with."""

import base64
import dataclasses
import json
from contextlib import ExitStack

from bench import serving
from bench.load import request_bytes
from bench.peers import bare_app
from bench.workload import POOL, pool


class BareService:
    """One row a request, no engine."""

    name = "bare_post"

    def start(self, store, folder):
        """See Service."""
        bare_app.make_table(store)
        self._serving = ExitStack()
        environment = {"BENCH_STORE": json.dumps(dataclasses.asdict(store))}
        port = self._serving.enter_context(serving.gunicorn("bench.peers.bare_app:create_app()", environment, folder / "bare_app.log"))
        return serving.HOST, port

    def requests(self, count):
        """See Service."""
        credential = base64.b64encode(f"{bare_app.USER}:{bare_app.PASSWORD}".encode()).decode()
        headers = {"Authorization": "Basic " + credential, "Content-Type": "application/json"}
        bodies = [json.dumps(case.filed("triage", True)).encode() for case in pool()]
        return [request_bytes("POST", "/notes", serving.HOST, headers, bodies[number % POOL]) for number in range(count)]

    def stop(self):
        """See Service."""
        self._serving.close()
