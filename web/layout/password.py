"""修改密码: people change their own; the one that an administrator made up is only for the first sign-in."""

from flask import g, make_response, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests, Unauthorized

from api import access, sessions
from api.access import allow
from api.v2.door import engine
from engine.commands.change_account import change_account
from engine.domain.people import Actor

#: Characters of a field that are read at all.
LONGEST = 256


def add_to(blueprint):
    """The page, and what it sends."""
    blueprint.add_url_rule("/me/password", "password", page)
    blueprint.add_url_rule("/me/password", "change_password", change, methods=["POST"])


@allow("signed-in")
def page():
    """The form."""
    return render_template("layout/password.html", problems={}, shortest=access.SHORTEST)


@allow("signed-in")
def change():
    """The password is another one from now on; every other session and remembered credential of the account ends."""
    now, new, again = (request.form.get(name, "")[:LONGEST] for name in ("now", "new", "again"))
    problems = _problems(now, new, again) or _wrong(now)
    if problems:
        return render_template("layout/password_form.html", problems=problems, shortest=access.SHORTEST), 400
    username = g.actor.username
    change_account(engine(), Actor(username, g.actor.display_name), username, {"password_hash": access.hasher.hash(new)})
    sessions.sign_in(username, new)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.me", did="password")
    return answer


def _problems(now, new, again):
    found = {}
    if not now:
        found["now"] = "请填写现在的密码。"
    if len(new) < access.SHORTEST:
        found["new"] = f"新密码应不少于 {access.SHORTEST} 个字符，现在是 {len(new)} 个。"
    elif new == now:
        found["new"] = "新密码与现在的密码相同，请换一个。"
    elif again != new:
        found["again"] = "两次填写的新密码不一样，请重新填写。"
    return found


def _wrong(now):
    try:
        sessions.sign_in(g.actor.username, now)
    except Unauthorized:
        return {"now": "现在的密码不正确。"}
    except TooManyRequests:
        return {"now": "密码输错的次数过多，请十分钟后再试，或者请管理员重置。"}
    return {}
