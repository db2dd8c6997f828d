"""Writing accounts: the rows of a person, their roles and units."""

from sqlalchemy import bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.people import Account, FailedSignIn, Membership, Role, Unit
from engine.store.statements import change, insert, remove

account, membership, role, unit = Account.__table__, Membership.__table__, Role.__table__, Unit.__table__

FIND = ("find account", lambda _: select(account).where(account.c.username == bindparam("username")))
CREATE = ("insert account", insert(account))
CHANGE = ("change account", change(account, ["username"], ["display_name", "email", "password_hash", "active", "changed"]))
TOUCH = ("touch account", change(account, ["username"], ["changed"]))
#: What failed to sign in with this name is forgotten: the next attempt counts as the first.
REOPEN = ("forget failed sign-ins", remove(FailedSignIn.__table__, ["username"]))
LEAVE = ("delete memberships", lambda _: membership.delete().where(membership.c.username == bindparam("username")))


def _if_new(table):
    def make(dialect):
        made = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table)
        return made.values({column: bindparam(column.key, type_=column.type) for column in table.c}).on_conflict_do_nothing()

    return make


JOIN = ("insert memberships", insert(membership))
ROLE = ("insert role", _if_new(role))
UNIT = ("insert unit", _if_new(unit))


def memberships(username, pairs):
    """The batches that give an account its (role, unit) pairs; roles and units come into being with their first member."""
    if not pairs:
        return []
    pairs = dict.fromkeys((role_name, unit_name or "") for role_name, unit_name in pairs)
    roles, units = dict.fromkeys(name for name, _ in pairs), dict.fromkeys(name for _, name in pairs if name)
    batches = [(ROLE, [{"name": name} for name in roles])]
    if units:
        batches.append((UNIT, [{"name": name, "type": "", "parent": None} for name in units]))
    batches.append((JOIN, [{"username": username, "role": role_name, "unit": unit_name} for role_name, unit_name in pairs]))
    return batches
