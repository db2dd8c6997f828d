"""Searching: one builder for every list of the API. Filter, order and page over the rows that the asker may see."""

from dataclasses import dataclass, field

import orjson
from sqlalchemy import and_, func, literal, or_, select, true

from engine.store.search_fields import Constant, Value
from engine.store.search_pages import By, Page, beyond, cursor, order_by, read_cursor
from engine.store.visibility import visible

#: Counting stops here.
COUNTED = 10_000


@dataclass(frozen=True)
class Search:
    """What can be searched.

    `source`: the table, or join. `key`: the name of the field that tells one row from every other; it ends every order. `fields`: {name:
    Value}, what a row shows. `filters`: {name: a field that can only be filtered by, or is filtered by in another way than it is shown}.
    `root`, `instance`: the columns with the keys of the root and of the process instance, by which visibility goes; None where everybody
    who is signed in may see everything. `visible`: (actor) -> the predicate, where it goes by more than these. `only`: which rows belong
    here at all. `within`: the name of the field inside of whose values `key` counts, where it alone does not tell the rows apart.
    """

    source: object
    key: str
    fields: dict
    filters: dict = field(default_factory=dict)
    root: object = None
    instance: object = None
    only: object = field(default_factory=true)
    within: str | None = None
    visible: object = None


@dataclass(frozen=True)
class Found:
    """A page: `items` are dicts by the names of the fields; `total` of all that match, at most COUNTED (`more`: there are more)."""

    items: list
    total: int
    more: bool
    start: str | None
    end: str | None


def search(connection, spec, actor, wanted=None, sort=(), page=Page()):
    """Two statements at most -> Found.

    `wanted`: {name: {operator: value}} and, under "or_", a list of such, of which one must hold. `sort`: [(name, ascending)]. Raises
    Invalid for a cursor that is none of this search's.
    """
    criteria = _criteria(spec, sort)
    dialect = connection.dialect.name
    matches = [spec.only, _visible(spec, actor), *_conditions(spec, wanted or {}, dialect)]
    reverse = page.before is not None
    chosen = _select(spec).where(*matches).order_by(*order_by(criteria, reverse)).limit(page.limit)
    for name, text in (("page.after", page.after), ("page.before", page.before)):
        if text is not None:
            chosen = chosen.where(beyond(criteria, read_cursor(criteria, text, name), reverse))
    if page.start:
        chosen = chosen.offset(page.start)
    rows = [dict(row) for row in connection.execute(chosen).mappings()]
    if reverse:
        rows.reverse()
    ends = (cursor(criteria, rows[0]), cursor(criteria, rows[-1])) if rows else (None, None)
    total = _total(connection, spec, matches, page, len(rows))
    return Found([_decoded(spec, row) for row in rows], min(total, COUNTED), total > COUNTED, *ends)


def get(connection, spec, actor, key):
    """The one row with this key, as a dict; None where there is none that the actor may see."""
    chosen = _select(spec).where(spec.fields[spec.key].column == key, spec.only, _visible(spec, actor))
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _decoded(spec, dict(row))


def _select(spec):
    return select(*(shown.column.label(name) for name, shown in spec.fields.items())).select_from(spec.source)


def _visible(spec, actor):
    if spec.visible is not None:
        return spec.visible(actor)
    return true() if spec.root is None else visible(spec.root, spec.instance, actor)


def _criteria(spec, sort):
    """The order as By, each field once, constants left out, with the key at the end in the direction of what stands before it."""
    criteria, ascending = {}, True
    for name, ascending in sort:
        if name not in criteria and not isinstance(spec.fields[name], Constant):
            criteria[name] = By(name, spec.fields[name], ascending)
    for name in (spec.within, spec.key) if spec.within else (spec.key,):
        if name not in criteria:
            key = spec.fields[name]
            criteria[name] = By(name, Value(key.column, key.kind, nullable=False), ascending)
    return list(criteria.values())


def _conditions(spec, wanted, dialect):
    for name, operators in wanted.items():
        if name == "or_":
            alternatives = [and_(true(), *_conditions(spec, each, dialect)) for each in operators]
            if alternatives:
                yield or_(*alternatives)
            continue
        known = spec.filters.get(name) or spec.fields[name]
        for operator, value in operators.items():
            yield known.condition(operator, value, dialect)


def _total(connection, spec, matches, page, found):
    """How many rows match, counted no further than it matters; without asking where the page itself tells."""
    if page.after is None and page.before is None and found < page.limit and (found or not page.start):
        return page.start + found
    counted = select(literal(1).label("one")).select_from(spec.source).where(*matches).limit(COUNTED + 1).subquery()
    return connection.execute(select(func.count()).select_from(counted)).scalar()


def _decoded(spec, row):
    for name, shown in spec.fields.items():
        if shown.kind == "json" and row[name] is not None:
            row[name] = orjson.loads(row[name])
    return row
