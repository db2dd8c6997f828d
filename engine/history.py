"""The auditor's file: everything that can be recorded, how it reads, and how each entry of a chain holds on to the one before it.

An entry's body is canonical JSON text: keys in code point order, no whitespace, characters unescaped, decimals as strings, no floats,
moments as ISO 8601 in UTC with microseconds and Z. Its hash is the SHA-256 of exactly those bytes, and the body names the hash of the
entry before it. Nothing ever parses and writes a body again, so no column type and no library version can break a chain.
"""

import hmac
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring as _string
from typing import NamedTuple

from engine.domain import values
from engine.domain.errors import Invalid

#: What the first entry of a chain names as the one before it.
GENESIS = "0" * 64

#: The chain of the seals; every other chain has a leased key, and those begin far above it.
SEALS = 0

#: Every kind of entry: what a timeline says in Chinese and in English. {actor} and {element} are names for people; the rest is in data.
KINDS = {
    "deployment:created": ("{actor} 部署了 {resources}", "{actor} deployed {resources}"),
    "design:published": (
        "{actor} 发布了 {id} 第 {version} 版，起草人：{authors}",
        "{actor} published version {version} of {id}, drawn by {authors}",
    ),
    "design:discarded": ("{actor} 放弃了 {id} 的草稿，起草人：{authors}", "{actor} discarded the draft of {id}, drawn by {authors}"),
    "instance:started": ("{actor} 启动了流程 {process}", "{actor} started process {process}"),
    "instance:continued": ("流程继续", "The process went on"),
    "instance:completed": ("流程办结", "The process was completed"),
    "instance:cancelled": ("{actor} 撤销了流程，理由：{reason}", "{actor} cancelled the process, reason: {reason}"),
    "task:created": ("任务 {element} 送达", "Task {element} arrived"),
    "task:claimed": ("{actor} 签收了任务 {element}", "{actor} claimed task {element}"),
    "task:released": ("{actor} 退回了任务 {element}", "{actor} released task {element}"),
    "task:assigned": ("{actor} 将任务 {element} 指派给 {assignee}", "{actor} assigned task {element} to {assignee}"),
    "task:updated": ("{actor} 调整了任务 {element}", "{actor} changed task {element}"),
    "task:draft-saved": ("{actor} 保存了任务 {element} 的草稿", "{actor} saved a draft of task {element}"),
    "task:confirmation-asked": ("{actor} 办理了任务 {element}，待第二人确认", "{actor} filed task {element}, to be confirmed"),
    "task:confirmed": ("{actor} 确认了任务 {element}", "{actor} confirmed task {element}"),
    "task:declined": ("{actor} 未确认任务 {element}，理由：{reason}", "{actor} declined to confirm task {element}, reason: {reason}"),
    "task:completed": ("{actor} 完成了任务 {element}", "{actor} completed task {element}"),
    "task:cancelled": ("任务 {element} 已撤回", "Task {element} was withdrawn"),
    "message:published": ("{actor} 发布了消息 {name}", "{actor} published message {name}"),
    "message:correlated": ("消息 {name} 送达 {element}", "Message {name} reached {element}"),
    "signal:broadcast": ("{actor} 广播了信号 {name}", "{actor} broadcast signal {name}"),
    "signal:received": ("信号 {name} 送达 {element}", "Signal {name} reached {element}"),
    "timer:fired": ("{element} 到期", "{element} fell due"),
    "timer:retried": ("{actor} 让到期事项 {element} 重新执行", "{actor} let timer {element} be tried again"),
    "delivery:retried": ("{actor} 让一项送达重新执行", "{actor} let a delivery be tried again"),
    "job:activated": ("{actor} 领取了作业 {element}", "{actor} activated job {element}"),
    "job:updated": ("{actor} 调整了作业 {element}", "{actor} changed job {element}"),
    "job:completed": ("{actor} 完成了作业 {element}", "{actor} completed job {element}"),
    "job:failed": ("作业 {element} 失败：{message}", "Job {element} failed: {message}"),
    "job:error-thrown": ("作业 {element} 报告差错 {code}", "Job {element} threw error {code}"),
    "decision:evaluated": ("{actor} 试算了决策 {decision}", "{actor} evaluated decision {decision}"),
    "incident:raised": ("{element} 发生异常：{message}", "An incident was raised at {element}: {message}"),
    "incident:resolved": ("{actor} 处理了 {element} 的异常", "{actor} resolved the incident at {element}"),
    "variables:set": ("{actor} 修改了变量 {names}", "{actor} set variables {names}"),
    "element:activated": ("{actor} 在“{element}”中启用了 {activities}", "{actor} activated {activities} in {element}"),
    "comment:added": ("{actor} 添加了意见", "{actor} added a comment"),
    "attachment:added": ("{actor} 上传了附件 {name}", "{actor} attached {name}"),
    "clock:moved": ("{actor} 将时钟调至 {to}", "{actor} moved the clock to {to}"),
    "clock:reset": ("{actor} 恢复了时钟", "{actor} reset the clock"),
    "calendar:changed": ("{actor} 修改了 {year} 年的节假日", "{actor} changed the holidays of {year}"),
    "terms:found": (
        "{year} 年的节假日公布后，{instances} 个案件的暂定期限待重新计算",
        "Provisional terms of {instances} cases wait for {year}",
    ),
    "terms:recomputed": ("{year} 年的节假日公布后，重新计算了期限", "Terms were computed again by the holidays of {year}"),
    "setting:changed": ("{actor} 修改了设置 {name}", "{actor} changed setting {name}"),
    "account:created": ("{actor} 创建了账号 {username}", "{actor} created account {username}"),
    "account:changed": ("{actor} 修改了账号 {username}", "{actor} changed account {username}"),
    "account:signed-out": ("{actor} 结束了账号 {username} 的全部登录", "{actor} ended all sessions of account {username}"),
    "account:reopened": ("{actor} 解除了账号 {username} 的登录限制", "{actor} reopened account {username} after failed sign-ins"),
    "certificate:entered": (
        "{actor} 登记了 {username} 的{certificate}（{number}，{first} 至 {last}）",
        "{actor} entered {certificate} {number} of {username} ({first} to {last})",
    ),
    "certificate:ended": (
        "{actor} 将 {username} 的{certificate}（{number}）的有效期截止于 {last}，理由：{reason}",
        "{actor} ended {certificate} {number} of {username} on {last}, reason: {reason}",
    ),
    "deputy:appointed": (
        "{actor} 委托 {deputy} 代理 {principal}（{first} 至 {last}）",
        "{actor} appointed {deputy} to act for {principal} ({first} to {last})",
    ),
    "deputy:ended": ("{actor} 终止了 {deputy} 对 {principal} 的代理", "{actor} ended that {deputy} acts for {principal}"),
    "interest:declared": (
        "{actor} 申报了 {username} 与 {party} 的利害关系（{relation}）",
        "{actor} declared an interest of {username} in {party} ({relation})",
    ),
    "interest:ended": (
        "{actor} 注销了 {username} 与 {party} 的利害关系，理由：{reason}",
        "{actor} ended the interest of {username} in {party}, reason: {reason}",
    ),
    "task:recused": ("{subject} 回避“{element}”，理由：{reason}", "{subject} withdraws from {element}, reason: {reason}"),
    "unit:changed": ("{actor} 修改了单位 {unit}", "{actor} changed unit {unit}"),
    "token:created": ("{actor} 为 {username} 创建了访问令牌", "{actor} created an access token for {username}"),
    "token:revoked": ("{actor} 吊销了 {username} 的访问令牌", "{actor} revoked an access token of {username}"),
    "access:looked": ("{actor} 查看了 {subject}，理由：{reason}", "{actor} looked at {subject}, reason: {reason}"),
    "access:broken": ("{actor} 破例查看了 {subject}，理由：{reason}", "{actor} broke the seal of {subject}, reason: {reason}"),
    "history:exported": ("{actor} 导出了 {subject} 的历史", "{actor} exported the history of {subject}"),
    "seal:made": ("第 {number} 号封印完成", "Seal {number} was made"),
}


