"""Completions of user tasks through the product's API."""

import base64
import itertools
import json
from contextlib import ExitStack

from api.access import hasher
from bench import serving
from bench.load import request_bytes
from bench.product_engine import ACTOR, PASSWORD, environment_of, open_product
from bench.workload import pool
from engine.commands.create_account import create_account
from engine.commands.start_instance import start_instance
from engine.domain.people import THE_SYSTEM


class ProductService:
    """`gunicorn wsgi:app` on the same store as the engine that prepares the tasks."""

    name = "product"

    def start(self, store, folder):
        """See Service."""
        self._engine, read = open_product(store)
        self._process = read.id
        create_account(
            self._engine, THE_SYSTEM, "bench", "Bench", hasher.hash(PASSWORD), None, [(group, "") for group in sorted(ACTOR.groups)]
        )
        self._cases, self._serving = itertools.cycle(pool()), ExitStack()
        environment = environment_of(store, folder)
        port = self._serving.enter_context(serving.gunicorn("wsgi:app", environment, folder / "product.log", config="gunicorn.conf.py"))
        return serving.HOST, port

    def requests(self, count):
        """See Service."""
        credential = base64.b64encode(f"bench:{PASSWORD}".encode()).decode()
        headers = {"Authorization": "Basic " + credential, "Content-Type": "application/json"}
        made = []
        for _ in range(count):
            case = next(self._cases)
            answer = start_instance(self._engine, ACTOR, self._process, variables=case.start)
            body = json.dumps({"variables": case.filed("triage", True)}).encode()
            made.append(request_bytes("POST", f"/v2/user-tasks/{answer['opened'][0]['key']}/completion", serving.HOST, headers, body))
        return made

    def stop(self):
        """See Service."""
        self._serving.close()
        self._engine.store.engine.dispose()
