"""Drafts: one per task and person."""

from sqlalchemy import bindparam

from engine.store.records import Draft
from engine.store.statements import remove, upsert

drafts = Draft.__table__


def _find(dialect):
    chosen = drafts.select().where(drafts.c.task_key == bindparam("task_key"), drafts.c.username == bindparam("username"))
    return chosen if dialect == "sqlite" else chosen.with_for_update()


FIND = ("find draft", _find)
SAVE = ("save draft", upsert(drafts, ["task_key", "username"], ["values", "revision", "saved"]))
DISCARD = ("discard drafts", remove(drafts, ["task_key"]))
