"""A store with chains, seals and exports in it, for the tests about history; and the forger, who owns the database but not the key."""

from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, select, update

import verify_history
from engine import history
from engine.store import audit, seals, triggers
from engine.store.deployed import Deployment, ProcessDefinition, Resource
from engine.store.models import ProcessInstance
from engine.store.records import History, HistoryChain

NOW = datetime(2024, 4, 12, 1, 30, tzinfo=UTC)


class Chains:
    """Chains of an Engine's store. Keys of instances count from 1001."""

    def __init__(self, engine):
        self.engine, self.key, self.now = engine, Ed25519PrivateKey.generate(), NOW
        self.public = seals.public_key(self.key)
        self._next = 1001
        with self.writing() as connection:
            connection.execute(insert(Deployment), {"key": 1, "deployed": NOW, "actor": "admin"})
            connection.execute(insert(Resource), {"key": 2, "deployment_key": 1, "name": "p.bpmn", "hash": "00", "content": b"<a/>"})
            defined = {"process_id": "hazard", "version": 1, "deployment_key": 1, "resource_key": 2}
            connection.execute(insert(ProcessDefinition), {"key": 3, **defined})

    def writing(self):
        """A transaction that may write."""
        return self.engine.execution_options(write=True).begin()

    def instance(self, length=5):
        """A process instance with `length` entries -> its key."""
        key, self._next = self._next, self._next + 1
        with self.writing() as connection:
            row = {"key": key, "root_key": key, "definition_key": 3, "process_id": "hazard", "status": "ACTIVE", "state": b"{}"}
            started = {"revision": 1, "started": NOW, "started_by": "li.na", "history_seq": 0, "history_head": history.GENESIS}
            connection.execute(insert(ProcessInstance), row | started)
        self.grow(key, length)
        return key

    def outside(self, chain, subject, length=2):
        """A chain outside of the instances."""
        with self.writing() as connection:
            connection.execute(insert(HistoryChain), {"chain": chain, "seq": 0, "head": history.GENESIS, "subject": subject})
        self.grow(chain, length)

    def grow(self, chain, by=1):
        """Append `by` entries to a chain, as a command would: entry and head in one transaction."""
        with self.writing() as connection:
            instance = connection.execute(
                select(ProcessInstance.history_seq, ProcessInstance.history_head).where(ProcessInstance.key == chain)
            ).first()
            seq, head = instance or connection.execute(select(HistoryChain.seq, HistoryChain.head).where(HistoryChain.chain == chain)).one()
            for _ in range(by):
                self.now += timedelta(seconds=1)
                kind = "task:completed" if seq else "instance:started"
                entry = history.entry(chain, seq + 1, head, self.now, "li.na", kind, f"Task_{seq}", {"note": "已整改", "days": seq})
                connection.execute(insert(History), entry._asdict())
                seq, head = entry.seq, entry.hash
            if instance:
                changed = update(ProcessInstance).where(ProcessInstance.key == chain).values(history_seq=seq, history_head=head)
            else:
                changed = update(HistoryChain).where(HistoryChain.chain == chain).values(seq=seq, head=head)
            connection.execute(changed)

    def seal(self, day=12):
        """The seal of a day of April 2024."""
        with self.writing() as connection:
            return seals.make_seal(connection, self.key, date(2024, 4, day), self.now)

    def export(self, chains=None):
        """The lines of an export."""
        with audit.snapshot(self.engine) as connection:
            return list(audit.export_lines(connection, [self.public], chains))

    def findings(self, chains=None):
        """(code, chain, seq, seal) of everything that the verifier finds."""
        return [finding[:4] for finding in verify_history.verify(self.export(chains), [self.public])]

    def forge(self, *statements):
        """What the owner of the database can do: drop the triggers, write, and put the triggers back as if nothing had been."""
        with self.writing() as connection:
            for name in triggers.SQLITE if self.engine.dialect.name == "sqlite" else triggers.POSTGRESQL:
                table = name.partition("_")[0]
                connection.exec_driver_sql(f"DROP TRIGGER {name}" + ("" if self.engine.dialect.name == "sqlite" else f" ON {table}"))
            for statement in statements:
                connection.execute(statement)
            triggers.install(connection)
