"""Why a database is opened as it is: what SQLAlchemy's own settings lose, and that ours are in force on every connection."""

import pytest
import sqlalchemy
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from engine.store import database


class Base(DeclarativeBase):
    """Of this test alone."""


class Counter(Base):
    """Something that is read, and then written."""

    __tablename__ = "counter"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


def defaults(url):
    """As SQLAlchemy opens SQLite: the driver begins a transaction at the first write."""
    return sqlalchemy.create_engine(url, connect_args={"timeout": 0.05})


def plain_begin(url):
    """With a BEGIN of our own, which takes no lock, and a write-ahead log: a reader that turns writer."""
    engine = sqlalchemy.create_engine(url)

    @event.listens_for(engine, "connect")
    def opened(connection, _record):
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("PRAGMA journal_mode=WAL")

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


@pytest.fixture
def opened(tmp_path):
    """opened(how) -> an Engine on a file with a counter that stands at 0."""
    engines = []

    def make(how):
        engine = how(f"sqlite:///{tmp_path / 'counter.db'}")
        engines.append(engine)
        with engine.execution_options(write=True).begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(sqlalchemy.insert(Counter), [{"id": 1, "value": 0}])
        return engine

    yield make
    for engine in engines:
        engine.dispose()


def read(connection):
    return connection.execute(sqlalchemy.select(Counter.value)).scalar()


def write(connection, value):
    connection.execute(sqlalchemy.update(Counter).values(value=value))


def test_with_the_defaults_an_acknowledged_increment_is_lost_without_an_error(opened):
    engine = opened(defaults)

    # two read-then-write transactions of two connections, one step after the other
    with engine.connect() as one, engine.connect() as other:
        seen = read(one), read(other)
        write(one, seen[0] + 1)
        one.commit()
        write(other, seen[1] + 1)
        other.commit()

    # both were acknowledged, and one is gone
    with engine.connect() as connection:
        assert (seen, read(connection)) == ((0, 0), 1)


def test_with_a_plain_begin_a_reader_that_turns_writer_fails_at_once_whatever_its_timeout(opened):
    engine = opened(plain_begin)

    with engine.connect() as one, engine.connect() as other:
        seen = read(one), read(other)
        write(one, seen[0] + 1)
        one.commit()
        # Nobody holds the lock any more, but what was read is out of date: waiting cannot help.
        with pytest.raises(OperationalError, match="database is locked"):
            write(other, seen[1] + 1)


def test_with_our_settings_the_second_writer_waits_before_it_reads(opened):
    engine = opened(database.connect)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=50"))
    engine.dispose()
    writing = engine.execution_options(write=True)

    with writing.connect() as one, writing.connect() as other:
        seen = read(one)
        # It does not get as far as reading what is about to change; with its full patience it would wait here.
        with pytest.raises(OperationalError, match="database is locked"):
            read(other)
        write(one, seen + 1)
        one.commit()
        write(other, read(other) + 1)
        other.commit()

    with engine.connect() as connection:
        assert read(connection) == 2


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_every_connection_has_the_settings(tmp_path, synchronous):
    engine = database.connect(f"sqlite:///{tmp_path / 'settings.db'}", synchronous)
    wanted = {
        "busy_timeout": 1000 * database.PATIENCE,
        "journal_mode": "wal",
        "synchronous": {"NORMAL": 1, "FULL": 2}[synchronous],
        "foreign_keys": 1,
        "recursive_triggers": 1,
    }

    with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted
            assert connection.connection.driver_connection.isolation_level is None
    engine.dispose()


def test_a_transaction_begins_with_its_first_statement_and_takes_the_lock_only_to_write(tmp_path):
    engine, seen = database.connect(f"sqlite:///{tmp_path / 'begins.db'}"), []

    with engine.connect() as connection:
        connection.connection.driver_connection.set_trace_callback(seen.append)
        with connection.begin():
            connection.exec_driver_sql("SELECT 1")
        with connection.execution_options(write=True).begin():
            connection.exec_driver_sql("SELECT 2")

    assert seen[:6] == ["BEGIN", "SELECT 1", "COMMIT", "BEGIN IMMEDIATE", "SELECT 2", "COMMIT"]
    engine.dispose()


def test_a_row_that_points_nowhere_is_refused_on_both_databases(store_engine):
    nowhere = sqlalchemy.text("INSERT INTO membership (username, role, unit) VALUES ('nobody', 'none', '')")

    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), store_engine.execution_options(write=True).begin() as connection:
        connection.execute(nowhere)


def test_a_flush_outside_of_a_command_is_refused(opened):
    engine = opened(database.connect)
    guarded = sessionmaker(engine, class_=type("Guarded", (Session,), {}))
    database.guard(guarded.class_)

    with guarded() as session:
        session.add(Counter(id=2, value=5))
        with pytest.raises(RuntimeError, match="Expected only commands to write"):
            session.flush()
    with guarded() as session:
        session.get(Counter, 1).value = 9
        with pytest.raises(RuntimeError, match="Expected only commands to write"):
            session.commit()

    # The session of a command says so; reading is anybody's.
    with engine.execution_options(write=True).begin() as connection, guarded(bind=connection, info={"command": True}) as session:
        session.add(Counter(id=2, value=5))
        session.commit()
    with guarded() as session:
        assert [counter.value for counter in session.scalars(sqlalchemy.select(Counter).order_by(Counter.id))] == [0, 5]
