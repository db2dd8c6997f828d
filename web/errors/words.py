"""A refusal as a sentence for the person who was refused: what happened, and what to do. The engine's own sentence is for engineers."""

import re

import orjson
from flask import g

from api.errors import STATUS
from api.v2.door import engine
from cases import holders
from engine.domain import errors
from engine.store import timelines
from web import when

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MINE = "您办过本案的「{}」，按回避规定不能再办这一步。请同一队列的其他人员办理。"
_UNIT = "您与本案「{}」的承办人同属一个单位，按回避规定不能办这一步。"


def status_of(error):
    """The HTTP status of an EngineError."""
    return STATUS.get(error.code, 500)


def in_words(error, row=None):
    """The sentence for an EngineError; `row`: of the task that it is about, as cases.inbox shows it, if there is one."""
    told = error.details.get("problems")
    if isinstance(told, dict) and told.get(""):
        return told[""][0]
    if isinstance(error, errors.Separated):
        return _separated(error, row)
    if isinstance(error, errors.Conflict) and row is not None:
        return _conflict(row)
    if isinstance(error, errors.WrongState) and row is not None:
        return _state(row)
    if isinstance(error, errors.NotPermitted):
        return _who_may(error, row)
    if not error.sentence.startswith("Expected") and _CHINESE.search(error.sentence):
        return error.sentence
    return _PLAIN.get(type(error), "没有办成，什么也没有改变。请刷新后再试；仍然不行的，请联系管理员。")


_PLAIN = {
    errors.NotFound: "没有找到您要看的内容：它可能不存在，或者不在您的队列里。",
    errors.Busy: "系统正忙，您的操作没有完成，什么也没有改变。请过几秒再试。",
    errors.Conflict: "有人抢先一步做了改动，您的操作没有完成。请刷新后再看。",
    errors.WrongState: "情况已经变化，这一步现在不能办。请刷新后再看。",
    errors.Invalid: "提交的内容不符合要求，什么也没有改变。",
}


def _separated(error, row):
    if "element" not in error.details:
        return "您已办理过这一步，另一名人员须以本人账户确认。"
    sentence = _UNIT if "another unit" in error.sentence else _MINE
    return sentence.format(_name(error.details["element"], row))


def _name(element_id, row):
    if row is None:
        return element_id
    with engine().store.transaction() as transaction:
        names = engine().definition(transaction, row["definition_key"]).definition.names
    return "".join((names.get(element_id) or element_id).split("\n"))


def _conflict(row):
    if row["completed"] is not None:
        return _state(row)
    taken = holders.taken(engine(), row)
    if taken is None:
        return _PLAIN[errors.Conflict]
    name, at = taken
    return f"{name}已于 {when.short(at, engine().time())} 签收此任务，您无需再办。"


def _state(row):
    if row["completed"] is None:
        return _PLAIN[errors.WrongState]
    at = when.short(row["completed"], engine().time())
    if row["completed_by"] is None or row["status"] != "COMPLETED":
        return f"此任务已于 {at} 撤回，无需再办。"
    with engine().store.read() as connection:
        names = timelines.display_names(connection, [row["completed_by"]])
    return f"{names.get(row['completed_by'], row['completed_by'])}已于 {at} 办结此任务，您无需再办。"


def _who_may(error, row):
    if not error.sentence.startswith("Expected") and _CHINESE.search(error.sentence):
        return error.sentence
    groups = error.details.get("groups")
    if groups is None and row is not None:
        if row["assignee"] not in (None, *g.actor.names):
            return f"此任务由{row['assignee_name']}签收，只有签收人可以这样办。"
        groups = orjson.loads(row["candidate_groups"])
    if groups:
        return f"只有{'、'.join(groups)}的人员可以办理，您（{g.actor.display_name}）不在其中。"
    return "您的角色不能这样办。需要权限的，请联系管理员。"
