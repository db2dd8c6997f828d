"""Where the peers keep their cases: SQLite with its two promises of durability, and PostgreSQL.

The dataclass is standard library only, because a peer's own environment reads it too.
"""

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

#: More than the 1,000 pages after which SQLite starts its log from the front again.
LOG_BYTES = 6_000_000


@dataclass(frozen=True)
class Store:
    """A database of one peer's own. `name` as the report says it; `synchronous` is SQLite's setting, empty on PostgreSQL."""

    name: str
    url: str
    synchronous: str = ""

    @property
    def is_sqlite(self):
        """One file, or a server."""
        return self.url.startswith("sqlite:")

    @property
    def path(self):
        """The file of an SQLite store."""
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def conninfo(self):
        """What libpq takes: the URL without the name of SQLAlchemy's driver."""
        return self.url.replace("postgresql+psycopg://", "postgresql://", 1)


class NoPostgres(Exception):
    """There is no PostgreSQL to measure on; the sentence says why and what to do."""


def grow_log(store):
    """Make SQLite's write-ahead log as long as it gets, and return the connection that keeps it so.

    Otherwise the first peer to write pays for every new page of the file at each fsync, and the others do not.
    """
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("PRAGMA journal_mode=WAL")
    holder.execute("CREATE TABLE log_grower (page BLOB)")
    holder.execute("INSERT INTO log_grower VALUES (zeroblob(?))", (LOG_BYTES,))
    holder.execute("DROP TABLE log_grower")
    holder.execute("PRAGMA wal_checkpoint(RESTART)")
    return holder


@contextmanager
def postgres_server(url=None):
    """A durable server -> the URL of its maintenance database, for SQLAlchemy: the one at `url`, else one of our own as the tests start it.

    Raises NoPostgres where none can be reached or started, or where it would acknowledge what a power cut loses.
    """
    started = None
    if url is None:
        try:
            from tests.postgres import start_postgres

            started = start_postgres(fsync=True)
        except (ImportError, RuntimeError, OSError) as error:
            raise NoPostgres(f"Expected a PostgreSQL server to measure on, but {error}. Name a running one with --postgres URL.") from error
        url = started.url()
    url = url.replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        _require_durable(url)
        yield url
    finally:
        if started:
            started.stop()


def _require_durable(url):
    import psycopg

    try:
        with psycopg.connect(Store("", url).conninfo, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                found = connection.execute(f"SHOW {setting}").fetchone()[0]
                if found != "on":
                    raise NoPostgres(f"Expected a PostgreSQL server with {setting} = on, but it is {found}: it would look too fast.")
    except psycopg.Error as error:
        raise NoPostgres(f"Expected the PostgreSQL server at {url} to answer, but {' '.join(str(error).split())}") from error


@contextmanager
def new_database(server, name):
    """A fresh database `name` on the server -> its URL in the same form; dropped afterwards, with whoever is still in it."""
    import psycopg

    with psycopg.connect(Store("", server).conninfo, autocommit=True) as connection:
        base, _, options = server.partition("?")
        try:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            yield base.rsplit("/", 1)[0] + "/" + name + ("?" + options if options else "")
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def new_store(name, peer, folder, server):
    """An empty store for one peer. `name`: SQLite NORMAL, SQLite FULL or PostgreSQL; `server` is the URL that `postgres_server` gave."""
    if name == "PostgreSQL":
        with new_database(server, f"bench_{peer}") as url:
            yield Store(name, url)
        return
    synchronous = name.split()[1]
    file = folder / f"{peer}-{synchronous}.db"
    try:
        yield Store(name, f"sqlite:///{file}", synchronous)
    finally:
        for leftover in folder.glob(file.name + "*"):
            leftover.unlink()
