"""Searching history across all chains, the newest first: by who, what kind and when, or inside of chosen cases; never by reading all of it.

Outside of cases a page is the newest of at most a few ranges of an index: one per kind of entry, and per person where one is asked for.
"""

from dataclasses import dataclass

from sqlalchemy import or_, select, union_all

from engine import history
from engine.store.models import ProcessInstance
from engine.store.people import Account
from engine.store.records import History, HistoryChain

entries, instances, chains, accounts = History.__table__, ProcessInstance.__table__, HistoryChain.__table__, Account.__table__

#: Among the newest so many looks outside of a case, those at it are looked for: their entries name it in words alone.
LOOKED_AT = 10_000
LOOKS = ("access:looked", "access:broken", "history:exported")

_PLACE = (entries.c.at, entries.c.chain, entries.c.seq)
_NEWEST = tuple(column.desc() for column in _PLACE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None: whatever it is. `since`, `until` are moments as history writes them, the latter excluded.

    `roots`: the keys of the cases inside of which one looks; `element`: the id of an element, only inside of cases.
    """

    actors: tuple | None = None
    kinds: tuple | None = None
    since: str | None = None
    until: str | None = None
    roots: tuple | None = None
    element: str | None = None


def page(connection, wanted, after=None, limit=30):
    """(rows, position after them or None). A row: the columns of history, with `root_key` and `definition_key` of the instance (None
    outside of one) and `subject` of the chain (None of an instance's). `after`: (at, chain, seq) of the last one seen.
    """
    keys = _inside(wanted, after) if wanted.roots is not None else _across(wanted, after, limit + 1)
    if keys is None:
        return [], None
    rows = _read(connection, keys, limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], last and [last["at"], last["chain"], last["seq"]]


def looks_at(connection, keys, limit=30):
    """The newest looks at a case that stand in no chain of its own, as rows of `page`; `keys`: of all its instances."""
    parts = [_first(LOOKED_AT, entries.c.kind == kind) for kind in LOOKS]
    newest = union_all(*(select(part) for part in parts)).subquery()
    named = or_(*(entries.c.body.contains(str(key)) for key in keys))
    found = select(*newest.c).join(entries, _same(newest)).where(named, entries.c.chain.not_in(keys))
    return _read(connection, found.order_by(*_NEWEST).limit(limit).subquery(), limit)


def _inside(wanted, after):
    if not wanted.roots:
        return None
    # Said so that no index of these columns fits: a case is read by its chains, however few entries of a kind or of a person there are.
    exact = [(entries.c.actor, wanted.actors), (entries.c.kind, wanted.kinds), (entries.c.element_id, wanted.element and (wanted.element,))]
    which = [column.concat("").in_(values) for column, values in exact if values is not None]
    theirs = select(instances.c.key).where(instances.c.root_key.in_(wanted.roots))
    return select(*_PLACE_NAMED).where(entries.c.chain.in_(theirs), *which, *_when(wanted, after)).subquery()


def _across(wanted, after, limit):
    if wanted.actors == () or wanted.kinds == ():
        return None
    when = _when(wanted, after)
    parts = []
    for actor in wanted.actors or (None,):
        who = [entries.c.actor == actor] if actor is not None else []
        parts += [_first(limit, *who, entries.c.kind == kind, *when) for kind in wanted.kinds or history.KINDS]
    return union_all(*(select(part) for part in parts)).subquery()


_PLACE_NAMED = tuple(column.label(column.name) for column in _PLACE)


def _first(limit, *conditions):
    return select(*_PLACE_NAMED).where(*conditions).order_by(*_NEWEST).limit(limit).subquery()


def _when(wanted, after):
    found = [entries.c.at >= wanted.since] if wanted.since else []
    if after is None:
        return found + ([entries.c.at < wanted.until] if wanted.until else [])
    at, chain, seq = after
    # No page begins behind the period, so one bound is enough, and it is the one that says to an index where to begin.
    upto = min(at, wanted.until) if wanted.until else at
    same = (entries.c.chain < chain) | ((entries.c.chain == chain) & (entries.c.seq < seq))
    return [*found, entries.c.at <= upto, (entries.c.at != at) | same]


def _same(keys):
    return (entries.c.chain == keys.c.chain) & (entries.c.seq == keys.c.seq)


def _read(connection, keys, limit):
    newest = select(keys).order_by(keys.c.at.desc(), keys.c.chain.desc(), keys.c.seq.desc()).limit(limit).subquery()
    shown = (
        select(entries, instances.c.root_key, instances.c.definition_key, chains.c.subject)
        .join(newest, _same(newest))
        .outerjoin(instances, instances.c.key == entries.c.chain)
        .outerjoin(chains, chains.c.chain == entries.c.chain)
        .order_by(*_NEWEST)
    )
    return [dict(row) for row in connection.execute(shown).mappings()]


def elements(connection, root_key):
    """[(element id, definition key)] of all entries of a case that tell of an element."""
    chosen = select(entries.c.element_id, instances.c.definition_key).distinct().join(instances, instances.c.key == entries.c.chain)
    return connection.execute(chosen.where(instances.c.root_key == root_key, entries.c.element_id.is_not(None))).all()


def people(connection, text, limit=4):
    """The user names of those whom `text` names: by the user name or the whole name, else by a part of it; () where nobody is."""
    for named in (
        or_(accounts.c.username == text, accounts.c.display_name == text),
        accounts.c.display_name.contains(text, autoescape=True),
    ):
        found = connection.execute(select(accounts.c.username).where(named).order_by(accounts.c.username).limit(limit)).scalars().all()
        if found:
            return tuple(found)
    return ()


def names(connection, limit=500):
    """[(user name, the name that people read)] to choose among."""
    chosen = select(accounts.c.username, accounts.c.display_name).order_by(accounts.c.display_name).limit(limit)
    return connection.execute(chosen).all()
