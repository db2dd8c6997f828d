"""一件任务: its form with the facts of the case beside it; to be filled in, handed in, and confirmed by the second officer."""

import orjson
from flask import current_app, g, make_response, render_template, request, url_for

from api import looks
from api.access import allow
from api.v2.door import engine, read_key
from cases import case_facts, holders, inbox, paper_page, preview_paper
from engine import queues
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.domain import values
from engine.domain.errors import EngineError, Invalid, WrongState
from engine.store import search
from engine.store.search_definitions import FORMS
from engine.store.search_pages import Page
from engine.store.search_variables import seen_by_task
from forms.places import merged
from web import when
from web.errors.words import in_words, status_of
from web.inbox.view import flat, shown
from web.layout.view import now_and_calendar


def add_to(blueprint):
    """The page, and what is handed in on it."""
    blueprint.add_url_rule("/tasks/<key>", "task", page)
    for name, view in (("complete", complete), ("confirm", confirm), ("decline", decline)):
        blueprint.add_url_rule(f"/tasks/<key>/{name}", f"task_{name}", view, methods=["POST"])
    blueprint.add_url_rule("/tasks/<key>/papers/preview", "task_preview", preview, methods=["POST"])


@allow("signed-in")
def page(key):
    """One task."""
    key = read_key(key)
    row = inbox.one(engine(), g.actor, key)
    looks.note(f"任务 {flat(row['name'])}（{key}）的案情")
    now, calendar = now_and_calendar()
    task = shown(row, now, calendar)
    told = _case(row)
    taken = holders.taken(engine(), row) if task["state"] in ("held", "to confirm") else None
    return render_template(
        "task/task.html",
        task=task,
        **told,
        taken=taken and {"name": taken[0], "at": when.short(taken[1], now)},
        over=in_words_of_end(row) if task["state"] == "over" else None,
        steps=[{**step, "said": when.short(step["at"], now)} for step in holders.steps(engine(), g.actor, row["root_key"])],
        form=_form(row, task, told["told"]),
    )


def in_words_of_end(row):
    """Who has done what is over."""
    return in_words(WrongState("Expected it to be open, but it is over"), row)


def _case(row):
    with engine().store.transaction() as transaction:
        connection = transaction.connection
        told = case_facts.known(connection, g.actor, row)
        definition = engine().definition(transaction, row["definition_key"]).definition
        element = definition.elements[row["element_id"]]
        expression = next((computed.text for name, computed, _ in element.work.computed if name == "due"), None)
        return {
            "told": told,
            "facts": case_facts.facts(told),
            "parties": case_facts.parties(told),
            "hazards": case_facts.hazards(connection, g.actor, told),
            "photos": case_facts.photos(connection, g.actor, row),
            "papers": case_facts.papers(connection, g.actor, row),
            "derivation": row["due"] and case_facts.derivation(row["due"], expression, told),
            "documentation": element.documentation,
            "previews": preview_paper.follows(definition, element.id),
        }


def _form(row, task, told):
    """What the island in the page needs: the schema, its values, the draft; None for a task without a form."""
    if row["form_key"] is None:
        return None
    with engine().store.read() as connection:
        found = search.get(connection, FORMS, g.actor, row["form_key"])
        spec = seen_by_task(row["root_key"], row["instance_key"], row["number"], effective=True)
        seen = search.search(connection, spec, g.actor, page=Page(0, 10_000)).items
    known = case_facts.without_what_is_apart({one["name"]: values.read(one["value"]) for one in seen})
    draft, entered = {"revision": 0, "saved": None}, {}
    if task["state"] in ("mine", "free"):
        draft = queues.draft(engine(), g.actor, row["key"])
        entered = draft["values"]
    elif row["pending"] is not None:
        entered = case_facts.without_what_is_apart(values.read(row["pending"]))
    return {
        "task": str(row["key"]),
        "schema": orjson.loads(bytes(found["schema"])),
        "values": merged(known, entered),
        "editable": task["state"] == "mine",
        "revision": draft["revision"],
        "saved": draft["saved"] and when.short(draft["saved"], engine().time()),
        "submit": url_for("web.task_complete", key=row["key"]),
        "done": url_for("web.inbox", done=row["key"]),
    }


@allow("signed-in")
def complete(key):
    """提交. Answers 204, or what is wrong: {"sentence", "problems" {field: [sentence]}}."""
    key, variables = read_key(key), _sent()
    try:
        complete_task(engine(), g.actor, key, variables, idempotency_key=request.headers.get("Idempotency-Key"))
    except EngineError as error:
        return _wrong(key, error)
    return "", 204


@allow("signed-in")
def preview(key):
    """预览文书: the papers that would be issued, as a part of a page; or what is wrong, as `complete` says it."""
    key = read_key(key)
    inbox.one(engine(), g.actor, key)  # who may not see the task is told so, whatever was sent
    variables = _sent()
    try:
        found = preview_paper.preview(engine(), g.actor, key, variables)
    except EngineError as error:
        return _wrong(key, error)
    return render_template("task/preview.html", papers=[(kind, paper_page.page(content)) for kind, content in found])


def _sent():
    try:
        given = current_app.json.loads(request.get_data())
    except ValueError as error:
        raise Invalid("Expected a body of well-formed JSON, but found none") from error
    variables = given.get("variables") if isinstance(given, dict) else None
    if not isinstance(variables, dict):
        raise Invalid("Expected an object of variables, but found none")
    return variables


def _wrong(key, error):
    sentence = in_words(error, inbox.one(engine(), g.actor, key))
    return {"sentence": sentence, "problems": error.details.get("problems", {})}, status_of(error)


@allow("signed-in")
def confirm(key):
    """确认, as another officer."""
    return _done(read_key(key), lambda key: confirm_task(engine(), g.actor, key))


@allow("signed-in")
def decline(key):
    """不予确认: back to whoever filed it."""
    return _done(read_key(key), lambda key: decline_task(engine(), g.actor, key, request.form.get("reason", "")))


def _done(key, change):
    try:
        change(key)
    except EngineError as error:
        missing = error.details.get("problems", {}).get("reason")
        said = f"{missing[0]}。" if missing else in_words(error, inbox.one(engine(), g.actor, key))
        return render_template("inbox/refused.html", message=said), status_of(error)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.inbox", done=key)
    return answer
