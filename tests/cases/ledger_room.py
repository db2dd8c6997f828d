"""Handlers of the ledger as a step calls them: in one transaction on a real database, with what they change taken down."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.commands.handlers import HandlerCall
from engine.domain.people import ZONE, Actor
from engine.feel.calendar import Calendar

OFFICER = Actor("wang", "王志强", frozenset({"应急管理中心"}))
SPRING = datetime(2024, 4, 2, 15, tzinfo=ZONE)


class LedgerRoom:
    """`ask(handler, variables)` runs one in a transaction of its own -> (variables, changes)."""

    def __init__(self, store_engine):
        self.store_engine, self.now, self.root_key, self.instance_key, self.headers = store_engine, SPRING, 10, 11, {}

    def ask(self, handler, **variables):
        call = HandlerCall(
            variables,
            self.headers,
            OFFICER,
            self.now,
            Calendar({}, range(2024, 2027)),
            self.instance_key,
            self.root_key,
            None,
            "task",
            "process",
        )
        with self.store_engine.connect().execution_options(write=True) as connection, connection.begin():
            session = Session(bind=connection, join_transaction_mode="rollback_only", info={"command": True})
            with session:
                answer = handler(session, call)
                session.flush()
        return answer

    def rows(self, model, *conditions):
        """The rows of a model, detached."""
        with self.store_engine.connect() as connection, Session(bind=connection) as session:
            return list(session.scalars(select(model).where(*conditions)))

    def row(self, model, *conditions):
        (found,) = self.rows(model, *conditions)
        return found
