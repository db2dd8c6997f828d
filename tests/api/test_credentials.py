"""How somebody shows who they are: Basic credentials, which are remembered for a while, and tokens; guessing is closed."""

import hashlib
import secrets
from base64 import b64encode
from collections import namedtuple
from datetime import timedelta

import pytest

from api import access
from api.access import hasher
from engine.commands.change_account import change_account
from engine.commands.create_token import create_token
from engine.commands.move_clock import move_clock
from engine.domain.people import THE_SYSTEM
from engine.store.sign_ins import MOST, WITHIN
from tests.api.v2.people import PASSWORD

Account = namedtuple("Account", "password_hash")


@pytest.fixture
def clock(app):
    """clock(timedelta): move the engine's time forward; it goes back to the machine's when the test is over."""
    engine = app.extensions["engine"]

    def move(by):
        move_clock(engine, THE_SYSTEM, engine.time() + by)

    yield move
    move_clock(engine, THE_SYSTEM, None)


@pytest.fixture
def who(app):
    """who(username, password) or who(authorization="…") -> (status, detail) of asking for the topology."""

    def ask(username=None, password=PASSWORD, authorization=None):
        headers = {} if authorization is None else {"Authorization": authorization}
        answer = app.test_client().get("/api/session", auth=(username, password) if username else None, headers=headers)
        return answer.status_code, answer.json.get("detail") or answer.json["username"]

    return ask


@pytest.fixture
def change(app):
    """change(username, field=value, …): as an administrator."""
    return lambda username, **changes: change_account(app.extensions["engine"], THE_SYSTEM, username, changes)


def basic(text):
    return "Basic " + b64encode(text if isinstance(text, bytes) else text.encode()).decode()


def test_a_user_name_with_its_password_is_let_in(who):
    assert who("li") == (200, "li")
    assert who("li", "wrong")[0] == 401


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        ("Basic !!!", "base64"),
        (basic("li"), "no colon"),
        (basic("李:口令".encode("gbk")), "UTF-8"),
        (basic("li\x00:password"), "NUL"),
        (basic(":"), "do not belong together"),
        (basic("li:"), "do not belong together"),
        ("Digest li", "found 'Digest'"),
        ("Bearer", "unknown, revoked or expired"),
        ("Bearer nothing", "unknown, revoked or expired"),
    ],
)
def test_what_is_no_credential_is_refused_with_the_reason(who, header, sentence):
    status, detail = who(authorization=header)
    assert status == 401
    assert detail.startswith("Expected") and sentence in detail


def test_a_password_may_hold_colons_and_any_characters(who, join, change):
    join("colon")
    change("colon", password_hash=hasher.hash("整改:复查 🏭"))
    assert who(authorization=basic("colon:整改:复查 🏭")) == (200, "colon")


class TestRemembering:
    """A credential that was verified once is not verified again for five minutes."""

    def test_it_is_remembered_for_five_minutes_and_no_longer(self):
        # given
        now = [1000.0]
        remembered = access._Remembered(lambda: now[0])
        remembered.keep("li", "secret", Account("hash"))

        # then
        assert access.REMEMBERED == 300
        now[0] += 299.9
        assert remembered.holds("li", "secret", Account("hash"))
        now[0] += 0.1
        assert not remembered.holds("li", "secret", Account("hash"))

    @pytest.mark.parametrize(
        ("username", "password", "account"),
        [("li", "other", Account("hash")), ("sun", "secret", Account("hash")), ("li", "secret", Account("new hash"))],
    )
    def test_it_is_this_password_of_this_account_as_it_is(self, username, password, account):
        remembered = access._Remembered()
        remembered.keep("li", "secret", Account("hash"))
        assert not remembered.holds(username, password, account)

    def test_only_an_hmac_is_kept_whose_key_is_this_process_s(self):
        # given
        one, other = access._Remembered(), access._Remembered()

        # when
        for remembered in (one, other):
            remembered.keep("li", "secret", Account("hash"))

        # then
        (digest,), (elsewhere,) = one._until, other._until
        assert len(digest) == 32 and digest != elsewhere
        assert digest not in {hashlib.sha256(text).digest() for text in (b"secret", b"li:secret", b"li\0secret\0hash")}

    def test_what_is_over_is_forgotten(self):
        # given
        now = [0.0]
        remembered = access._Remembered(lambda: now[0])
        for number in range(10_001):
            remembered.keep("li", str(number), Account("hash"))

        # when
        now[0] = 301.0
        remembered.keep("li", "secret", Account("hash"))

        # then
        assert len(remembered._until) == 1

    def test_it_is_void_when_the_password_changes(self, who, join, change):
        # given
        join("forgetful")
        assert who("forgetful") == (200, "forgetful")

        # when
        change("forgetful", password_hash=hasher.hash("another password"))

        # then
        assert who("forgetful")[0] == 401
        assert who("forgetful", "another password") == (200, "forgetful")


