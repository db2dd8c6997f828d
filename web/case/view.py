"""一个案件: its diagram with the path taken, where it stands, what happened, and everything that was kept of it."""

import base64
import binascii

import orjson
from flask import g, render_template, request, url_for

from api import looks
from api.access import allow
from api.v2.door import engine, read_key
from api.v2.xml import xml_answer
from cases import (
    case_facts,
    case_path,
    case_penalties,
    case_photos,
    case_place,
    case_records,
    case_timeline,
    case_tree,
    open_paper,
)
from cases.titles import title
from engine.domain.errors import Invalid
from engine.gate.layout import drawn
from engine.store import timelines
from engine.store.search_definitions import xml
from web import when
from web.case import words
from web.inbox.view import flat
from web.layout.view import now_and_calendar

#: Papers on a page.
PAPERS = 20
#: How a process instance stands, for people.
STATES = {"ACTIVE": "办理中", "COMPLETED": "已办结", "TERMINATED": "已终止"}


def add_to(blueprint):
    """The page, and the parts of it that go on."""
    blueprint.add_url_rule("/cases/<key>", "case", page)
    for name, view in (("timeline", timeline), ("papers", papers), ("photos", photos), ("decisions", decisions), ("variables", variables)):
        blueprint.add_url_rule(f"/cases/<key>/{name}", f"case_{name}", view)
    blueprint.add_url_rule("/cases/<key>/diagram", "case_diagram", diagram)
    for name in ("said", "pairs", "concealed", "word", "mark"):
        blueprint.app_template_filter(f"case_{name}")(getattr(words, name))


@allow("signed-in")
def page(key):
    """The case of a process instance, with the diagram of this instance."""
    key = read_key(key)
    now, calendar = now_and_calendar()
    with engine().store.transaction() as transaction:
        connection = transaction.connection
        row = case_tree.seen(connection, g.actor, key)
        told = case_facts.known(connection, g.actor, {"instance_key": key, "root_key": row["root_key"]})
        case_no = told.get("case_no") if isinstance(told.get("case_no"), str) else None
        tree = case_tree.tree(connection, g.actor, row["root_key"])
        related = case_tree.related(connection, g.actor, case_no, row["root_key"])
        pairs = case_photos.pairs(connection, tree)
        own = case_tree.one(connection, g.actor, key)
        shown = {
            "told": told,
            "place": None if g.actor.is_party else case_place.status(connection, case_no),
            "hazards": case_place.hazards(connection, g.actor, case_no, _hazards_of(tree)),
            "chain": case_place.chain(connection, g.actor, case_no, told),
            "penalties": case_penalties.legs(connection, g.actor, [row["root_key"], *(each["root_key"] for each in related)]),
            "terms": case_records.deadlines(connection, g.actor, row["root_key"]),
            "open_tasks": case_records.open_tasks(engine(), transaction, g.actor, row["root_key"]),
            "callers": case_tree.callers(connection, g.actor, row),
            "path": _path(connection, row, tree),
        }
    name = title(told)
    looks.note(f"案件 {name.number or flat(own['name'])}（{key}）的案情")
    return render_template(
        "case/case.html",
        key=key,
        own=own,
        title=name,
        states=STATES,
        facts=case_facts.facts(told),
        instance_of={each["label"]: each["key"] for each in tree if each["process_id"] == "hazard_rectification"},
        tree=[each for each in tree if each["parent_key"] == key],
        related=related,
        photo_pairs=pairs,
        due={each["key"]: when.due(each["due"], now, calendar) for each in shown["open_tasks"]},
        term_said={each["at"]: when.due(each["at"], now, calendar) for each in shown["terms"]},
        now=now,
        short=when.short,
        day=when.day,
        **_timeline(row),
        **_papers(key),
        **_photos(row, pairs),
        **_decisions(row),
        **(_variables(row) if case_records.may_see_variables(g.actor) else {"variables": None}),
        **shown,
    )


def _hazards_of(tree):
    return [each["label"] for each in tree if each["process_id"] == "hazard_rectification" and each["label"]]


def _path(connection, row, tree):
    """What the diagram's script needs: the path, and of each element what it called, by its name and its address."""
    path = case_path.path(connection, g.actor, row)
    known = {str(each["key"]): each for each in tree}
    for children in path["children"].values():
        for child in children:
            named = known.get(child["key"])
            child["name"] = _named(named) if named else child["key"]
            child["state"] = STATES[child["status"]]
            child["href"] = url_for("web.case", key=child["key"])
    return path


