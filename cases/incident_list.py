"""异常: what cases cannot go on with, in the words of the campaign, for whoever puts it right."""

from cases.titles import titles
from engine.store import standing

#: On a page.
LIMIT = 50


def incidents(engine, actor, after=None, limit=LIMIT):
    """([{"key", "instance_key", "title" (titles.Title), "process", "element", "type", "message", "created"}], position after them or None).

    The oldest first. `after`: the position that the page before ended with. Raises ValueError, TypeError for one that is none.
    """
    with engine.store.transaction() as transaction:
        connection = transaction.connection
        rows = standing.incidents(connection, limit + 1, after)
        named = titles(connection, actor, rows)
        told = [_told(engine, transaction, row, named) for row in rows[:limit]]
    return told, [rows[limit - 1]["created"].isoformat(), rows[limit - 1]["key"]] if len(rows) > limit else None


def element(engine, transaction, definition_key, element_id):
    """(process, element) as a diagram calls them, on one line each."""
    definition = engine.definition(transaction, definition_key).definition
    names = (definition.name or definition.id, definition.names.get(element_id) or element_id)
    return tuple("".join(name.split("\n")) for name in names)


def _told(engine, transaction, row, named):
    process, name = element(engine, transaction, row["definition_key"], row["element_id"])
    shown = {column: row[column] for column in ("key", "instance_key", "message", "created")}
    return shown | {"type": row["error_type"], "title": named[row["key"]], "process": process, "element": name}
