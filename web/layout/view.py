"""What every page has: who is signed in, where they can go, how they leave; and the page about themselves."""

from dataclasses import dataclass

from flask import current_app, g, make_response, redirect, render_template, request, session, url_for
from flask_wtf.csrf import generate_csrf

from api.access import RULES, allow
from api.sessions import act_for
from cases import report_starts
from engine.domain.people import ADMINISTRATOR, AUDITOR, DESIGNER, INTEGRATION, ZONE
from engine.store import deputies, timelines
from web import when


@dataclass(frozen=True, slots=True)
class Place:
    """A page that everybody finds in the bar. `rule`: who (a name of api.access.RULES); `phone`: it stands in a telephone's bar too.

    `may`: who of those, where a diagram says it: a function of the actor.
    """

    endpoint: str
    name: str
    rule: str = "signed-in"
    phone: bool = False
    may: object = None


#: In the order of the bar.
PLACES = (
    Place("web.inbox", "待办", phone=True),
    Place("web.report", "上报", phone=True, may=lambda actor: report_starts.startable(current_app.extensions["engine"], actor)),
    Place("web.ledger", "台账", phone=True),
    Place("web.audit", "稽核", "auditor", phone=True),
    Place("web.designer", "流程设计", "designer", phone=True),
    Place("web.admin", "管理", "administrator", phone=True),
)

#: Roles that are rights, not queues.
RIGHTS = (ADMINISTRATOR, AUDITOR, DESIGNER, INTEGRATION)


def add_to(blueprint):
    """The front door, the page about oneself, and leaving."""
    blueprint.add_url_rule("/", "front", front)
    blueprint.add_url_rule("/me", "me", me)
    blueprint.add_url_rule("/me/principal", "act_for", change_principal, methods=["POST"])
    blueprint.add_url_rule("/logout", "logout", leave, methods=["POST"])


def install(app):
    """What templates may ask for."""
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.add_template_filter(when.exact, "exact")
    app.context_processor(_known)


def _known():
    actor = g.get("actor")
    return {
        "actor": actor,
        "posts": posts(actor) if actor else [],
        "principal": _name(actor.behalf_of) if actor and actor.behalf_of else None,
        "bar_places": bar_places,
        "csrf_token": generate_csrf if actor else lambda: "",
        "here": request.endpoint,
    }


def bar_places():
    """The pages that whoever is signed in finds in the bar."""
    actor = g.get("actor")
    if "places" not in g:
        g.places = [place for place in PLACES if RULES[place.rule](actor) and (place.may is None or place.may(actor))]
    return g.places


def posts(actor):
    """What somebody is, for people: ["复查组（城管中队）"]; a role that is held in a unit stands with it."""
    held = sorted(group.partition("@") for group in actor.groups if "@" in group)
    with_unit = {role for role, _, _ in held}
    named = [role if role == unit else f"{role}（{unit}）" for role, _, unit in held]
    return named + sorted(group for group in actor.groups if "@" not in group and group not in with_unit)


@allow("signed-in")
def front():
    """Whoever opens the address finds their work: who holds no case role, what they look after."""
    own = [place.endpoint for place in bar_places() if place.rule in ("auditor", "designer")]
    return redirect(url_for(own[0] if own and g.actor.only_watches else "web.inbox"))


@allow("signed-in")
def me():
    """我的: who one is here."""
    with current_app.extensions["engine"].store.transaction() as transaction:
        today = current_app.extensions["engine"].clock.now(transaction.cursor).astimezone(ZONE).date()
        found = deputies.read(transaction.fetch(deputies.OF, username=g.actor.username, day=today))
        names = timelines.display_names(transaction.connection, {name for one in found for name in (one["principal"], one["deputy"])})
    told = [{**one, "name": names.get(one["principal"], one["principal"])} for one in found if one["deputy"] == g.actor.username]
    given = [{**one, "name": names.get(one["deputy"], one["deputy"])} for one in found if one["principal"] == g.actor.username]
    return render_template("layout/me.html", acting=told, given=given, today=today, day=when.day)


def _name(username):
    with current_app.extensions["engine"].store.read() as connection:
        return timelines.display_names(connection, [username]).get(username, username)


@allow("signed-in")
def change_principal():
    """代…办理, or as oneself again where nobody is named."""
    act_for(request.form.get("principal") or None)
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.inbox")
    return answer


@allow("signed-in")
def leave():
    """退出."""
    session.clear()
    answer = make_response("", 204)
    answer.headers["HX-Redirect"] = url_for("web.login")
    return answer


def now_and_calendar():
    """(the engine's time, the calendar of working days in force)."""
    engine = current_app.extensions["engine"]
    with engine.store.transaction() as transaction:
        return engine.clock.now(transaction.cursor), engine.calendars.current(transaction.cursor)
