"""A case before an auditor: its chains with the seals over them, every entry of its history, and the way to take both along."""

from datetime import date

from flask import current_app, g, render_template

from api import histories
from api.access import allow
from api.looks import ON_DUTY
from api.v2.door import engine, read_key
from cases import audit_cases, audit_chains, audit_entries, audit_words
from engine.commands.note_look import note_look
from engine.store import audit_seals, audit_search, trees
from web import when
from web.audit.asked import Asked
from web.case import words

#: How a process instance stands, for people.
STATES = {"ACTIVE": "办理中", "COMPLETED": "已办结", "TERMINATED": "已终止"}


def add_to(blueprint):
    """The page, and the verification that its button asks for."""
    blueprint.add_url_rule("/audit/cases/<key>", "audit_case", page)
    blueprint.add_url_rule("/audit/cases/<key>/verification", "audit_verification", verification)


@allow("auditor")
def page(key):
    """The whole case of a process instance."""
    key, (root, case) = read_key(key), _case(key)
    asked = Asked("web.audit_case", key=root)
    note_look(engine(), g.actor, f"案件 {_named(case)}（{root}）的历史", ON_DUTY)
    with engine().store.transaction() as transaction:
        connection, now = transaction.connection, engine().clock.now(transaction.cursor)
        rows, position = audit_search.page(connection, asked.wanted(connection, (root,)), asked.after)
        entries = audit_entries.told(engine(), transaction, rows)
        elsewhere = []
        if asked.kind == "looks" and asked.after is None:
            elsewhere = audit_search.looks_at(connection, trees.instances_of_tree(connection, root))
            elsewhere = audit_entries.told(engine(), transaction, elsewhere)
        shown = {"elements": _elements(transaction, root), "accounts": audit_search.names(connection)}
    return render_template(
        "audit/case.html",
        key=root,
        case=case,
        named=_named(case),
        asked=asked,
        groups=audit_words.groups(),
        days=words.by_day(entries, now),
        elsewhere=words.by_day(elsewhere, now),
        following=position and asked.behind(position),
        states=STATES,
        day=when.day,
        **_picture(root, at_once=True),
        **shown,
    )


@allow("auditor")
def verification(key):
    """The chains verified as they stand now, by the program that a stranger would use."""
    root, case = _case(read_key(key))
    note_look(engine(), g.actor, f"案件 {_named(case)}（{root}）的链和封印（核验）", ON_DUTY)
    return render_template("audit/chains.html", key=root, **_picture(root))


def _case(key):
    with engine().store.read() as connection:
        root = audit_cases.root_of(connection, key)
        (case,) = audit_cases.listed(connection, g.actor, [root])
    return root, case


def _named(case):
    return case["title"].number or "".join((case["name"] or "").split("\n"))


def _picture(root, at_once=False):
    """The chains in words and as a picture; verified where they are few enough for a page, `at_once`: few enough not to be asked."""
    with engine().store.transaction() as transaction:
        chains = audit_chains.read(engine(), transaction, root)
        last, now = audit_seals.last(transaction.connection), engine().clock.now(transaction.cursor)
    entries, seals = sum(chain.length for chain in chains), last[0] if last else 0
    most = (audit_chains.AT_ONCE_ENTRIES, audit_chains.AT_ONCE_SEALS) if at_once else (audit_chains.MOST_ENTRIES, audit_chains.MOST_SEALS)
    found = histories.verified(current_app, [chain.key for chain in chains]) if entries <= most[0] and seals <= most[1] else None
    return {
        "chains": chains,
        "elsewhere_wrong": audit_chains.judge(chains, found),
        "verified": when.exact(now) if found else None,
        "too_much": found is None and not at_once,
        "size": {"entries": entries, "seals": seals},
        "last_seal": last and {"number": last[0], "day": when.day(date.fromisoformat(last[1])), "hash": last[2]},
        "said": audit_chains.said,
    }


def _elements(transaction, root):
    """{element id: its name} of what the case's history tells of."""
    found = {}
    for element, key in audit_search.elements(transaction.connection, root):
        names = engine().definition(transaction, key).definition.names
        found[element] = "".join((names.get(element) or element).split("\n"))
    return dict(sorted(found.items(), key=lambda item: item[1]))
