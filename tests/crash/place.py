"""Where the crashes happen: a database, a data folder and an engine of the test's own beside those that are killed."""

import os

import orjson
import pytest
from sqlalchemy import func, select

import verify_history
from api.app import create_app
from api.config import from_environment
from engine.commands.deploy import deploy
from engine.commands.start_instance import start_instance
from engine.store import audit, seals
from engine.store.models import ProcessInstance, Variable
from engine.store.records import History
from tests.crash import deeds

#: Each test of a module on both databases, each database in a group of its own, so that the two run side by side.
ON_BOTH = pytest.mark.parametrize(
    "store_url", [pytest.param(name, marks=pytest.mark.xdist_group(f"crash-{name}")) for name in ("sqlite", "postgresql")], indirect=True
)


class Place:
    """`environment`: what a process of the product is started with here; `engine`: one in this process, with the same keys.

    Its `gate` is that of all tests.
    """

    def __init__(self, url, folder, gate):
        self.url, self.folder = url, folder
        self.environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "SECRET_KEY": "only for tests, and nothing else",
            "SQLITE_SYNCHRONOUS": "FULL",
            "CLOCK_CONTROL": "1",
        }
        app = create_app(from_environment(self.environment))
        self.engine, self._signing_key = app.extensions["engine"], app.extensions["signing_key"]
        self.engine.gate = gate
        deeds.register(self.engine)

    def deploy(self, *names):
        """Deploy files that lie here."""
        return deploy(self.engine, deeds.ADMIN, deeds.files(*names))

    def start(self, process_id, **variables):
        """Start an instance -> the command's answer: "key", "opened"."""
        return start_instance(self.engine, deeds.ADMIN, process_id, variables=variables)

    def db(self, query):
        """All rows of a select."""
        with self.engine.store.read() as connection:
            return connection.execute(query).all()

    def count(self, table, *conditions):
        """How many rows of a table are so."""
        ((found,),) = self.db(select(func.count()).select_from(table).where(*conditions))
        return found

    def entries(self, *kinds):
        """[(chain, body)] of the history entries of these kinds, in the order of chain and sequence."""
        chosen = select(History.chain, History.body).where(History.kind.in_(kinds)).order_by(History.chain, History.seq)
        return [(chain, orjson.loads(body)) for chain, body in self.db(chosen)]

    def kinds(self, chain):
        """The kinds of a chain's entries, in order."""
        return [kind for (kind,) in self.db(select(History.kind).where(History.chain == chain).order_by(History.seq))]

    def variables(self, name):
        """{instance: value} of a variable of that name of all process instances."""
        rows = self.db(select(Variable.instance_key, Variable.value).where(Variable.name == name, Variable.scope == 1))
        return {key: orjson.loads(value) for key, value in rows}

    def statuses(self):
        """{status: how many process instances have it}."""
        return dict(map(tuple, self.db(select(ProcessInstance.status, func.count()).group_by(ProcessInstance.status))))

    def expect_whole_chains(self):
        """What a stranger finds who verifies an export of everything: nothing."""
        public = seals.public_key(self._signing_key)
        with audit.snapshot(self.engine.store.engine) as connection:
            found = verify_history.examine(audit.export_lines(connection, [public]), [public])
        assert found.findings == []
        assert found.counts["entries"] == self.count(History)

    def close(self):
        """Let go of the database."""
        self.engine.store.engine.dispose()
