"""登录: a session for a browser, as api/sessions.py makes it, asked for by a page."""

from urllib.parse import urlsplit

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized

from api import access, sessions
from api.access import allow
from engine.store.sign_ins import WITHIN

#: Longer is nobody's name or password.
LONGEST = 256


def add_to(blueprint):
    """The page, and what it sends."""
    blueprint.add_url_rule("/login", "login", login, methods=["GET", "POST"])


@allow("public")
def login():
    """Show the form; or sign in, and go on to where one wanted to be."""
    then = inside(request.values.get("next", ""))
    if request.method == "GET":
        return redirect(then) if access.by_session() else _form(then)
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forbidden("Expected the sign-in to come from this site's own page, but it came from another one")
    username, password = (request.form.get(name, "")[:LONGEST] for name in ("username", "password"))
    username = username.strip()
    if not username or not password:
        return _form(then, username, "请填写用户名和密码。", 400)
    try:
        sessions.sign_in(username.replace("\x00", ""), password)
    except Unauthorized:
        return _form(then, username, "用户名或密码不正确，请核对后再试。", 401)
    except TooManyRequests:
        minutes = round(WITHIN.total_seconds() / 60)
        return _form(then, username, f"这个账号登录失败的次数过多，{minutes} 分钟内不能登录。忘记密码的，请联系管理员。", 429)
    return redirect(then)


def inside(path):
    """A path of this site that one may be sent on to; the front door for anything else."""
    split = urlsplit(path)
    is_ours = path.startswith("/") and not path.startswith(("//", "/\\", "/login", "/logout")) and not split.netloc and path.isprintable()
    return path if is_ours else url_for("web.front")


def _form(then, username="", problem=None, status=200):
    demo = current_app.config["BIHUAN"].demo
    return render_template("login/login.html", then=then, username=username, problem=problem, demo=demo), status
