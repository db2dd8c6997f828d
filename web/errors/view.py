"""Errors as pages: what happened, and where to go from here. Doors, and whoever is no browser, are answered with problem+json."""

from urllib.parse import urlsplit

from flask import current_app, g, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from api import access
from engine.domain.errors import EngineError
from web.errors.words import in_words, status_of

#: status -> (what happened, what to do)
SAID = {
    400: ("请求不完整", "地址或提交的内容有误，什么也没有改变。"),
    403: ("您不能看这一页", "您的角色没有这项权限。需要权限的，请联系管理员。"),
    404: ("没有这一页", "地址可能输错了，或者内容已经不在。"),
    405: ("没有这一页", "地址可能输错了。"),
    409: ("有人抢先一步", "情况已经变化，请刷新后再看。"),
    413: ("内容过大", "提交的内容超过了允许的大小。"),
    429: ("操作过于频繁", "请过几分钟再试。"),
    500: ("出了故障", "服务器出了故障，已经记录下来。您的操作可能没有完成，请刷新后核对。"),
    503: ("系统正忙", "您的操作没有完成，什么也没有改变。请过几秒再试。"),
}
#: rule of a page -> who holds it, for people; `api.access.RULES`
WHO_MAY = {"auditor": "审计人员和管理员", "designer": "流程设计人员和管理员", "administrator": "管理员"}
_DOORS = ("/v2", "/api", "/assets")


def install(app):
    """Let pages be answered by pages; whatever else, and whoever else, as before."""
    for kind, answer in list(app.error_handler_spec[None][None].items()):
        app.register_error_handler(kind, _or_page(answer))


def _or_page(answer):
    def handle(error):
        problem = answer(error)
        if problem.status_code == 401 and _is_visit():
            return _to_sign_in()
        return problem if not is_page() else _page(error, problem)

    return handle


def is_page():
    """Does a browser ask for a page, or for a part of one?"""
    return not _is_of_a_door() and "text/html" in request.headers.get("Accept", "")


def _is_visit():
    """Does somebody come to the address of a page, with whatever takes HTML? A page's own script says that it does not navigate."""
    by_hand = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and "X-Requested-With" not in request.headers
    return request.method == "GET" and by_hand and not _is_of_a_door() and request.accept_mimetypes.accept_html


def _is_of_a_door():
    return any(request.path == door or request.path.startswith(door + "/") for door in _DOORS)


def _page(error, problem):
    status = problem.status_code
    if status == 401:
        return _to_sign_in()
    title, advice = SAID.get(status, SAID[500 if status >= 500 else 400])
    if isinstance(error, EngineError):
        status, advice = status_of(error), in_words(error)
    elif not isinstance(error, HTTPException):
        status = 500
    elif "to be a deputy of" in (error.description or ""):
        title, advice = "代理已经结束", "您不再代别人办理。从现在起您以本人身份办理，请回到待办重新进入。"
    elif status == 403 and (who := _who_may()):
        advice = f"只有{who}可以看，您（{g.actor.display_name}）不在其中。需要权限的，请联系管理员。"
    if request.headers.get("HX-Request"):
        return _said(advice, status)
    answer = make_response(render_template("errors/error.html", title=title, advice=advice, status=status, **_who()), status)
    if "Retry-After" in problem.headers:
        answer.headers["Retry-After"] = problem.headers["Retry-After"]
    return answer


def _who_may():
    """Who holds the rule of the page that was asked for, where whoever asks does not; else None."""
    rule = access.rule_of(current_app, request.endpoint, request.method) if request.endpoint and g.get("actor") else None
    return WHO_MAY.get(rule) if rule and not access.RULES[rule](g.actor) else None


def _to_sign_in():
    if request.headers.get("HX-Request"):
        answer = make_response("", 401)
        answer.headers["HX-Redirect"] = url_for("web.login", next=_current())
        return answer
    return redirect(url_for("web.login", next=request.full_path.rstrip("?") if request.method == "GET" else None))


def _current():
    there = urlsplit(request.headers.get("HX-Current-URL", ""))
    return there.path + ("?" + there.query if there.query else "")


def _said(advice, status):
    """For a part of a page: the page's own line says it, and the part stays as it is."""
    answer = make_response(render_template("errors/said.html", advice=advice), status)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#notice", "innerHTML"
    return answer


def _who():
    """Who sees the page, also where no view was found that asked for it."""
    if "actor" not in g:
        try:
            g.actor = access.identify()
        except HTTPException:
            g.actor = None
    return {"actor": g.actor}
