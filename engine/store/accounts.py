"""Accounts as rows: finding who acts, creating and changing them."""

from sqlalchemy import or_, select

from engine.domain.people import Actor
from engine.store.people import Account, Membership, Token


def actor(connection, username):
    """The Actor behind an active account's user name, with the groups that it holds now; None where there is none."""
    rows = connection.execute(
        select(Account.display_name, Membership.role, Membership.unit)
        .outerjoin(Membership, Membership.username == Account.username)
        .where(Account.username == username, Account.active)
    ).all()
    if not rows:
        return None
    held = [(row.role, row.unit) for row in rows if row.role]
    groups = {role for role, _ in held} | {f"{role}@{unit}" for role, unit in held if unit}
    return Actor(username, rows[0].display_name, frozenset(groups), frozenset(unit for _, unit in held if unit))


def account(connection, username):
    """The row of an active account; None where there is none."""
    return connection.execute(select(Account.__table__).where(Account.username == username, Account.active)).first()


def of_token(connection, digest, now):
    """The Actor to whom a token with this SHA-256 belongs and who is still active; None where there is none or it has expired."""
    found = connection.execute(
        select(Token.username).where(Token.hash == digest, or_(Token.expires.is_(None), Token.expires > now))
    ).scalar()
    return actor(connection, found) if found else None