class Canonical(str):
    """Text that is in the canonical form already."""

    __slots__ = ()


class Entry(NamedTuple):
    """A row of the table `history`, in the order of its columns. `at` is text, `hash` is hexadecimal."""

    chain: int
    seq: int
    at: str
    actor: str
    kind: str
    element_id: str | None
    body: str
    hash: str


def entry(chain, seq, previous, at, actor, kind, element=None, data=None, changes=(), behalf_of=None):
    """The entry that follows the one with hash `previous` (GENESIS before the first, whose `seq` is 1).

    `at` is an aware datetime, `actor` and `behalf_of` user names, `element` the id of an element, `data` {name: value} or None, `changes`
    the ledger rows that changed, each {"table", "key", "before", "after"} with the row's values as {column: value}, or None for no row.
    Raises ValueError for an unknown kind or a broken sequence, TypeError for a value that has no exact text (a float, a function),
    Invalid for text that is not Unicode (half of a surrogate pair, which only a sender can have made).
    """
    if kind not in KINDS:
        raise ValueError(f"Expected a kind of history that engine/history.py names, but found {kind!r}")
    if (seq == 1) is not (previous == GENESIS):
        raise ValueError(f"Expected the first entry of chain {chain}, and no other, to follow nothing, but entry {seq} follows {previous}")
    moment = timestamp(at)
    changed = ",".join([_change(change) for change in changes])
    body = (
        f'{{"actor":{_string(actor)},"at":"{moment}","chain":"{chain}","changes":[{changed}],"data":{_text(data)},"element":{_text(element)},'
        f'"for":{_text(behalf_of)},"kind":"{kind}","previous":"{previous}","seq":{seq}}}'
    )
    try:
        written = body.encode()
    except UnicodeEncodeError as error:
        raise Invalid("Expected text in Unicode, but found half of a surrogate pair") from error
    return Entry(chain, seq, moment, actor, kind, element, body, sha256(written).hexdigest())


