"""流程设计: what the town works by — processes, decisions, forms — with versions, drafts and who may publish; and new ones."""

import re

from flask import g, make_response, render_template, request

from api import designs_read
from api.access import allow
from api.v2.door import engine
from engine.commands.drawn import CALLED, ID
from engine.commands.save_design import save_design
from engine.domain.errors import Conflict, Invalid
from engine.store import designs
from web import when
from web.designer.blank import DEFINITIONS, blank
from web.errors.words import in_words, status_of

#: What a name may be: it stands in a diagram's pool and over a form.
NAME = re.compile(r"[^\x00-\x1f\x7f]{1,60}")
#: kind -> what its id is to whoever draws a diagram
CALLED_BY = {"process": "流程标识", "decision": "决策标识", "form": "表单标识"}


def add_to(blueprint):
    """The list, new designs, and the versions of one."""
    blueprint.add_url_rule("/designer", "designer", page)
    blueprint.add_url_rule("/designer", "designer_new", create, methods=["POST"])
    blueprint.add_url_rule("/designer/<kind>/<id>/versions", "design_versions", versions)


@allow("designer")
def page():
    """The drafts, then everything of one kind."""
    kind = request.args.get("kind")
    kind = kind if kind in CALLED else "process"
    found = designs_read.listed(engine(), g.actor)
    folders = {_folder(one): one["name"] for one in found if one["kind"] == "process"}
    return render_template(
        "designer/list.html",
        kinds=CALLED,
        kind=kind,
        counts={each: sum(one["kind"] == each for one in found) for each in CALLED},
        designs=[{**one, "belongs": folders.get(_folder(one))} for one in found if one["kind"] == kind],
        drafts=[one for one in found if one["draft"]],
        short=_short,
        given={"kind": kind, "id": "", "name": ""},
        wrong={},
    )


def _folder(one):
    """The folder of a bundled file: forms and decisions of a process lie in one of the same name."""
    parts = one["resource"].split("/")
    return parts[1] if len(parts) > 2 else None


def _short(at):
    return when.short(at, engine().time())


@allow("designer")
def create():
    """新建: the first draft, from a blank file. Answers where it is drawn, or the fields with what is wrong."""
    given = {name: request.form.get(name, "").strip() for name in ("kind", "id", "name")}
    wrong = _wrong(given)
    if not wrong:
        id, content = blank(**given)
        try:
            save_design(engine(), g.actor, given["kind"], id, content)
        except Conflict:
            wrong = {"id": f"已经有标识为“{given['id']}”的{CALLED[given['kind']]}草稿。"}
        except Invalid as error:
            return _fields(given, {"id": in_words(error)}, status_of(error))
        else:
            answer = make_response("", 204)
            answer.headers["HX-Redirect"] = f"/designer/{given['kind']}/{id}"
            return answer
    return _fields(given, wrong, 400)


def _fields(given, wrong, status):
    return render_template("designer/new.html", kinds=CALLED, given=given, wrong=wrong), status


def _wrong(given):
    """{field: what is wrong with it}."""
    wrong = {}
    if given["kind"] not in CALLED:
        wrong["kind"] = "请选择流程、决策或者表单。"
    if not NAME.fullmatch(given["name"]):
        wrong["name"] = "请填写名称，不超过 60 字。"
    if not ID.fullmatch(given["id"]) or len(given["id"]) > 60:
        wrong["id"] = "标识须以字母或汉字开头，只含文字、数字、“-”“_”“.”，不超过 60 字。"
    if not wrong and (taken := _taken(**given)):
        wrong["id"] = f"标识“{given['id']}”已由{taken}使用，请另取一个。"
    return wrong


def _taken(kind, id, name):
    """By what an id is used already; None if it is free."""
    with engine().store.transaction() as transaction:
        if kind == "decision" and (found := transaction.fetch(designs.REQUIREMENTS_OF, id=id)):
            return f"决策文件“{found[0]['requirements_id']}”"
        full = id + DEFINITIONS if kind == "decision" else id
        found = transaction.fetch(designs.LIVE[kind], id=full) or transaction.fetch(designs.FIND, kind=kind, id=full)
    return f"现有的{CALLED[kind]}" if found else None


@allow("designer")
def versions(kind, id):
    """All versions of a design: when each came, who drew it, who published it, how many cases still run on it."""
    told, _ = designs_read.one(engine(), g.actor, kind, id)
    return render_template("designer/versions.html", one=told, kinds=CALLED, called_by=CALLED_BY, short=_short, exact=when.exact)
