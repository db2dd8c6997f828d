"""The officers who did a task, those who filed and confirmed it under their own accounts, whatever a form says; papers that name them."""

from dataclasses import replace

import orjson
from sqlalchemy import select

from cases import certificates, papers
from engine.domain.people import DESIGNER, ZONE
from engine.store.models import UserTask
from engine.store.people import Account


def issue_by_officers(session, call):
    """The handler local:paper:issue_by_officers: as local:paper:issue, its `officers` being those of a task of this instance.

    In: also officers_of, the element id of the task; each is named with the number of their 行政执法证 of that day, or without one where
    they hold none. Raises ValueError as local:paper:issue does, and where nobody has done that task (行政处罚法 art. 42).
    """
    data = {**(call.variables.get("data") or {}), "officers": of_task(session, call, call.variables.get("officers_of"))}
    return papers.issue(session, replace(call, variables={**call.variables, "data": data}))


def of_task(session, call, element_id):
    """[{"name", "cert_no"}] of those who did a task of this instance the last time; cert_no: of their 行政执法证 of that day, or None.

    Raises ValueError where nobody has done it.
    """
    people = _usernames(session, call, element_id)
    if not people:
        raise ValueError(f"应写明办理“{element_id}”的人，但本案中没有人办理过")
    day = call.now.astimezone(ZONE).date()
    return [{"name": _name(session, each), "cert_no": _certificate(session, each, day)} for each in people]


def _usernames(session, call, element_id):
    """User names of those who did the task the last time, whoever filed it first; the one who completes it now is not in its row yet."""
    chosen = select(UserTask.completed_by, UserTask.confirmed_by, UserTask.completed)
    rows = chosen.where(UserTask.instance_key == call.instance_key, UserTask.element_id == element_id).order_by(UserTask.number.desc())
    row = session.execute(rows.limit(1)).one_or_none()
    if row is None:
        return []
    now = [] if row.completed else [call.actor.username]
    return [name for name in dict.fromkeys([row.completed_by, *orjson.loads(row.confirmed_by), *now]) if name]


def _name(session, username):
    return session.execute(select(Account.display_name).where(Account.username == username)).scalar_one()


def _certificate(session, username, day):
    valid = [each for each in certificates.held(session, username, certificates.OFFICER) if each.first <= day <= each.last]
    return max(valid, key=lambda each: (each.last, each.number)).number if valid else None


HANDLERS = {"local:paper:issue_by_officers": (issue_by_officers, frozenset({DESIGNER}))}