def timestamp(at):
    """An aware datetime as 2024-04-12T01:00:00.000000Z. Raises ValueError for a naive one."""
    if at.tzinfo is not UTC:
        if at.tzinfo is None:
            raise ValueError(f"Expected a moment with its zone, but found {at.isoformat()} without one")
        at = at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:26] + "Z"


def _change(change):
    if change.keys() != {"table", "key", "before", "after"}:
        raise TypeError(f"Expected a change to name its table, key, before and after, but found {', '.join(sorted(change))}")
    after, before, key, table = change["after"], change["before"], change["key"], change["table"]
    return f'{{"after":{_text(after)},"before":{_text(before)},"key":{_string(str(key))},"table":{_string(table)}}}'


def _text(value):
    kind = type(value)
    if kind is str:
        return _string(value)
    if value is None:
        return "null"
    if kind is dict:
        return "{" + ",".join([_string(name) + ":" + _text(value[name]) for name in sorted(value)]) + "}"
    if kind is list or kind is tuple:
        return "[" + ",".join([_text(item) for item in value]) + "]"
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is Decimal:
        return f'"{values.number(value)}"' if value.is_finite() else "null"
    if isinstance(value, datetime):
        return _string(value.isoformat() if value.tzinfo is None else timestamp(value))
    if isinstance(value, (date, time)):
        return _string(value.isoformat())
    if kind is values.Stored:
        return _stored(value)
    if kind is Canonical:
        return str(value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, timedelta) or hasattr(value, "__feel_text__"):
        return _string(values.plain(value))
    raise TypeError(f"Expected a value with an exact text for history, but found {kind.__name__} {value!r}")


def _stored(text):
    """What `_text` says of the value behind a stored text, without reading what is written the same, or only between quotes."""
    first = text[0]
    if first == '"' or text in ("null", "true", "false"):
        return text
    if first not in "[{":
        return f'"{text}"'
    return _text(values.read(text))


class _Names(dict):
    def __missing__(self, name):
        return "…"


def wording(kind, actor, element=None, data=None, behalf_of=None, chinese=True):
    """What a timeline says of an entry. The names are those that people know; what `data` does not hold reads as "…"."""
    names = _Names({name: _listed(value, chinese) for name, value in (data or {}).items()})
    names.update(actor=actor, element=element or "…")
    sentence = KINDS[kind][0 if chinese else 1].format_map(names)
    if behalf_of is None:
        return sentence
    return f"{sentence}（代 {behalf_of}）" if chinese else f"{sentence} (for {behalf_of})"


def _listed(value, chinese):
    return ("、" if chinese else ", ").join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def conceal(named, sensitive_paths, key):
    """A copy of `named` ({name: value}) in which every sensitive value is {"hmac", "ref"}; what is absent or None stays so.

    A path is names joined by dots ("reporter.phone"); lists on the way are gone through. `key` is bytes from outside of the database:
    with it, and only with it, one can still show that a value is the one that was there. `ref` is the row of the encrypted table for the
    value; it is made from the same key with another label, so neither tells the other, and erasing that row leaves the chain whole.
    Source: 个人信息保护法 art. 47 (erasure), art. 51 (de-identification).
    """
    for path in sensitive_paths:
        named = _concealed(named, path.split("."), key)
    return named


def _concealed(value, path, key):
    if value is None:
        return None
    if type(value) is list or type(value) is tuple:
        return [_concealed(item, path, key) for item in value]
    if not path:
        return {"hmac": _digest(key, "value", value), "ref": _digest(key, "ref", value)}
    if type(value) is not dict or path[0] not in value:
        return value
    return {**value, path[0]: _concealed(value[path[0]], path[1:], key)}


def _digest(key, label, value):
    return hmac.digest(key, f"{label}:{_text(value)}".encode(), "sha256").hex()
