"""Queues and timelines: who has what to do, what happened."""

import base64
import binascii
from datetime import datetime

import orjson
from flask import current_app, g
from flask.views import MethodView

from api import looks, schemas
from api.access import allow
from api.json import moment
from api.v2.door import Door
from engine import queues
from engine.domain.errors import Invalid
from engine.store.inbox import read_position, whole

blueprint = Door("queues", "Queues of roles and units, and what happened to a case", "/api")


@blueprint.route("/queues")
class Queues(MethodView):
    """All queues of the caller."""

    @allow("signed-in")
    @blueprint.response(200, schemas.QueuesSchema)
    def get(self):
        """Every role's and unit's queue that the caller may see, with its counts"""
        return {"queues": queues.queues(current_app.extensions["engine"], g.actor)}


@blueprint.route("/queues/<role>/tasks")
class QueuedTasks(MethodView):
    """One queue."""

    @allow("signed-in")
    @blueprint.arguments(schemas.PageQuery, location="query")
    @blueprint.response(200, schemas.QueuedTasksSchema)
    def get(self, query, role):
        """The open tasks of a queue, a page at a time"""
        after = query["after"] and _read(query["after"], lambda found: read_position(found, query["order"]))
        assignee = {None: None, "me": g.actor.username, "nobody": ""}[query["assignee"]]
        engine = current_app.extensions["engine"]
        rows, position = queues.queue(engine, g.actor, role, query["order"], after, query["limit"], assignee)
        return {"tasks": [_task(row) for row in rows], "after": position and _write(position)}


@blueprint.route("/instances/<key>/timeline")
class Timeline(MethodView):
    """What happened to a case."""

    @allow("signed-in")
    @blueprint.arguments(schemas.TimelineQuery, location="query")
    @blueprint.response(200, schemas.TimelineSchema)
    def get(self, query, key):
        """The history of a process instance and its children, in order"""
        after = query["after"] and _read(query["after"], _history_position)
        entries, position = queues.timeline(current_app.extensions["engine"], g.actor, key, query["limit"], after)
        if not after:
            looks.note(f"流程实例 {key} 的经过")
        return {"entries": entries, "after": position and _write(position)}


def _task(row):
    return {
        "key": str(row["key"]),
        "name": row["name"],
        "element": row["element_id"],
        "process": row["process_id"],
        "instance": str(row["instance_key"]),
        "business_id": row["business_id"],
        "assignee": row["assignee"],
        "status": row["status"],
        "priority": row["priority"],
        "created": moment(row["created"]),
        "due": moment(row["due"]),
        "groups": orjson.loads(row["candidate_groups"]),
    }


def _write(position):
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode()


def _read(cursor, check):
    try:
        return check(orjson.loads(base64.urlsafe_b64decode(cursor)))
    except (binascii.Error, ValueError, TypeError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error


def _history_position(found):
    at, chain, seq = found
    datetime.fromisoformat(at)  # it is compared as the text that it is; anything else is no moment
    return at, whole(chain), whole(seq, 31)
