"""engine/store/hot.py: statements compiled once, run on the driver's own cursor, with rows as Core would read them."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone

import psycopg
import pytest
from sqlalchemy import bindparam, insert, select

from engine.store import tasks
from engine.store.hot import MANY, Row, Statements
from engine.store.records import Outbox
from engine.store.statements import insert as prepared_insert
from engine.store.store import Store
from tests.engine.store.counted import counting_engine

outbox = Outbox.__table__
DUE = datetime(2024, 4, 12, 9, 30, tzinfo=timezone(timedelta(hours=8)))
PUT = ("put", prepared_insert(outbox))
OF_KEY = ("of key", lambda _: select(outbox).where(outbox.c.key == bindparam("key")))
BEFORE = ("before", lambda _: select(outbox.c.key).where(outbox.c.due < bindparam("now", type_=outbox.c.due.type)).order_by(outbox.c.key))
FRESH = {"claimed_by": None, "claimed_until": None, "attempts": 0, "dead": False, "error": None}


def row(key, due=DUE):
    return {"key": key, "kind": "message", "payload": '{"来源":"巡查"}', "due": due, **FRESH}


@pytest.fixture
def store(store_engine):
    return Store(store_engine)


def test_what_is_written_here_core_reads_and_the_other_way_round(store):
    store.write(lambda transaction: transaction.write([(PUT, [row(1)])]))
    with store.engine.execution_options(write=True).begin() as connection:
        connection.execute(insert(outbox), [row(2)])

    with store.engine.connect() as connection:
        by_core = [dict(one) for one in connection.execute(select(outbox).order_by(outbox.c.key)).mappings()]
    with store.transaction() as transaction:
        here = [transaction.fetch(OF_KEY, key=key)[0] for key in (1, 2)]

    assert by_core == here == [row(1), row(2)]
    assert here[0].due.tzinfo is UTC and here[0].claimed_until is None


def test_moments_are_compared_as_moments_whatever_their_zone(store):
    store.write(lambda transaction: transaction.write([(PUT, [row(1, DUE), row(2, DUE.astimezone(UTC) + timedelta(microseconds=1))])]))

    with store.transaction() as transaction:
        assert [one.key for one in transaction.fetch(BEFORE, now=DUE + timedelta(microseconds=1))] == [1]
        assert [one.key for one in transaction.fetch(BEFORE, now=DUE.astimezone(UTC))] == []


def test_a_row_is_a_dict_that_is_read_by_attribute():
    found = Row(key=7)

    assert (found.key, found["key"], dict(found)) == (7, 7, {"key": 7})
    with pytest.raises(AttributeError, match="nothing"):
        found.nothing


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_statement_is_compiled_once(dialect):
    made, statements = [], Statements(dialect)

    def make(name):
        made.append(name)
        return select(outbox.c.key)

    assert statements.get(("keys", make)) is statements.get(("keys", make))
    assert made == [dialect]


def test_many_rows_are_one_statement_and_are_counted(store_url):
    engine, counter = counting_engine(store_url)
    store = Store(engine)
    engine.connect().close()  # SQLAlchemy asks the first connection about the server
    counter.forget()

    def attempt(transaction):
        transaction.begin_writing()
        touched = transaction.cursor.run(PUT, [row(key) for key in range(1, 51)])
        return touched, transaction.cursor.executed

    assert store.write(attempt) == (50, 1)
    assert len(counter.statements) == 1
    engine.dispose()


def test_several_reads_see_what_an_earlier_one_waited_for(store):
    store.write(lambda transaction: transaction.write([(PUT, [row(1), row(2)])]))

    with store.transaction() as transaction:
        first, second = transaction.cursor.fetch_together((OF_KEY, {"key": 2}), (BEFORE, {"now": DUE + timedelta(days=1)}))

    assert [one.key for one in first] == [2] and [one.key for one in second] == [1, 2]


def test_what_fails_in_the_middle_of_a_step_is_told_as_it_is_and_nothing_is_written(store):
    store.write(lambda transaction: transaction.write([(PUT, [row(1)])]))
    failing = sqlite3.IntegrityError if store.is_sqlite else psycopg.errors.UniqueViolation

    with pytest.raises(failing) as raised:
        store.write(lambda transaction: transaction.write([(PUT, [row(2)]), (PUT, [row(1)]), (PUT, [row(3)])]))

    assert "unique" in str(raised.value).lower()
    with store.engine.connect() as connection:
        assert list(connection.execute(select(outbox.c.key)).scalars()) == [1]
    store.write(lambda transaction: transaction.write([(PUT, [row(4)])]))


def test_on_postgresql_several_rows_are_one_insert_whose_values_stand_side_by_side():
    statements = Statements("postgresql")
    statement = statements.get(PUT)

    text, parameters = statement.many([row(1), row(2)])

    assert text.count("INSERT") == 1 and text.count("%(key_0)s") == text.count("%(key_1)s") == 1
    assert (parameters["key_0"], parameters["key_1"], parameters["payload_1"]) == (1, 2, row(2)["payload"])
    assert statement.many([row(key) for key in range(MANY + 1)]) is None
    assert Statements("sqlite").get(PUT).many([row(1), row(2)]) is None


def test_rows_with_an_expression_of_their_own_are_inserted_together_too():
    statement = Statements("postgresql").get(tasks.SAVE)
    opened = dict.fromkeys(statement.parameters)

    text, _ = statement.many([opened, opened])

    assert text.count("coalesce(") == 2 and text.count("VALUES") == 1
    assert text.index("ON CONFLICT") > text.rindex("coalesce(")
