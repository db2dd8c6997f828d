"""Who is asking, and may they? Every route declares its rule; one that does not is refused, and a test walks them all."""

import base64
import binascii
import functools
import hashlib
import hmac
import secrets
import threading
import time

import argon2
from flask import current_app, g, request, session
from flask_wtf.csrf import CSRFError, validate_csrf
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized

from engine.domain.people import AUDITOR, DESIGNER, ZONE
from engine.store import accounts, sign_ins

#: argon2id with the library's own defaults (RFC 9106, low-memory profile).
hasher = argon2.PasswordHasher()
#: Characters that a password has at least.
SHORTEST = 8


@functools.cache
def _nobody():
    """What a password is verified against where there is no account, so that a missing name takes as long as a wrong password."""
    return hasher.hash(secrets.token_hex(16))


#: So long a verified Basic credential is remembered in this process: verifying one costs more than the request. Seconds.
REMEMBERED = 300

RULES = {
    "public": lambda actor: True,
    "signed-in": lambda actor: actor is not None,
    "auditor": lambda actor: actor is not None and (actor.is_administrator or AUDITOR in actor.groups),
    "designer": lambda actor: actor is not None and (actor.is_administrator or DESIGNER in actor.groups),
    "integration": lambda actor: actor is not None and actor.is_integration,
    "administrator": lambda actor: actor is not None and actor.is_administrator,
}
WHO = {
    "auditor": "an auditor or administrator",
    "designer": "a process designer or administrator",
    "integration": "a program or administrator",
    "administrator": "an administrator",
}


def allow(rule):
    """Declare who may call a view: a name of RULES."""
    if rule not in RULES:
        raise ValueError(f"Expected an access rule among {', '.join(RULES)}, but found {rule!r}")

    def declare(view):
        view.access_rule = rule
        return view

    return declare


def install(app):
    """Find out who asks before each request, and hold them against the rule of the view."""
    app.before_request(_check)


def rule_of(app, endpoint, method):
    """The rule that the view behind an endpoint declares for an HTTP method; None where it forgot to."""
    view = app.view_functions[endpoint]
    if hasattr(view, "view_class"):
        view = getattr(view.view_class, "get" if method == "HEAD" else method.lower(), None)
    rule = getattr(view, "access_rule", None)
    while rule is None and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
        rule = getattr(view, "access_rule", None)
    return rule


def _check():
    if request.endpoint is None or request.method == "OPTIONS":
        return  # nothing there, answered as not found; or the list of methods, which tells nothing
    rule = "public" if request.endpoint == "static" else rule_of(current_app, request.endpoint, request.method)
    if rule is None:
        raise Forbidden(f"Expected {request.endpoint} to declare who may call it, but it does not")
    if rule == "public" and "Authorization" not in request.headers:
        g.actor = None
        return
    g.actor = identify()
    if g.actor is None and rule != "public":
        raise Unauthorized("Expected a signed-in user, but the request names none; sign in, or send Basic credentials or a token")
    if not RULES[rule](g.actor):
        raise Forbidden(f"Expected {WHO[rule]} to call {request.path}, but {g.actor.username} is not one")


def identify():
    """The Actor who asks, as themselves or as somebody's deputy; None where nothing is shown.

    Raises Unauthorized for a wrong credential, Forbidden for a deputy who is none today.
    """
    actor = _credential()
    principal = request.headers.get("On-Behalf-Of") or (session.get("principal") if "Authorization" not in request.headers else None)
    return actor if actor is None or principal is None else as_deputy(actor, principal)


def as_deputy(actor, principal):
    """The Actor who acts for `principal`, a user name, today. Raises Forbidden where they were not appointed to."""
    engine = current_app.extensions["engine"]
    with engine.store.transaction() as transaction:
        today = engine.clock.now(transaction.cursor).astimezone(ZONE).date()
        deputy = accounts.as_deputy(transaction, actor, principal, today)
    if deputy is None:
        session.pop("principal", None)  # whose appointment is over acts for themselves from the next request on
        raise Forbidden(f"Expected {actor.username} to be a deputy of {principal!r} today, but nobody appointed them")
    return deputy


