"""The auditor's file over HTTP: the history of a case, to be proved by verify_history.py on whatever machine."""

from flask import Response, current_app, g
from flask.views import MethodView
from marshmallow import Schema, fields
from marshmallow.validate import Length

import verify_history
from api.access import allow
from api.looks import ON_DUTY
from api.v2.door import Door, engine
from engine.commands.note_export import note_export
from engine.domain.errors import NotFound
from engine.store import audit, seals, trees

blueprint = Door("histories", "The auditor's file", "/api")

JSON_LINES = "application/x-ndjson"


class WhyQuery(Schema):
    """Why it is taken."""

    reason = fields.String(load_default=ON_DUTY, validate=Length(1, 200))


@blueprint.route("/instances/<key>/history")
class HistoryFile(MethodView):
    """All entries of a case with what proves them."""

    @allow("auditor")
    @blueprint.arguments(WhyQuery, location="query")
    @blueprint.response(200, content_type=JSON_LINES)
    def get(self, query, key):
        """The history of a process instance and its children as JSON Lines, for verify_history.py; who takes it, and why, is recorded"""
        chains = chains_of(engine(), key)
        if not chains:
            raise NotFound(f"Expected a process instance with key {key}, but there is none")
        note_export(engine(), g.actor, f"流程实例 {key}", query["reason"])
        lines = exported(engine(), public_key(current_app), chains)
        name = {"Content-Disposition": f"attachment; filename={key}.jsonl"}
        return Response((f"{line}\n" for line in lines), mimetype=JSON_LINES, headers=name)


def chains_of(engine, key):
    """The keys of the chains of the case to which an instance belongs; [] where there is none."""
    with engine.store.read() as connection:
        return trees.instances_of_tree(connection, key)


def exported(engine, public_key, chains=None):
    """Yield the lines of an export of `chains`, or of the whole database, as of one moment."""
    with audit.snapshot(engine.store.engine) as connection:
        yield from audit.export_lines(connection, [public_key], chains)


def verified(app, chains):
    """The Verification of `chains` as they stand now, by the very program that checks an export, trusting our own key alone."""
    key = public_key(app)
    return verify_history.examine(exported(app.extensions["engine"], key, chains), [key])


def public_key(app):
    """The public half of the key that seals are signed with, in hexadecimal."""
    return seals.public_key(app.extensions["signing_key"])
