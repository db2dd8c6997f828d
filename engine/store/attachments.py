"""Attachments as rows: what was found out about a file, who brought it, and the case that it belongs to."""

from decimal import Decimal

from sqlalchemy import and_, or_, select

from engine.store.models import UserTask
from engine.store.records import Attachment
from engine.store.statements import change, insert
from engine.store.visibility import visible

attachments, tasks = Attachment.__table__, UserTask.__table__.alias("handed_in")

ADD = ("insert attachments", insert(attachments))
#: The instance in which a file was handed in; none for one that was added to a case as a whole. It is asked deep inside of a predicate,
#: where SQLAlchemy would not see by itself that it means the file of the outermost select.
_instance = select(tasks.c.instance_key).where(tasks.c.key == attachments.c.task_key).correlate(attachments).scalar_subquery()
#: A file that was brought before there was a case belongs to the one in which it is first handed in.
BIND = ("bind attachments", change(attachments, ["key"], ["root_key", "task_key"]))


def row(key, facts, actor, now, root_key=None, task_key=None):
    """The columns of a file with the `facts` of engine.content.inspect."""
    named = {name: facts[name] for name in ("name", "type", "size", "sha256", "taken_at", "width", "height")}
    places = {"longitude": _number(facts["lng"]), "latitude": _number(facts["lat"])}
    return {**named, **places, "key": key, "root_key": root_key, "task_key": task_key, "username": actor.username, "at": now}


def of_row(found):
    """The facts of a row, as `engine.content.inspect` names them."""
    facts = {name: found[name] for name in ("name", "type", "size", "sha256", "taken_at", "width", "height")}
    return facts | {"lng": _degrees(found["longitude"]), "lat": _degrees(found["latitude"])}


def seen(connection, actor, key):
    """The row of an attachment that the actor brought, or whose case they may see; None."""
    of_case = and_(attachments.c.root_key.is_not(None), visible(attachments.c.root_key, _instance, actor))
    chosen = select(attachments).where(attachments.c.key == key, or_(attachments.c.username == actor.username, of_case))
    return connection.execute(chosen).mappings().first()


def by_keys(connection, keys):
    """{key: row} of those that exist, locked on PostgreSQL in the order of their keys."""
    chosen = select(attachments).where(attachments.c.key.in_(keys)).order_by(attachments.c.key).with_for_update()
    return {found["key"]: found for found in connection.execute(chosen).mappings()}


def _number(decimal):
    return None if decimal is None else float(decimal)


def _degrees(number):
    return None if number is None else Decimal(repr(number))