def _credential():
    """The Actor of a token, Basic credential or session; None where nothing is shown. Raises Unauthorized for a wrong one."""
    header = request.headers.get("Authorization", "")
    scheme, _, given = header.partition(" ")
    if scheme.lower() == "bearer":
        return _by_token(given.strip())
    if scheme.lower() == "basic":
        return _by_password(*_basic(given))
    if header:
        raise Unauthorized(f"Expected Basic or Bearer credentials, but found {scheme!r}")
    return by_session()


def _account(username):
    with current_app.extensions["engine"].store.look_up() as transaction:
        return accounts.account(transaction, username)


def _basic(given):
    try:
        username, colon, password = base64.b64decode(given, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unauthorized("Expected Basic credentials as base64 of user:password in UTF-8, but they are not") from error
    if not colon:
        raise Unauthorized("Expected Basic credentials as base64 of user:password, but there is no colon")
    if "\x00" in username:
        raise Unauthorized("Expected a user name without NUL, but found one with it")
    return username, password


def _by_token(token):
    engine = current_app.extensions["engine"]
    with engine.store.transaction() as transaction:
        now = engine.clock.now(transaction.cursor)
        account = accounts.of_token(transaction, hashlib.sha256(token.encode()).hexdigest(), now)
    if account is None:
        raise Unauthorized("Expected a valid token, but this one is unknown, revoked or expired")
    return account.actor


def by_session():
    """The Actor whose session the request's cookie is; None where it is nobody's. Raises Forbidden for a write without its CSRF token."""
    username, changed = session.get("username"), session.get("changed")
    if username is None:
        return None
    account = _account(username)
    if account is None or account.changed.isoformat() != changed:
        session.clear()
        return None
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        try:
            validate_csrf(request.headers.get("X-CSRF-Token"))
        except (CSRFError, ValueError) as error:
            raise Forbidden("Expected the session's CSRF token in X-CSRF-Token, but it is missing or not this session's") from error
    return account.actor


def _by_password(username, password):
    account = _account(username)
    if account is None or not _remembered.holds(username, password, account):
        verify(username, password, account)
        _remembered.keep(username, password, account)
    return account.actor


def verify(username, password, account):
    """Hold a password against an account's; counts what fails. Raises TooManyRequests, Unauthorized."""
    engine = current_app.extensions["engine"]
    if sign_ins.too_many(engine.store, username, engine.time()):
        raise TooManyRequests("Expected fewer failed sign-ins: this account is closed for some minutes; wait, or ask an administrator")
    try:
        hasher.verify(account.password_hash if account else _nobody(), password)
    except argon2.exceptions.VerificationError:
        account = None
    if account is None:
        sign_ins.failed(engine.store, username, engine.time())
        raise Unauthorized("Expected a user name with its password, but they do not belong together")


class _Remembered:
    """Verified Basic credentials, under an HMAC whose key only this process knows; void when the account changes."""

    def __init__(self, clock=time.monotonic):
        self._key, self._until, self._lock, self._clock = secrets.token_bytes(32), {}, threading.Lock(), clock

    def _digest(self, username, password, account):
        told = "\0".join((username, password, account.password_hash)).encode()
        return hmac.digest(self._key, told, "sha256")

    def holds(self, username, password, account):
        return self._until.get(self._digest(username, password, account), 0) > self._clock()

    def keep(self, username, password, account):
        now = self._clock()
        with self._lock:
            if len(self._until) > 10_000:
                self._until = {digest: until for digest, until in self._until.items() if until > now}
            self._until[self._digest(username, password, account)] = now + REMEMBERED


_remembered = _Remembered()
