"""How the statements of the step path are put together in Core: load a thing with its instance, insert, upsert, delete."""

from sqlalchemy import and_, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.hot import PREFIX
from engine.store.models import ProcessInstance

instance = ProcessInstance.__table__


def with_instance(table, condition):
    """A select of `table` with its instance; on PostgreSQL it locks the root first, then the instance, then the row.

    The order of FOR UPDATE OF is the order of locking, and a row that was waited for is read again as it is now: without the lock on
    the row itself PostgreSQL would join the instance's newest version to the row as it was when the statement began.
    """

    def make(dialect):
        columns = list(table.c) + [column.label(PREFIX + column.key) for column in instance.c]
        joined = select(*columns).join(instance, instance.c.key == table.c.instance_key).where(condition)
        if dialect == "sqlite":
            return joined
        root = instance.alias("root")
        return joined.join(root, root.c.key == instance.c.root_key).with_for_update(of=[root, instance, table])

    return make


def instance_alone(condition):
    """A select of instances, locked like `with_instance`."""

    def make(dialect):
        chosen = select(instance).where(condition)
        if dialect == "sqlite":
            return chosen
        root = instance.alias("root")
        return chosen.join(root, root.c.key == instance.c.root_key).with_for_update(of=[root, instance])

    return make


def by_number(table, prefix=""):
    """The condition that finds the row of an element's number in an instance; the parameters are named like the columns."""
    return and_(*(table.c[name] == bindparam(prefix + name) for name in ("root_key", "instance_key", "number")))


def insert(table, **computed):
    """An insert with a parameter per column; `computed` gives columns an expression instead."""
    return lambda dialect: _insert(table, dialect, computed)


def _insert(table, dialect, computed):
    made = {"sqlite": sqlite, "postgresql": postgresql}[dialect].insert(table)
    columns = {column: bindparam(column.key, type_=column.type) for column in table.c}
    return made.values({**columns, **{table.c[name]: expression for name, expression in computed.items()}})


def upsert(table, keys, changed, **computed):
    """An insert that, where a row with the same `keys` exists, writes only its `changed` columns."""

    def make(dialect):
        made = _insert(table, dialect, computed)
        return made.on_conflict_do_update(index_elements=list(keys), set_={name: made.excluded[name] for name in changed})

    return make


def change(table, keys, columns):
    """An update of `columns` where `keys` match; the parameters of the keys are named key_<column>."""
    return lambda _: (
        update(table)
        .where(and_(*(table.c[name] == bindparam("key_" + name) for name in keys)))
        .values({name: bindparam(name, type_=table.c[name].type) for name in columns})
    )


def remove(table, keys):
    """A delete where `keys` match; the parameters are named like the columns."""
    return lambda _: delete(table).where(and_(*(table.c[name] == bindparam(name) for name in keys)))
