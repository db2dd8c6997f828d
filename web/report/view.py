"""隐患上报: a find, told on a telephone within a minute, with photo and position; and where it goes from there."""

import secrets
from pathlib import Path

from flask import current_app, g, make_response, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from api import looks
from api.access import allow
from api.v2.door import ask, engine, read_key
from cases import case_facts, case_records, case_tree, report_near, report_starts, report_told
from cases.hazards import CATEGORIES
from cases.report_find import report_find
from engine.commands.start_instance import start_instance
from engine.content.inspect import inspected
from engine.content.kinds import BY_TYPE, SIZE, Unfit
from engine.domain.errors import EngineError, Invalid, NotFound, NotPermitted
from engine.store.files import Files
from web import when
from web.errors.words import in_words, status_of
from web.layout.view import now_and_calendar

#: What is met most on a walk stands first; the others open below.
FIRST = ("H09", "H11", "H07", "H12", "H10", "H04", "H06", "H03")
#: Bytes of a body: the photos, and the texts beside them.
BODY = report_told.TOGETHER + 1024 * 1024
#: What stands between the page and the network, as browsers are given it.
WORKER = Path(__file__).with_name("worker.js").read_bytes()


def add_to(blueprint):
    """The page, what it sends, and where it goes."""
    blueprint.add_url_rule("/report", "report", page)
    blueprint.add_url_rule("/report", "report_send", send, methods=["POST"])
    blueprint.add_url_rule("/report/shell", "report_shell", shell)
    blueprint.add_url_rule("/report/worker.js", "report_worker", worker)
    blueprint.add_url_rule("/report/near", "report_near", near)
    blueprint.add_url_rule("/report/public", "report_public", public, methods=["POST"])
    blueprint.add_url_rule("/report/<key>", "report_sent", sent)


def _expect(process_id=None):
    found = report_starts.startable(engine(), g.actor)
    if not found or (process_id and process_id not in found):
        groups = report_starts.starters(engine())
        raise NotPermitted(f"Expected a member of {', '.join(groups)} to report, but {g.actor.username} is not one", groups=groups)
    return found


@allow("signed-in")
def page():
    """The form."""
    found = _expect()
    return _form(report_starts.FIND in found, report_starts.PUBLIC in found, once=secrets.token_urlsafe(16))


@allow("signed-in")
def shell():
    """The form as browsers keep it for when there is no network: without the session's token, and without what needs a network."""
    _expect(report_starts.FIND)
    return _form(True, False, kept=True, csrf_token=lambda: "")


