"""The ledger as a list: pages by key, numbers by status, and what can be chosen among. Every row only as far as the actor may see it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import and_, case, func, literal, select, tuple_
from sqlalchemy.sql.util import find_tables

from cases import ledger_details
from cases.hazards import Hazard
from cases.ledger_filter import EQUAL, conditions
from cases.ledger_sight import HAZARDS, PLACES, seen
from cases.ledger_source import source
from cases.parties import Party
from cases.places import Place
from engine.store.base import Moment
from engine.store.models import ProcessInstance
from engine.store.visibility import visible

LEVELS = ("重大", "较大", "一般", "低")
#: Orders, and the kinds for which there are such.
ORDERS = {"new": (PLACES, HAZARDS), "old": (PLACES, HAZARDS), "risk": (PLACES, HAZARDS), "due": (PLACES, HAZARDS), "name": (PLACES,)}

_PLACE = {f"place_{name}": getattr(Place, name) for name in ("status", "voided", "void_reason")} | {
    name: getattr(Place, name)
    for name in (
        *(
            "name",
            "address",
            "village",
            "grid",
            "area_types",
            "place_types",
            "programme",
            "owner_nature",
            "adjacent_orgs",
            "land_owner_district",
            "managing_district",
            "n_formats",
            "n_owners",
            "n_operators",
            "nine_small",
            "land_use",
            "actual_use",
            "land_use_mismatch",
            "floor_area",
            "workers",
            "sleepers",
        ),
        *("risk_level", "disposition", "implementer", "industry_dept", "sponsor", "listed", "closed", "stopped", "supervised"),
        *("reopened_from", "root_key"),
    )
}
_HAZARD = {
    name: getattr(Hazard, name)
    for name in (
        *("category", "location", "description", "grade", "standard_hits", "party_no", "found", "found_by", "source"),
        *("rounds", "verified", "voided", "void_reason"),
    )
}


@dataclass(frozen=True, slots=True)
class Listed:
    """`rows`: dicts; what they hold is told by ledger_columns. `after`: where the next page begins, None on the last one."""

    rows: list
    after: list | None


def page(connection, actor, kind, wanted, order, after, limit, now):
    """Listed: `limit` rows after a position that a page before has told. Raises ValueError for a position that is none."""
    of = source(kind, actor)
    by = _by(of, order)
    chosen = _select(of, actor, now).where(seen(kind, actor), *conditions(of, wanted, actor, now))
    chosen = chosen.add_columns(*(column.label(f"by_{n}") for n, (column, _) in enumerate(by)))
    if after is not None:
        chosen = chosen.where(_beyond(by, _read(by, after)))
    chosen = chosen.order_by(*(column.desc() if falling else column for column, falling in by)).limit(limit + 1)
    rows = [dict(row) for row in connection.execute(chosen).mappings()]
    following = _position(rows[limit - 1], len(by)) if len(rows) > limit else None
    rows = rows[:limit]
    _open(connection, actor, rows)
    ledger_details.add(connection, actor, of, rows, now)
    return Listed(rows, following)


def _open(connection, actor, rows):
    """Tell of each row whether the actor may open its case: whoever sees the row may have no part in that."""
    keys = {row["case_key"] for row in rows} - {None}
    chosen = select(ProcessInstance.key).where(ProcessInstance.key.in_(keys), visible(ProcessInstance.root_key, ProcessInstance.key, actor))
    found = set(connection.execute(chosen).scalars()) if keys else set()
    for row in rows:
        row["opens"] = row["case_key"] in found


def counts(connection, actor, kind, wanted, now):
    """{status: (how many of the rows that are wanted otherwise, how many of them are overdue)}, overdue or not as `wanted` has it."""
    of = source(kind, actor)
    asked = and_(seen(kind, actor), *conditions(of, replace(wanted, overdue=False), actor, now, with_status=False))
    # Of the late ones there are few, and of hazards alone an index knows how many there are: no place has to be looked up for them.
    table = of.table if Place.__table__ in find_tables(asked, check_columns=True) else of.model.__table__
    whole = dict(connection.execute(select(of.status, func.count()).select_from(table).where(asked).group_by(of.status)).all())
    chosen = select(of.status, func.count()).select_from(of.table).where(asked, of.overdue(now)).group_by(of.status)
    late = dict(connection.execute(chosen).all())
    return {status: (number, late.get(status, 0)) for status, number in whole.items()}


def choices(connection, actor):
    """{filter: [values]} of those that are whatever the town has called them."""
    return {
        name: connection.execute(
            select(getattr(Place, name))
            .where(seen(PLACES, actor), getattr(Place, name).is_not(None))
            .distinct()
            .order_by(getattr(Place, name))
        )
        .scalars()
        .all()
        for name in EQUAL
        if name != "programme"
    }


def _select(of, actor, now):
    columns, table = {"place_no": Place.no, **_PLACE}, of.table
    if of.kind == HAZARDS:
        columns |= {"hazard_no": Hazard.no, **_HAZARD, "party": Party.name, "person": Party.person, "provisional": of.provisional}
        table = table.outerjoin(Party.__table__, Party.no == Hazard.party_no)
    else:
        columns |= {"voided": Place.voided, "void_reason": Place.void_reason}
    columns |= {"status": of.status, "deadline": of.deadline, "runs": of.runs, "is_overdue": of.overdue(now)}
    columns["case_key"] = of.instance_key
    return select(*(column.label(name) for name, column in columns.items())).select_from(table)


def _by(of, order):
    """[(column, falls)] of an order; a row's number ends each. None of the columns is ever NULL."""
    number = of.model.no
    if order == "risk":
        rank = case({level: rank for rank, level in enumerate(LEVELS)}, value=Place.risk_level, else_=len(LEVELS))
        return [(rank, False), (number, True)]
    if order == "due":
        return [(of.due, False), (number, False)]
    if order == "name":
        return [(Place.name, False), (number, False)]
    return [(number, order != "old")]


def _beyond(by, position):
    columns, directions = zip(*by, strict=True)
    if len(set(directions)) == 1:
        # Compared as one, an index of these columns begins there.
        return tuple_(*columns) < tuple_(*position) if directions[0] else tuple_(*columns) > tuple_(*position)
    (column, falling), value = by[-1], position[-1]
    beyond = column < value if falling else column > value
    for (column, falling), value in reversed(list(zip(by[:-1], position[:-1], strict=True))):
        further = column < value if falling else column > value
        beyond = further | and_(column == value, beyond)
    return beyond


def _position(row, length):
    values = [row[f"by_{n}"] for n in range(length)]
    return [value.isoformat() if isinstance(value, datetime) else value for value in values]


def _read(by, position):
    if not isinstance(position, list) or len(position) != len(by):
        raise ValueError("not a position of this order")
    return [_value(column, value) for (column, _), value in zip(by, position, strict=True)]


def _value(column, value):
    if isinstance(column.type, Moment):
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError("not a moment")
        return literal(at.astimezone(UTC), Moment())
    if type(value) is not column.type.python_type:
        raise ValueError("not a value of this order")
    return value
