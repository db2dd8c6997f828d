"""稽核: what somebody did, and what happened to a case, looked for across all of history. Nothing here changes a case.

Whoever looks is written down first, auditor or administrator: without the entry there is no look (api/looks.py).
"""

from flask import g, render_template

from api.access import allow
from api.looks import ON_DUTY
from api.v2.door import engine
from cases import audit_cases, audit_entries, audit_words
from engine.commands.note_look import note_look
from engine.store import audit_search, timelines
from web import when
from web.audit import case, proof
from web.audit.asked import Asked
from web.case import words

#: Of so many of the cases that a text finds, entries are looked for.
INSIDE_OF = 100
STATES = case.STATES


def add_to(blueprint):
    """The search, and the pages of a case and of the seals."""
    blueprint.add_url_rule("/audit", "audit", page)
    case.add_to(blueprint)
    proof.add_to(blueprint)


@allow("auditor")
def page():
    """One form; the cases that a text finds, and the entries that fit, the newest first."""
    asked = Asked("web.audit")
    with engine().store.read() as connection:
        found = audit_cases.roots(connection, asked.told["q"]) if asked.told["q"] else None
        wanted = asked.wanted(connection, None if found is None else tuple(found[:INSIDE_OF]))
    note_look(engine(), g.actor, f"跨案件检索（{asked.words(wanted)}）", ON_DUTY)
    with engine().store.transaction() as transaction:
        connection = transaction.connection
        rows, position = audit_search.page(connection, wanted, asked.after)
        entries = audit_entries.told(engine(), transaction, rows)
        titled = audit_cases.listed(connection, g.actor, sorted({row["root_key"] for row in rows} - {None}))
        now = engine().clock.now(transaction.cursor)
        cases = audit_cases.listed(connection, g.actor, (found or [])[: audit_cases.LIMIT])
        accounts = audit_search.names(connection)
        named = timelines.display_names(connection, wanted.actors or ())
    return render_template(
        "audit/search.html",
        asked=asked,
        groups=audit_words.groups(),
        days=words.by_day(entries, now),
        case_of={one["key"]: one for one in titled},
        cases=cases,
        found=found,
        whom=[f"{named[one]}（{one}）" if one in named else one for one in wanted.actors or ()],
        inside_of=INSIDE_OF,
        most=audit_cases.MOST,
        accounts=accounts,
        following=position and asked.behind(position),
        states=STATES,
        day=when.day,
    )