class TestGuessing:
    """Wrong passwords are counted per name."""

    @pytest.mark.parametrize("name", ["guessed", "nobody.of.this.name"])
    def test_a_name_is_closed_after_the_limit_and_opens_again_later(self, who, join, change, clock, name):
        # given: an account whose credential this process has not seen, for no other database either
        join("guessed")
        change("guessed", password_hash=hasher.hash(PASSWORD))

        # when
        tried = [who(name, f"guess {number}") for number in range(MOST)]

        # then: the account that is there and the one that is not are answered alike
        assert set(tried) == {(401, "Expected a user name with its password, but they do not belong together")}
        status, detail = who(name, PASSWORD)
        assert status == 429
        assert "closed for some minutes" in detail
        assert who("sun")[0] == 200

        # and when the time is over
        clock(WITHIN + timedelta(seconds=1))
        assert who(name, PASSWORD)[0] == (200 if name == "guessed" else 401)

    def test_whoever_is_known_already_works_on_while_others_guess(self, who, join, app, clock):
        # given
        join("busy")
        assert who("busy")[0] == 200

        # when
        for number in range(MOST):
            who("busy", f"guess {number}")

        # then
        assert who("busy") == (200, "busy")
        answer = app.test_client().post("/api/session", json={"username": "busy", "password": PASSWORD})
        assert answer.status_code == 429
        clock(WITHIN + timedelta(seconds=1))
        assert app.test_client().post("/api/session", json={"username": "busy", "password": PASSWORD}).status_code == 200


class TestTokens:
    """Programs sign in with tokens, of which only the SHA-256 is kept."""

    @pytest.fixture
    def token(self, app, join):
        """token(username, expires=None): a new token of a new account."""

        def make(username, expires=None):
            join(username)
            made = secrets.token_urlsafe(32)
            digest = hashlib.sha256(made.encode()).hexdigest()
            create_token(app.extensions["engine"], THE_SYSTEM, username, made[:8], digest, expires)
            return made

        return make

    @pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
    def test_a_token_is_its_account(self, who, token, scheme):
        assert who(authorization=f"{scheme} {token('program')}") == (200, "program")

    def test_the_hash_in_the_database_is_no_token(self, who, token):
        digest = hashlib.sha256(token("program").encode()).hexdigest()
        assert who(authorization=f"Bearer {digest}")[0] == 401

    def test_a_token_ends_in_time(self, who, token, app, clock):
        made = token("program", app.extensions["engine"].time() + timedelta(hours=1))
        assert who(authorization=f"Bearer {made}")[0] == 200
        clock(timedelta(hours=1))
        assert who(authorization=f"Bearer {made}")[0] == 401


def test_a_deactivated_account_gets_in_by_no_way(app, who, join, change):
    # given
    join("leaver")
    made = secrets.token_urlsafe(32)
    create_token(app.extensions["engine"], THE_SYSTEM, "leaver", "old", hashlib.sha256(made.encode()).hexdigest())
    client = app.test_client()
    assert client.post("/api/session", json={"username": "leaver", "password": PASSWORD}).status_code == 200
    assert who("leaver")[0] == who(authorization=f"Bearer {made}")[0] == client.get("/api/session").status_code == 200

    # when
    change("leaver", active=False)

    # then
    assert who("leaver")[0] == who(authorization=f"Bearer {made}")[0] == client.get("/api/session").status_code == 401
    assert client.post("/api/session", json={"username": "leaver", "password": PASSWORD}).status_code == 401
