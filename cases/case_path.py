"""走过的路: which elements and flows of its diagram an instance has been through, how often, where it stands, and what it called there."""

import orjson
from sqlalchemy import case, func, select

from engine.domain.outcome import ACTIVE
from engine.store.models import ElementInstance, ProcessInstance
from engine.store.records import History
from engine.store.visibility import visible

#: The walk around the iterations of a loop is no iteration itself.
_BODY = "MULTI_INSTANCE_BODY"
#: Flows are told by so many entries of history, the newest; children by so many.
ENTRIES, CHILDREN = 500, 200


def path(connection, actor, row):
    """The path of a process instance (its row), for a diagram.

    {"elements": {id: {"count", "active"}}, "flows": [id], "children": {element id: [{"key", "name", "status"}]}}

    `active`: how many stand there now. Children are those that the actor may see.
    """
    return {"elements": _elements(connection, row), "flows": _flows(connection, row), "children": _children(connection, actor, row)}


def _elements(connection, row):
    one = ElementInstance
    iterated = func.sum(case((one.type == _BODY, 0), else_=1))
    standing = func.sum(case(((one.status == ACTIVE) & (one.type != _BODY), 1), else_=0))
    chosen = (
        select(one.element_id, iterated, standing)
        .where(one.root_key == row["root_key"], one.instance_key == row["key"], one.number != 1)
        .group_by(one.element_id)
    )
    return {id_: {"count": max(int(count), 1), "active": int(active)} for id_, count, active in connection.execute(chosen)}


def _flows(connection, row):
    chosen = select(History.body).where(History.chain == row["key"]).order_by(History.seq.desc()).limit(ENTRIES)
    found = set()
    for body in connection.execute(chosen).scalars():
        for step in (orjson.loads(body)["data"] or {}).get("path") or ():
            if step[0] == "flow":
                found.add(step[1])
    return sorted(found)


def _children(connection, actor, row):
    child = ProcessInstance
    chosen = (
        select(ElementInstance.element_id, child.key, child.status)
        .join(ElementInstance, ElementInstance.key == child.parent_element_key)
        .where(child.parent_key == row["key"], visible(child.root_key, child.key, actor))
        .order_by(child.key)
        .limit(CHILDREN)
    )
    found = {}
    for element_id, key, status in connection.execute(chosen):
        found.setdefault(element_id, []).append({"key": str(key), "status": status})
    return found
