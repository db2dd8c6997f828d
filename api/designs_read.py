"""Designs as the doors and the pages of the designer tell them: names for people, who may publish, what differs from what comes with us."""

import functools
import hashlib

import orjson

from api.json import moment
from engine.commands.drawn import heading
from engine.domain.errors import NotFound
from engine.gate.layout import drawn
from engine.store import designs, timelines

#: What is kept of forms' names: the hash of a file is its name here too, so nothing in it grows old.
NAMES = 1000


@functools.cache
def bundled():
    """{name of a file that comes with the product: its SHA-256}."""
    from api.prepare import bundle  # it brings the accounts of a demonstration with it

    return {resource.name: sha256(resource.content) for resource in bundle()}


def sha256(content):
    """As resources are known by."""
    return hashlib.sha256(content).hexdigest()


def listed(engine, actor):
    """All designs, processes first, by the name of their file."""
    with engine.store.read() as connection:
        found, drafts, running = designs.versions(connection), designs.all_drafts(connection), designs.running(connection)
        people = People(connection, drafts.values())
        keys = sorted({*found, *drafts}, key=lambda key: _place(key, found, drafts))
        return [_told(connection, key, found.get(key, []), drafts.get(key), running, people, actor) for key in keys]


def _place(key, found, drafts):
    kind, id = key
    return list(designs.KINDS).index(kind), found[key][0]["resource"] if key in found else drafts[key]["resource"], id


def one(engine, actor, kind, id, version=None):
    """(a design with all its versions and its draft, the bytes of the version asked for or None). Raises NotFound."""
    with engine.store.read() as connection:
        found = designs.versions(connection, kind, id).get((kind, id), []) if kind in designs.KINDS else []
        draft = designs.draft(connection, kind, id)
        chosen = next((row for row in found if version in (None, row["version"])), None)
        if not (chosen or (draft and version is None)):
            which = f"version {version} of " if version is not None else ""
            raise NotFound(f"Expected {which}{kind} {id!r:.120} to be deployed or drawn, but it is not")
        per_key = designs.running_versions(connection, id) if kind == "process" and found else {}
        people = People(connection, [draft] if draft else [], found)
        told = _told(connection, (kind, id), found, draft, {id: sum(per_key.values())}, people, actor)
        if draft:
            told["draft"]["content"] = draft["content"]
        told["versions"] = [_version(row, per_key, people, row["resource"] in bundled()) for row in found]
        told["shown"] = chosen and chosen["version"]
        return told, chosen and designs.content(connection, chosen["resource_key"])


def with_drawing(kind, content):
    """What is to be drawn on or looked at: the text of a diagram that has no drawing with one; any other as it is."""
    if kind != "process":
        return content
    given = content.encode()
    made = drawn(given)
    return content if made is given else made.decode()


def text(content):
    """The text of a file: UTF-8, or UTF-16 with its byte order mark, as the gate reads it."""
    return content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")


class People:
    """The names of everybody who drew, and of those who may publish."""

    def __init__(self, connection, drafts, versions=()):
        self.publishers = designs.publishers(connection)
        usernames = {one["author"] for one in drafts} | {name for one in drafts for name in orjson.loads(one["authors"])}
        usernames |= {row["actor"] for row in versions} | {name for row in versions for name in orjson.loads(row["authors"] or "[]")}
        self.names = {"system": "系统"} | timelines.display_names(connection, usernames) | self.publishers

    def person(self, username):
        """{"username", "name"}."""
        return {"username": username, "name": self.names.get(username, username)}


def _told(connection, key, found, draft, running, people, actor):
    kind, id = key
    live = found[0] if found else None
    name = (live or draft)["name"]
    if kind == "form" and live:
        name = _form_name(connection, live)
    file = next((row["resource"] for row in found if row["resource"] in bundled()), None)
    return {
        "kind": kind,
        "id": id,
        "name": name or id,
        "resource": (live or draft)["resource"],
        "version": live and live["version"],
        "running": running.get(id, 0) if kind == "process" else 0,
        "bundled": live["hash"] == bundled()[file] if file else None,
        "draft": draft and _draft(draft, people, actor),
    }


def _draft(row, people, actor):
    authors = orjson.loads(row["authors"])
    may = [username for username in people.publishers if username not in authors]
    return {
        **{name: row[name] for name in ("etag", "author", "base_version", "errors")},
        "author_name": people.person(row["author"])["name"],
        "saved_at": moment(row["saved"]),
        "saved": row["saved"],
        "authors": [people.person(username) for username in authors],
        "may_publish": actor.username not in authors,
        "publishers": [people.person(username) for username in may],
    }


def _version(row, per_key, people, has_file):
    return {
        "version": row["version"],
        "deployed_at": moment(row["deployed"]),
        "deployed": row["deployed"],
        "by": row["actor"],
        "by_name": people.person(row["actor"])["name"],
        "authors": row["authors"] and [people.person(username) for username in orjson.loads(row["authors"])],
        "running": per_key.get(row["key"], 0),
        "bundled": row["hash"] == bundled()[row["resource"]] if has_file else None,
    }


_form_names = {}


def _form_name(connection, row):
    """What stands over a form; its row has no name, so the file is read, once."""
    if row["hash"] not in _form_names:
        if len(_form_names) >= NAMES:
            _form_names.clear()
        _form_names[row["hash"]] = heading(text(designs.content(connection, row["resource_key"])))
    return _form_names[row["hash"]]