def _named(instance):
    return " ".join(filter(None, (flat(instance["name"]), words.mark(instance["label"]))))


@allow("signed-in")
def diagram(key):
    """The diagram that the instance runs by, laid out where it was deployed without a drawing. It tells nothing of the case."""
    with engine().store.read() as connection:
        row = case_tree.seen(connection, g.actor, read_key(key))
        return xml_answer(drawn(bytes(xml(connection, row["definition_key"]))))


def _seen(key):
    """The instance of a part of its page; the look is noted, as that at the page."""
    key = read_key(key)
    with engine().store.read() as connection:
        row = case_tree.seen(connection, g.actor, key)
    looks.note(f"案件（{key}）的{_PARTS[request.endpoint]}")
    return row


_PARTS = {
    "web.case_timeline": "时间线",
    "web.case_papers": "文书目录",
    "web.case_photos": "照片",
    "web.case_decisions": "决策",
    "web.case_variables": "变量",
}


@allow("signed-in")
def timeline(key):
    """The next entries, or those of another kind of events."""
    row = _seen(key)
    return render_template("case/timeline.html", key=row["key"], short=when.short, **_timeline(row))


def _timeline(row):
    kind, after = request.args.get("kind", "steps"), request.args.get("after")
    with engine().store.transaction() as transaction:
        found, position = case_timeline.entries(engine(), transaction, g.actor, row["root_key"], kind, _position(after))
        now = engine().clock.now(transaction.cursor)
    following = position and base64.urlsafe_b64encode(orjson.dumps(position)).decode()
    kinds = {name: words_ for name, (words_, _) in case_timeline.KINDS.items()}
    return {"entries": words.by_day(found, now), "kind": kind, "kinds": kinds, "after": after, "following": following}


def _position(text):
    if text is None:
        return None
    try:
        at, chain, seq = orjson.loads(base64.urlsafe_b64decode(text))
        return str(at), int(chain), int(seq)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error


@allow("signed-in")
def papers(key):
    """The next papers."""
    row = _seen(key)
    return render_template("case/papers.html", key=row["key"], **_papers(row["key"]))


def _papers(key):
    found, start = list(reversed(open_paper.of_case(engine(), g.actor, key))), _start()
    shown = found[start : start + PAPERS]
    with engine().store.read() as connection:
        names = timelines.display_names(connection, {paper["issued_by"] for paper in shown})
    for paper in shown:
        paper["issued_by"] = names.get(paper["issued_by"], paper["issued_by"])
    return {"papers": shown, "papers_more": start + PAPERS if len(found) > start + PAPERS else None}


def _start():
    text = request.args.get("from", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


@allow("signed-in")
def photos(key):
    """The next photos that stand on neither side."""
    row = _seen(key)
    with engine().store.read() as connection:
        pairs = case_photos.pairs(connection, case_tree.tree(connection, g.actor, row["root_key"]))
    return render_template("case/photos.html", key=row["key"], **_photos(row, pairs))


def _photos(row, pairs):
    start, shown = _start(), [one["key"] for pair in pairs for one in pair["before"] + pair["after"]]
    with engine().store.read() as connection:
        found, more = case_photos.others(connection, g.actor, row["root_key"], shown, start)
    return {"photos": found, "photos_more": start + case_photos.LIMIT if more else None}


@allow("signed-in")
def decisions(key):
    """The next decisions."""
    row = _seen(key)
    return render_template("case/decisions.html", key=row["key"], **_decisions(row))


def _decisions(row):
    start, of_terms = _start(), request.args.get("terms") == "1"
    with engine().store.transaction() as transaction:
        found, more = case_records.decisions(engine(), transaction, g.actor, row["root_key"], of_terms, start)
    following = start + case_records.DECISIONS if more else None
    return {"decisions": found, "decisions_more": following, "of_terms": of_terms, "decisions_start": start}


@allow("auditor")
def variables(key):
    """The next variables."""
    row = _seen(key)
    return render_template("case/variables.html", key=row["key"], **_variables(row))


def _variables(row):
    start = _start()
    with engine().store.read() as connection:
        found, more = case_records.variables(connection, row, start)
        known = case_place.secrets(connection, g.actor, [each for one in found for each in case_records.concealed(one["value"])])
    return {"variables": found, "secrets": known, "variables_more": start + case_records.VARIABLES if more else None}
