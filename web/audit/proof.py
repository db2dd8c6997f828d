"""What proves history to a stranger: the seals, the public key, the program that verifies, and how one does it without us."""

from hashlib import sha256
from pathlib import Path

from flask import current_app, g, render_template, request

import verify_history
from api import histories
from api.access import allow
from api.looks import ON_DUTY
from api.v2.door import engine, read_key
from engine.commands.note_look import note_look
from engine.domain.errors import Invalid
from engine.store import audit_seals, seals
from web import when

PROGRAM = Path(verify_history.__file__)


def add_to(blueprint):
    """The list of seals, the instructions, and what these need."""
    blueprint.add_url_rule("/audit/seals", "audit_seals", seal_list)
    blueprint.add_url_rule("/audit/verify", "audit_verify", instructions)
    blueprint.add_url_rule("/audit/verify/verify_history.py", "audit_program", program)
    blueprint.add_url_rule("/audit/verify/public-key.txt", "audit_public_key", public_key)


@allow("auditor")
def seal_list():
    """封印: one a day, the last first."""
    note_look(engine(), g.actor, "封印目录", ON_DUTY)
    with engine().store.read() as connection:
        found, before = audit_seals.page(connection, _number("before"))
    return render_template("audit/seals.html", seals=found, before=before, key=_key(), fingerprint=seals.fingerprint(_key()))


@allow("auditor")
def instructions():
    """怎样验证: step by step, with the very commands."""
    with engine().store.read() as connection:
        last = audit_seals.last(connection)
    case = request.args.get("case")
    return render_template(
        "audit/verify.html",
        key=_key(),
        fingerprint=seals.fingerprint(_key()),
        program=sha256(PROGRAM.read_bytes()).hexdigest(),
        last=last,
        case=read_key(case, "case") if case else None,
        now=when.exact(engine().time()),
    )


@allow("auditor")
def program():
    """The program itself, byte for byte."""
    return _to_keep(PROGRAM.read_bytes(), PROGRAM.name, "text/x-python")


@allow("auditor")
def public_key():
    """64 hexadecimal digits on a line."""
    return _to_keep(f"{_key()}\n", "public-key.txt", "text/plain")


def _to_keep(content, name, mimetype):
    return current_app.response_class(content, mimetype=mimetype, headers={"Content-Disposition": f"attachment; filename={name}"})


def _key():
    return histories.public_key(current_app)


def _number(name):
    text = request.args.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid(f"Expected {name} to be the number of a seal, but found {text!r:.40}")
    return int(text)
