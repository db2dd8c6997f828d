"""Accounts as administrators look for them: pages of a search, what somebody holds, and who holds a role."""

from sqlalchemy import and_, exists, func, or_, select

from engine.store.models import UserTask
from engine.store.people import Account, Deputy, FailedSignIn, Membership, Role, Token, Unit
from engine.store.records import History, HistoryChain
from engine.store.sign_ins import MOST, WITHIN

_SHOWN = (Account.username, Account.display_name, Account.email, Account.active, Account.changed)


def page(connection, text="", role=None, unit=None, active=None, after=None, limit=50):
    """([{"username", "display_name", "email", "active", "changed", "held" [(role, unit)]}], the user name after which more come or None).

    `text` is looked for in user names, names and units; the order is that of the user names.
    """
    chosen = select(*_SHOWN)
    if text:
        in_unit = exists().where(Membership.username == Account.username, Membership.unit.contains(text, autoescape=True))
        named = (column.contains(text, autoescape=True) for column in (Account.username, Account.display_name))
        chosen = chosen.where(or_(*named, in_unit))
    held = [column == value for column, value in ((Membership.role, role), (Membership.unit, unit)) if value is not None]
    if held:
        chosen = chosen.where(exists().where(Membership.username == Account.username, *held))
    if active is not None:
        chosen = chosen.where(Account.active if active else ~Account.active)
    if after:
        chosen = chosen.where(Account.username > after)
    rows = [dict(row) for row in connection.execute(chosen.order_by(Account.username).limit(limit + 1)).mappings()]
    held = memberships(connection, [row["username"] for row in rows])
    rows = [row | {"held": held.get(row["username"], [])} for row in rows]
    return rows[:limit], rows[limit - 1]["username"] if len(rows) > limit else None


def one(connection, username):
    """The same of one account; None where there is none."""
    row = connection.execute(select(*_SHOWN).where(Account.username == username)).mappings().first()
    return row and dict(row) | {"held": memberships(connection, [username]).get(username, [])}


def memberships(connection, usernames):
    """{user name: [(role, unit)]}."""
    chosen = select(Membership.username, Membership.role, Membership.unit).where(Membership.username.in_(usernames))
    found = {}
    for username, role, unit in connection.execute(chosen.order_by(Membership.username, Membership.role, Membership.unit)):
        found.setdefault(username, []).append((role, unit))
    return found


def holders(connection):
    """[(role, unit, username, display name)] of the accounts that may sign in, by role, unit and name."""
    chosen = select(Membership.role, Membership.unit, Account.username, Account.display_name)
    chosen = chosen.join(Account, Account.username == Membership.username).where(Account.active)
    return [tuple(row) for row in connection.execute(chosen.order_by(Membership.role, Membership.unit, Account.display_name))]


def role_names(connection):
    """The names of all roles that anybody ever held."""
    return list(connection.execute(select(Role.name).order_by(Role.name)).scalars())


def unit_names(connection):
    """The names of all units."""
    return list(connection.execute(select(Unit.name).order_by(Unit.name)).scalars())


def names(connection):
    """[(user name, name)] of the accounts that may sign in, by name: what a form offers to choose from."""
    chosen = select(Account.username, Account.display_name).where(Account.active).order_by(Account.display_name, Account.username)
    return [tuple(row) for row in connection.execute(chosen)]


def count(connection, active):
    """How many accounts may sign in, or may not."""
    return connection.execute(select(func.count()).select_from(Account).where(Account.active if active else ~Account.active)).scalar()


def closed(connection, now):
    """[(user name, name, when it opens by itself)] of the accounts that too many failed sign-ins have closed for some minutes."""
    failed = select(FailedSignIn.username, func.min(FailedSignIn.at, type_=FailedSignIn.at.type).label("first"))
    failed = failed.where(FailedSignIn.at > now - WITHIN).group_by(FailedSignIn.username).having(func.count() >= MOST).subquery()
    chosen = select(Account.username, Account.display_name, failed.c.first).join(failed, failed.c.username == Account.username)
    return [(name, told, first + WITHIN) for name, told, first in connection.execute(chosen.order_by(Account.username))]


def tokens(connection, username):
    """[{"name", "created", "expires"}] of somebody."""
    chosen = select(Token.name, Token.created, Token.expires).where(Token.username == username).order_by(Token.name)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def tasks_in_hand(connection, username, limit):
    """[(key, name)] of the open tasks that somebody has claimed, at most `limit` and one more."""
    mine = and_(UserTask.assignee == username, UserTask.completed.is_(None))
    chosen = select(UserTask.key, func.coalesce(UserTask.name, UserTask.element_id)).where(mine).order_by(UserTask.key)
    return [tuple(row) for row in connection.execute(chosen.limit(limit + 1))]


def deputies(connection, day):
    """[{"key", "principal", "deputy", "first", "last"}]: all appointments that are not over on a day, the nearest first."""
    chosen = select(Deputy.__table__).where(Deputy.last >= day, Deputy.first <= Deputy.last).order_by(Deputy.first, Deputy.key)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def deputies_over(connection, day, limit):
    """The same of those that are, the last first; without those that were ended before they began."""
    chosen = select(Deputy.__table__).where(Deputy.last < day, Deputy.first <= Deputy.last).order_by(Deputy.last.desc(), Deputy.key.desc())
    return [dict(row) for row in connection.execute(chosen.limit(limit)).mappings()]


def history(connection, subject, limit, before=None):
    """[row of history] of the chain of a subject such as "account:li", the last first; `before`: a number of the chain."""
    chosen = select(History.__table__).join(HistoryChain, HistoryChain.chain == History.chain).where(HistoryChain.subject == subject)
    if before is not None:
        chosen = chosen.where(History.seq < before)
    return list(connection.execute(chosen.order_by(History.seq.desc()).limit(limit)).mappings())
