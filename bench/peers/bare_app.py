"""The smallest honest web service: one Basic sign-in, one row, one commit. `gunicorn "bench.peers.bare_app:create_app()"`

The password is checked as the product does it: argon2 once, then for five minutes only an HMAC of the header.
"""

import hashlib
import hmac
import json
import os
import secrets
import threading
import time

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask, request

from bench.peers.raw_rows import connect
from bench.stores import Store

USER, PASSWORD = "bench", "bench-password"
REMEMBERED = 300  # seconds
TABLE = "CREATE TABLE IF NOT EXISTS note (id {key}, at BIGINT NOT NULL, actor TEXT NOT NULL, fields TEXT NOT NULL)"


class _Credentials:
    """Who has been verified in this process, by the HMAC of the header that they sent."""

    def __init__(self):
        self._hash, self._secret, self._until = PasswordHasher().hash(PASSWORD), secrets.token_bytes(32), {}

    def verified(self, header, authorization):
        """Whether the header names the one account and its password."""
        if authorization is None or authorization.type != "basic" or authorization.username != USER:
            return False
        mark = hmac.digest(self._secret, header.encode(), hashlib.sha256)
        if self._until.get(mark, 0) > time.monotonic():
            return True
        try:
            PasswordHasher().verify(self._hash, authorization.password)
        except VerifyMismatchError:
            return False
        self._until[mark] = time.monotonic() + REMEMBERED
        return True


def create_app():
    """The app on the store named by BENCH_STORE (the fields of a bench.stores.Store as JSON); its table exists already."""
    store = Store(**json.loads(os.environ["BENCH_STORE"]))
    app, credentials, local = Flask("bare"), _Credentials(), threading.local()
    insert = "INSERT INTO note (at, actor, fields) VALUES (?, ?, ?)".replace("?", "?" if store.is_sqlite else "%s")

    @app.post("/notes")
    def add_note():
        if not credentials.verified(request.headers.get("Authorization", ""), request.authorization):
            return {"title": "Unauthorized"}, 401
        if not hasattr(local, "connection"):
            local.connection = connect(store)
        fields = json.dumps(request.get_json())
        local.connection.execute(insert, (int(time.time() * 1000), USER, fields))  # the driver commits each statement
        return "", 204

    return app


def make_table(store):
    """Make the table in the empty `store`, before the workers start and find it missing or half made."""
    connection = connect(store)
    connection.execute(TABLE.format(key="INTEGER PRIMARY KEY" if store.is_sqlite else "BIGSERIAL PRIMARY KEY"))
    connection.close()
