"""Who acts for whom, from which day to which: rows that are ended, never removed."""

from datetime import date

from sqlalchemy import Text, bindparam, cast, or_, select

from engine.store.people import Deputy
from engine.store.statements import change, insert

deputies = Deputy.__table__

APPOINT = ("insert deputy", insert(deputies))
END = ("end deputy", change(deputies, ["key"], ["last"]))
#: Days as text on both databases: SQLite knows none.
_DAYS = (cast(deputies.c[name], Text).label(name) for name in ("first", "last"))
_SHOWN = (deputies.c.key, deputies.c.principal, deputies.c.deputy, *_DAYS)
FIND = ("find deputy", lambda _: select(*_SHOWN).where(deputies.c.key == bindparam("key")))
#: All that concern somebody, as principal or as deputy, and are not over on a day.
OF = (
    "deputies of",
    lambda _: (
        select(*_SHOWN)
        .where(
            or_(deputies.c.principal == bindparam("username"), deputies.c.deputy == bindparam("username")),
            deputies.c.last >= bindparam("day", type_=deputies.c.last.type),
            deputies.c.first <= deputies.c.last,
        )
        .order_by(deputies.c.first, deputies.c.key)
    ),
)
#: The one by which somebody may act for a principal on a day.
HOLDS = (
    "deputy holds",
    lambda _: (
        select(deputies.c.key)
        .where(
            deputies.c.principal == bindparam("principal"),
            deputies.c.deputy == bindparam("deputy"),
            deputies.c.first <= bindparam("day", type_=deputies.c.first.type),
            deputies.c.last >= bindparam("day", type_=deputies.c.last.type),
        )
        .limit(1)
    ),
)


def read(rows):
    """What FIND or OF found, as dicts with dates."""
    return [dict(row) | {name: date.fromisoformat(row[name]) for name in ("first", "last")} for row in rows]
