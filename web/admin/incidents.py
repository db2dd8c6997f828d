"""异常: what cases cannot go on with; put right elsewhere, tried again here, one or several at once."""

import base64
import binascii

import orjson
from flask import g, render_template, request, url_for

from api.access import allow
from api.v2.door import engine, read_key
from cases import incident_list
from cases.moment import moment
from engine.commands.resolve_incident import resolve_incident
from engine.domain.errors import EngineError, Invalid
from engine.store import standing
from web.admin import room

#: What a type of incident is, for people; Camunda's names.
TYPES = {
    "JOB_NO_RETRIES": "作业多次失败",
    "CONDITION_ERROR": "条件算不出",
    "EXTRACT_VALUE_ERROR": "表达式算不出",
    "IO_MAPPING_ERROR": "变量传递出错",
    "CALLED_ELEMENT_ERROR": "找不到被调用的流程",
    "CALLED_DECISION_ERROR": "找不到决策表",
    "DECISION_EVALUATION_ERROR": "决策表没有结果",
    "UNHANDLED_ERROR_EVENT": "错误没有人处理",
    "UNHANDLED_ESCALATION_EVENT": "升级没有人响应",
    "UNKNOWN": "其他原因",
}


def add_to(blueprint):
    """The list, and trying again."""
    blueprint.add_url_rule("/admin/incidents", "admin_incidents", incidents)
    blueprint.add_url_rule("/admin/incidents/retry", "admin_incidents_retry", retry, methods=["POST"])


@allow("administrator")
def incidents():
    """All that are open, the oldest first."""
    return room.page("admin/incidents.html", "web.admin_incidents", results=None, **_listed(request.args.get("after")))


def _listed(after=None):
    try:
        position = orjson.loads(base64.urlsafe_b64decode(after)) if after else None
        found, following = incident_list.incidents(engine(), g.actor, position and (moment(position[0]), position[1]))
    except (binascii.Error, ValueError, TypeError, IndexError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error
    with engine().store.read() as connection:
        count, _ = standing.count_incidents(connection)
    behind = following and url_for("web.admin_incidents", after=base64.urlsafe_b64encode(orjson.dumps(following)).decode())
    return {"found": found, "following": behind, "after": after, "count": count, "types": TYPES}


@allow("administrator")
def retry():
    """重试 those that were ticked, each in a transaction of its own; what is still wrong is an incident again."""
    keys = list(dict.fromkeys(request.form.getlist("incident")))
    if not keys:
        results = {"refused": ["没有选中异常。请在左侧勾选后再重试。"]}
        return render_template("admin/incidents_list.html", results=results, **_listed(), **room.clock()), 400
    done, refused = [], []
    for key in keys[: incident_list.LIMIT]:
        try:
            room.ask(resolve_incident, read_key(key))
            done.append(int(key))
        except EngineError as error:
            problems, _ = room.refusal(error)
            refused += problems.values()
    results = {"done": len(done), "again": _again(done), "refused": list(dict.fromkeys(refused))}
    return render_template("admin/incidents_list.html", results=results, **_listed(), **room.clock())


def _again(keys):
    """How many of the incidents that were tried came back: another one is open at the same element of the same instance."""
    with engine().store.read() as connection:
        back = set(standing.where(connection, keys, are_open=True).values())
        return sum(place in back for place in standing.where(connection, keys).values())
