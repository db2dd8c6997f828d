"""Accounts as rows: finding who acts. Every request asks, so it is one prepared statement."""

from typing import NamedTuple

from sqlalchemy import bindparam, or_, select

from engine.domain.people import ADMINISTRATOR, INTEGRATION, WATCHING, Actor
from engine.store import deputies
from engine.store.people import Account as AccountRow
from engine.store.people import Membership, Token

_accounts, _memberships, _tokens = AccountRow.__table__, Membership.__table__, Token.__table__

#: What nobody holds for somebody else.
PRIVILEGED = frozenset({ADMINISTRATOR, INTEGRATION, *WATCHING})

_ACTIVE = (
    "active account",
    lambda _: (
        select(_accounts, _memberships.c.role, _memberships.c.unit)
        .outerjoin(_memberships, _memberships.c.username == _accounts.c.username)
        .where(_accounts.c.username == bindparam("username"), _accounts.c.active)
    ),
)
_OF_TOKEN = (
    "account of token",
    lambda _: select(_tokens.c.username).where(
        _tokens.c.hash == bindparam("hash"),
        or_(_tokens.c.expires.is_(None), _tokens.c.expires > bindparam("now", type_=_tokens.c.expires.type)),
    ),
)


class Account(NamedTuple):
    """An account that may sign in, and the Actor behind it with the groups that it holds now. `changed`: an aware datetime."""

    username: str
    display_name: str
    email: str | None
    password_hash: str
    changed: object
    actor: Actor


def account(transaction, username):
    """The Account of a user name; None where there is none that is active."""
    rows = transaction.fetch(_ACTIVE, username=username)
    if not rows:
        return None
    held = [(row["role"], row["unit"]) for row in rows if row["role"]]
    groups = {role for role, _ in held} | {f"{role}@{unit}" for role, unit in held if unit}
    row, units = rows[0], frozenset(unit for _, unit in held if unit)
    actor = Actor(username, row["display_name"], frozenset(groups), units)
    return Account(username, row["display_name"], row["email"], row["password_hash"], row["changed"], actor)


def as_deputy(transaction, actor, principal, day):
    """The Actor who acts for `principal` on a day: with the principal's groups for cases, in both their units; None where they may not."""
    if not transaction.fetch(deputies.HOLDS, principal=principal, deputy=actor.username, day=day):
        return None
    of_principal = account(transaction, principal)
    if of_principal is None:
        return None
    groups = of_principal.actor.groups - PRIVILEGED
    return Actor(actor.username, actor.display_name, groups, actor.units | of_principal.actor.units, principal)


def of_token(transaction, digest, now):
    """The Account to which a token with this SHA-256 belongs; None where there is none, it has expired, or the account is closed."""
    rows = transaction.fetch(_OF_TOKEN, hash=digest, now=now)
    return account(transaction, rows[0]["username"]) if rows else None


def exists(connection, username):
    """Is the name taken? Also by an account that may no longer sign in."""
    return connection.execute(select(AccountRow.username).where(AccountRow.username == username)).first() is not None
