"""A private PostgreSQL for the tests: its own cluster in its own folder, reached through a socket in it, gone when the tests are."""

import functools
import getpass
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy

USER = "bihuan"

#: A file system in memory, and how many bytes a cluster may come to there.
MEMORY, ROOM = "/dev/shm", 4 << 30

#: Seconds until the server has to answer after its start.
PATIENCE = 60


class Postgres:
    """A running server. `url(name)` is for SQLAlchemy; `database()` makes a fresh one; `stop()` ends it and removes its folder."""

    def __init__(self, folder, process):
        self.folder, self.process = folder, process
        self._templates = {}
        self._made = 0

    def url(self, database="postgres"):
        """The SQLAlchemy URL of a database of this server."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def run(self, statement, database="postgres"):
        """One statement outside of a transaction."""
        with psycopg.connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            connection.execute(statement)

    def database(self, prepare=None):
        """The URL of a new database: empty, or a copy of the one that `prepare(url)` filled when it was first asked for.

        `prepare` must have closed all its connections when it returns: PostgreSQL copies only a database that nobody uses.
        """
        if prepare is None:
            return self._create("template0")
        if prepare not in self._templates:
            url = self._create("template0")
            prepare(url)
            self._templates[prepare] = url
        return self._create(_name(self._templates[prepare]))

    def _create(self, template):
        self._made += 1
        name = f"test_{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}{self._strategy}")
        return self.url(name)

    @functools.cached_property
    def _strategy(self):
        # By default a copy goes through the write-ahead log, page by page, and takes three times as long; older servers know no choice.
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres") as connection:
            return " STRATEGY file_copy" if connection.info.server_version >= 150_000 else ""

    def drop(self, url):
        """Remove a database, with whoever is still connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")

    def stop(self):
        """A fast shutdown of this very process, then the folder is removed."""
        _end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


def start_postgres(folder=None, fsync=True):
    """Start a server of its own in `folder` (default: a new one with a short path, because a socket's may have 107 bytes) -> Postgres.

    Works as an ordinary user and as root (then the server runs as `postgres`, since it refuses root). `fsync=False` loses data in a power
    cut: never for a test that is about such a cut. Raises RuntimeError where there is no PostgreSQL on this machine.
    """
    binaries = _binaries()
    folder = Path(folder or tempfile.mkdtemp(prefix="bihuan-pg-", dir=_disk(fsync)))
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwnam(getpass.getuser())
    folder.chmod(0o700)
    os.chown(folder, account.pw_uid, account.pw_gid)
    identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    data = folder / "data"
    made = subprocess.run(
        [binaries / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        **identity,
    )
    if made.returncode:
        raise RuntimeError(f"Expected initdb to make a PostgreSQL cluster in {folder}, but it said: {made.stderr.strip()}")
    log = (folder / "log").open("wb")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": "on" if fsync else "off",
        "max_connections": 200,
        "shared_buffers": "64MB",
        "autovacuum_naptime": "1h",
        "max_wal_size": "256MB",
        "log_min_messages": "warning",
    }
    process = subprocess.Popen(
        # pdeathsig: should the tests be killed, their server ends with them.
        ["setpriv", "--pdeathsig", "INT", binaries / "postgres", "-D", data, *(f"-c{name}={value}" for name, value in settings.items())],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=folder,
        start_new_session=True,
        **identity,
    )
    log.close()
    server = Postgres(folder, process)
    _wait(server)
    return server


def _disk(durable):
    """Where a cluster lies: in memory, if nothing need survive and there is room; making and dropping a database is three times as fast."""
    roomy = not durable and Path(MEMORY).is_dir() and shutil.disk_usage(MEMORY).free >= ROOM
    return MEMORY if roomy else "/tmp"


def _binaries():
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    found = places[-1] if places else shutil.which("initdb")
    if not found:
        raise RuntimeError("Expected the PostgreSQL server on this machine, but found no initdb; run: apt install postgresql")
    return Path(found).parent


def _wait(server):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > end:
                said = (server.folder / "log").read_text(errors="replace")
                server.stop()
                raise RuntimeError(f"Expected PostgreSQL to answer within {PATIENCE} s, but it said: {said[-2000:]}") from error
            time.sleep(0.02)


def _end(process):
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _name(url):
    return sqlalchemy.make_url(url).database


@pytest.fixture(scope="session")
def postgres():
    """The server of this test process (with pytest-xdist: one each), started when the first test asks for it.

    Without fsync: nobody cuts the power here, and a process that is killed loses nothing by it.
    """
    server = start_postgres(fsync=False)
    yield server
    server.stop()
