"""Searches at the door: what one asks for (filter, sort, page) and what it answers (items, page)."""

from flask import g
from marshmallow import ValidationError, fields, post_load

from api import looks
from api.v2.door import engine
from api.v2.fields import Flag, Many, Part, Text, Whole, Word, expected
from api.v2.schemas import Answer, Request, camel
from engine.domain.errors import NotFound
from engine.store import search
from engine.store.search_pages import Page

#: Rows on a page at most, and how far an offset reaches: further on, a cursor costs less for everybody.
LIMIT, FURTHEST = 10_000, 10_000


class PageRequest(Request):
    """Which page: from an offset, after a cursor, or before one."""

    from_ = Whole(0, FURTHEST, metadata={"description": "How many items are left out; past 10,000 use after."})
    limit = Whole(1, LIMIT, load_default=100)
    after = Text()
    before = Text()

    @post_load
    def page(self, data, **_):
        """As engine.store.search takes it. Raises ValidationError where two ways are mixed."""
        ways = [camel(name) for name in ("from_", "after", "before") if name in data]
        if len(ways) > 1:
            raise ValidationError(f"Expected one of from, after and before, but found {' and '.join(ways)}")
        return Page(data.get("from_", 0), data["limit"], data.get("after"), data.get("before"))


class OffsetRequest(Request):
    """Which page, where there are no cursors."""

    from_ = Whole(0, FURTHEST)
    limit = Whole(1, LIMIT, load_default=100)

    @post_load
    def page(self, data, **_):
        """As engine.store.search takes it."""
        return Page(data.get("from_", 0), data["limit"])


class Criterion(Request):
    """One thing to sort by."""

    field = Text(required=True)
    order = Word(("ASC", "DESC"), load_default="ASC")


class Sort(Many):
    """[{field, order}] by some of `names` -> [(name, ascending)]."""

    def __init__(self, *names):
        self.by = {camel(name): name for name in names}
        super().__init__(Part(Criterion), len(names), metadata={"description": f"By {', '.join(self.by)}."})

    def _deserialize(self, value, attr, data, **named):
        found = super()._deserialize(value, attr, data, **named)
        for one in found:
            if one["field"] not in self.by:
                raise expected(f"fields to sort by among {', '.join(self.by)}", one["field"])
        return [(self.by[one["field"]], one["order"] == "ASC") for one in found]


class SearchRequest(Request):
    """A search by nothing in particular; the searches of the resources add `filter` and `sort`."""

    page = Part(PageRequest, load_default=Page)


class PageAnswer(Answer):
    """Where a page stands. Counting stops at 10,000."""

    total_items = fields.Integer(attribute="total")
    has_more_total_items = Flag(attribute="more")
    start_cursor = Text(attribute="start")
    end_cursor = Text(attribute="end")


def found(item):
    """The schema of a search's answer, whose items have the schema `item`."""
    of_items = {"items": Many(Part(item)), "page": Part(PageAnswer)}
    return type(f"{item.__name__}Page", (Answer,), of_items)


def look(spec, asked):
    """The answer of a search that was asked by a SearchRequest, over what the caller may see."""
    looks.note_search(asked.get("filter"))
    with engine().store.read() as connection:
        page = search.search(connection, spec, g.actor, asked.get("filter"), asked.get("sort", ()), asked["page"])
    return {"items": page.items, "page": page}


def detail(spec, key, what):
    """The one thing with a key. Raises NotFound where there is none that the caller may see."""
    with engine().store.read() as connection:
        row = search.get(connection, spec, g.actor, key)
    if row is None:
        raise NotFound(f"Expected a {what} with key {key}, but there is none that {g.actor.username} can see")
    return row
