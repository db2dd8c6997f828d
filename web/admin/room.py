"""What all pages of the administrator have: the places among which one goes, how a page is answered, how a refusal is told."""

import secrets
from dataclasses import dataclass

from flask import g, make_response, render_template, request, url_for

from api.v2.door import engine
from engine.domain.errors import EngineError
from engine.domain.people import ZONE
from web import when
from web.errors.words import in_words, status_of

#: Of a password that is made up; without what is mistaken for something else.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Room:
    """One of the pages."""

    endpoint: str
    name: str


#: In the order in which they stand.
ROOMS = (
    Room("web.admin", "总览"),
    Room("web.admin_users", "用户"),
    Room("web.admin_roles", "角色"),
    Room("web.admin_deputies", "代理"),
    Room("web.admin_holidays", "节假日"),
    Room("web.admin_lists", "代码表"),
    Room("web.admin_incidents", "异常"),
    Room("web.admin_worker", "后台和定时"),
    Room("web.admin_verify", "待核实"),
)
#: What was done, told on the page that one is led to afterwards.
DONE = {
    "saved": "已保存。",
    "locked": "账号已停用，原有登录全部失效。",
    "unlocked": "账号已启用。",
    "signed-out": "该账号的全部登录已结束。",
    "reopened": "登录限制已解除，可以马上登录。",
    "revoked": "访问令牌已吊销。",
    "certified": "证件已登记。",
    "certificate-ended": "证件有效期已截止。",
    "appointed": "代理已生效。",
    "ended": "代理已终止。",
    "published": "节假日安排已公布，此后计算的期限按新日历。",
    "formed": "专班已组建。",
    "dissolved": "专班已撤销。",
    "retried": "已交后台重新执行。",
}


def page(template, room, **told):
    """A whole page of the room with this endpoint."""
    did = DONE.get(request.args.get("did", ""))
    return render_template(template, rooms=ROOMS, room=room, here="web.admin", did=did, **clock(), **told)


def clock():
    """What templates say time with: `now` (aware datetime), `today` (date), `short`, `day`."""
    now = engine().time()
    return {"now": now, "today": now.astimezone(ZONE).date(), "short": lambda at: when.short(at, now), "day": when.day}


def ask(command, *arguments, **named):
    """Do a command as the administrator."""
    return command(engine(), g.actor, *arguments, **named)


def go(endpoint, did, **values):
    """Lead the browser to a page, which says what was done."""
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for(endpoint, did=did, **values)
    return answer


def refusal(error):
    """({field: sentence}, status) of an EngineError: at a field as its command says it, under "" otherwise."""
    told = error.details.get("problems")
    if isinstance(told, dict) and told:
        return {field: sentences[0] for field, sentences in told.items()}, status_of(error)
    return {"": in_words(error)}, status_of(error)


def do(change, form, then, **told):
    """Run `change`; lead on to `then`, (endpoint, what was done, {values}), or answer with the template `form`, its fields and problems."""
    try:
        change()
    except EngineError as error:
        problems, status = refusal(error)
        return render_template(form, problems=problems, given=request.form, **clock(), **told), status
    endpoint, did, values = then
    return go(endpoint, did, **values)


def a_password():
    """Twelve letters in groups of four, to be read out over the telephone: 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
