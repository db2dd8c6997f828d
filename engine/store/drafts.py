"""Drafts: one per task and person."""

from sqlalchemy import bindparam, select

from engine.store.models import UserTask
from engine.store.records import Draft
from engine.store.statements import upsert

drafts, tasks = Draft.__table__, UserTask.__table__


def _find(dialect):
    chosen = drafts.select().where(drafts.c.task_key == bindparam("task_key"), drafts.c.username == bindparam("username"))
    return chosen if dialect == "sqlite" else chosen.with_for_update()


FIND = ("find draft", _find)
SAVE = ("save draft", upsert(drafts, ["task_key", "username"], ["form_values", "revision", "saved"]))
#: Of tasks that are closed: not at their completion, which would pay a statement for a draft that seldom is there.
SWEEP = (
    "sweep drafts",
    lambda _: drafts.delete().where(drafts.c.task_key.in_(select(tasks.c.key).where(tasks.c.completed.is_not(None)))),
)
