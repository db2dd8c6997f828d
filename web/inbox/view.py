"""待办: what I have to do, of all my roles; to be taken, put back and passed on without leaving the list."""

import base64
import binascii
from types import SimpleNamespace

import orjson
from flask import g, make_response, render_template, request, url_for

from api.access import allow
from api.v2.door import engine, read_key
from cases import holders, inbox
from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.release_task import release_task
from engine.domain.errors import EngineError, Invalid
from engine.domain.task import is_candidate
from engine.store.inbox import ORDERS, read_position
from web import when
from web.errors.words import in_words, status_of
from web.layout.view import RIGHTS, now_and_calendar

#: Tasks on a page.
LIMIT = 25
#: So many queues are counted before the page is answered.
AT_ONCE = 12
#: By what a queue is put in order, as its readers say it.
SORTS = {"due": "期限近的在前", "priority": "紧急的在前", "created": "先到的在前"}
#: A task is on its way to a second officer.
WAITING = "COMPLETING"


def add_to(blueprint):
    """The page, its parts that renew themselves, and what its buttons do."""
    blueprint.add_url_rule("/inbox", "inbox", page)
    blueprint.add_url_rule("/inbox/queues", "inbox_queues", queues)
    for name, view in (("claim", claim), ("release", release), ("pass", pass_on)):
        blueprint.add_url_rule(f"/tasks/<key>/{name}", f"task_{name}", view, methods=["POST"])
    blueprint.add_url_rule("/tasks/<key>/pass", "task_pass_form", pass_form)
    blueprint.app_template_filter("flat")(flat)


def flat(text):
    """A name of a diagram on one line."""
    return "".join((text or "").split("\n"))


@allow("signed-in")
def page():
    """The list that was asked for: a role's queue, all of them, what I hold, or what a search finds. Its rows alone for htmx."""
    asked = _asked()
    told = {**asked, **_listed(asked), "sorts": SORTS, "watches": g.actor.only_watches}
    if request.headers.get("HX-Request-Type") == "partial":
        return render_template("inbox/list.html", **told)
    # Who sees all queues, or has many, gets their numbers a moment later.
    counted = not g.actor.sees_everything and len(g.actor.groups) <= AT_ONCE
    return render_template("inbox/inbox.html", **told, **_queues(counted), done=_done_before())


def _done_before():
    """The sentence for whoever comes here from a task that they have just done."""
    text = request.args.get("done", "")
    if not text.isdecimal():
        return None
    try:
        row = inbox.one(engine(), g.actor, read_key(text))
    except EngineError:
        return None
    what = "，".join(filter(None, (flat(row["name"]), row["title"].place, row["title"].number)))
    waits = row["status"] == WAITING and row["pending"] is not None
    after = "待另一名人员以本人账户确认后生效。" if waits else "案件已转到下一步。"
    if row["status"] == "CREATED":
        after = "已退回提交人。"
    return f"已提交：{what}。{after}" if row["completed"] or waits else f"{what}：{after}"


@allow("signed-in")
def queues():
    """The queues with their counts."""
    return render_template("inbox/queues.html", **_asked(), **_queues())


def _asked():
    order = request.args.get("order", "due")
    return {
        "role": request.args.get("role") or None,
        "mine": request.args.get("mine") == "1",
        "text": " ".join(request.args.get("q", "").replace("\x00", "").split())[:60],
        "order": order if order in ORDERS else "due",
        "after": request.args.get("after") or None,
    }


def _listed(asked):
    if asked["text"]:
        listed = inbox.search(engine(), g.actor, asked["text"])
    elif asked["mine"]:
        listed = inbox.held_by(engine(), g.actor)
    else:
        listed = inbox.page(engine(), g.actor, asked["role"], asked["order"], _position(asked), LIMIT)
    now, calendar = now_and_calendar()
    following = listed.after and base64.urlsafe_b64encode(orjson.dumps(listed.after)).decode()
    return {"rows": [shown(row, now, calendar) for row in listed.rows], "following": following, "most": inbox.MOST}


def _position(asked):
    if asked["after"] is None:
        return None
    try:
        return read_position(orjson.loads(base64.urlsafe_b64decode(asked["after"])), asked["order"])
    except (binascii.Error, ValueError, TypeError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error


def _queues(counted=True):
    found = inbox.roles(engine(), g.actor) if counted else inbox.role_names(engine(), g.actor)
    found = [queue for queue in found if queue["open"] or queue["name"] not in RIGHTS]
    everything = {name: min(sum(queue[name] for queue in found), inbox.COUNTED) if counted else None for name in ("open", "due", "overdue")}
    return {
        "queues": found,
        "everything": everything,
        "held": inbox.held(engine(), g.actor),
        "counted": counted,
        "most_counted": inbox.COUNTED,
    }


def shown(row, now, calendar):
    """A row of user_task as a list shows it: `due` as Said, `state`, and which buttons it has for the actor."""
    groups, users = orjson.loads(row["candidate_groups"]), orjson.loads(row["candidate_users"])
    of = SimpleNamespace(groups=groups, users=users, assignee=row["assignee"])
    return {
        **row,
        "said": when.due(row["due"], now, calendar),
        "arrived": when.short(row["created"], now),
        "arrived_exact": when.exact(row["created"]),
        "state": _state(row),
        "candidate": is_candidate(of, g.actor) or g.actor.is_administrator,
        "has_queue": bool(groups or users),
    }


def _state(row):
    if row["completed"] is not None:
        return "over"
    if row["status"] == WAITING and row["pending"] is not None:
        return "filed" if row["completed_by"] in g.actor.names else "to confirm"
    if row["assignee"] is None:
        return "free"
    return "mine" if row["assignee"] in g.actor.names else "held"


@allow("signed-in")
def claim(key):
    """签收."""
    return _done(read_key(key), lambda key: claim_task(engine(), g.actor, key))


@allow("signed-in")
def release(key):
    """退回."""
    return _done(read_key(key), lambda key: release_task(engine(), g.actor, key))


@allow("signed-in")
def pass_on(key):
    """转办."""
    return _done(read_key(key), lambda key: assign_task(engine(), g.actor, key, request.form.get("assignee", "")))


@allow("signed-in")
def pass_form(key):
    """To whom? Everybody who stands in the task's queues."""
    key = read_key(key)
    row = inbox.one(engine(), g.actor, key)
    page = request.args.get("page")
    return render_template("inbox/pass.html", row=row, people=holders.colleagues(engine(), g.actor, key), page=page)


def _done(key, change):
    """Do it, and answer with the task's row as it now stands; with the sentence of a refusal in it, where there was one."""
    refused = None
    try:
        change(key)
    except EngineError as error:
        refused = error
    row = inbox.one(engine(), g.actor, key)
    message = refused and in_words(refused, row)
    if request.args.get("page"):
        return _of_page(key, refused, message)
    answer = make_response(render_template("inbox/row.html", row=shown(row, *now_and_calendar()), message=message))
    answer.status_code = status_of(refused) if refused else 200
    answer.headers["HX-Trigger"] = "inbox-changed"
    return answer


def _of_page(key, refused, message):
    """The same for the page of the task, which is shown anew, or says why not."""
    if refused:
        return render_template("inbox/refused.html", message=message), status_of(refused)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.task", key=key) if request.endpoint == "web.task_claim" else url_for("web.inbox")
    return answer