@allow("public")
def worker():
    """The script that opens the kept form where there is no network. May answer for /report, and load nothing from elsewhere."""
    answer = current_app.response_class(WORKER, mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = url_for("web.report")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return answer


def _form(finds, public, **more):
    return render_template(
        "report/report.html",
        finds=finds,
        public=public,
        first={code: CATEGORIES[code] for code in FIRST},
        others={code: name for code, name in CATEGORIES.items() if code not in FIRST},
        units=report_starts.units(engine(), g.actor),
        told=report_told,
        size=SIZE,
        **more,
    )


@allow("signed-in")
def send():
    """One find, once for each Idempotency-Key. Answers 201 {"at", "number"}, or what is wrong: {"sentence", "problems" {field: [...]}}."""
    request.max_content_length = BODY
    try:
        _expect(report_starts.FIND)
        told, photos = _read()
        for photo in photos:
            _kept().keep(photo.pop("content"))
        done = ask(report_find, told, photos)
    except EngineError as error:
        return {"sentence": in_words(error), "problems": error.details.get("problems", {})}, status_of(error)
    except RequestEntityTooLarge:
        limit = report_told.TOGETHER // 1024 // 1024
        return {"sentence": "照片过大。", "problems": {"photos": [f"照片合计不超过 {limit} MB，请减少几张再发。"]}}, 413
    return {"at": url_for("web.report_sent", key=done["key"]), "number": done["number"]}, 201


def _read():
    """(what was told, [facts of the photos, each with its "content"]). Raises Invalid with all that is wrong, by field."""
    photos, wrong = _photos()
    try:
        told = report_told.read(request.form, report_starts.units(engine(), g.actor))
    except Invalid as error:
        error.details["problems"] |= wrong
        raise
    if wrong:
        raise Invalid("Expected photos of what was found, but found others or none", problems=wrong)
    return told, photos


def _photos():
    """([facts], {"photos": [sentence]} of what is wrong with them)."""
    found, wrong = [], []
    files = request.files.getlist("photos")
    if not 0 < len(files) <= report_told.PHOTOS:
        said = f"最多 {report_told.PHOTOS} 张照片，现有 {len(files)} 张。" if files else "请至少拍一张现场照片。"
        return [], {"photos": [said]}
    for file in files:
        name = (file.filename or "未命名")[:40]
        content = file.read(SIZE + 1)
        try:
            facts = inspected(file.filename or "", content)
        except Unfit as unfit:
            wrong.append(f"「{name}」{str(unfit).partition('：只收')[0]}，请移除后另拍一张。")
            continue
        if not BY_TYPE[facts["type"]].is_image:
            wrong.append(f"「{name}」不是照片，请移除后另拍一张。")
        found.append({**facts, "content": content})
    return found, {"photos": wrong} if wrong else {}


def _kept():
    return Files(current_app.config["BIHUAN"].data_dir / "files")


@allow("signed-in")
def near():
    """What of the ledger is there already, as a part of the page."""
    _expect(report_starts.FIND)
    try:
        position = report_told.position(request.args)
    except ValueError:
        position = None
    village = request.args.get("village")
    address = report_told.plain(request.args.get("address", ""))[: report_told.ADDRESS]
    with engine().store.read() as connection:
        found = report_near.near(connection, g.actor, position, address, village and report_told.plain(village)[:60])
    return render_template("report/near.html", found=found)


@allow("signed-in")
def sent(key):
    """A find that has arrived: its number, and where it is now."""
    key = read_key(key)
    with engine().store.transaction() as transaction:
        connection = transaction.connection
        row = case_tree.seen(connection, g.actor, key)
        told = case_facts.known(connection, g.actor, {"instance_key": key, "root_key": row["root_key"]})
        tasks = case_records.open_tasks(engine(), transaction, g.actor, row["root_key"])
    reported = told.get("reported") if isinstance(told.get("reported"), dict) else {}
    if not isinstance(reported.get("number"), str):
        raise NotFound(f"Expected process instance {key} to begin with a report, but it does not")
    looks.note(f"上报 {reported['number']}（{key}）")
    now, _ = now_and_calendar()
    return render_template(
        "report/sent.html",
        key=key,
        number=reported["number"],
        facts=case_facts.facts(told),
        tasks=tasks,
        mine=next((task for task in tasks if not task["who"] and g.actor.groups.intersection(task["groups"])), None),
        arrived=when.short(row["started"], now),
        settled=told.get("settled"),
        position=_position(reported.get("position")),
        severe=_grade(told) == "重大",
        photos=[one["key"] for one in told.get("photos") or () if isinstance(one, dict) and isinstance(one.get("key"), str)],
        again=report_starts.FIND in report_starts.startable(engine(), g.actor),
    )


def _position(found):
    return f"{found['lng']}, {found['lat']}（误差约 {found['accuracy']} 米）" if isinstance(found, dict) else None


def _grade(told):
    hazards = told.get("hazards")
    return hazards[0].get("grade") if isinstance(hazards, list) and hazards and isinstance(hazards[0], dict) else None


@allow("signed-in")
def public():
    """What the public reported is written down at its desk: a new task, which is opened at once."""
    _expect(report_starts.PUBLIC)
    begun = ask(start_instance, process_id=report_starts.PUBLIC)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.task", key=begun["opened"][0]["key"])
    return answer
