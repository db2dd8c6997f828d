"""The product beside its peers: W1 through engine.commands, with access checks, FEEL, variables, history and hash chain on."""

from sqlalchemy import func, select

from bench.product_engine import ACTOR, open_product
from bench.product_inbox import ProductInbox
from bench.product_service import ProductService
from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.store import models, records

__all__ = ["Product", "ProductInbox", "ProductService"]

TABLES = {
    "cases": models.ProcessInstance.__table__,
    "tasks": models.UserTask.__table__,
    "candidates": models.TaskCandidate.__table__,
    "history": records.History.__table__,
}


class Product:
    """The engine as a program that embeds it would use it."""

    name = "product"

    def setup(self, store):
        """See Peer."""
        self._engine, read = open_product(store)
        self._process = read.id

    def start_case(self, fields):
        """See Peer."""
        answer = start_instance(self._engine, ACTOR, self._process, variables=fields)
        return answer["key"], _opened(answer)

    def complete(self, case, task, fields):
        """See Peer."""
        return _opened(complete_task(self._engine, ACTOR, task, fields))

    def counts(self):
        """See Peer."""
        with self._engine.store.read() as connection:
            return {name: connection.execute(select(func.count()).select_from(table)).scalar() for name, table in TABLES.items()}

    def close(self):
        """See Peer."""
        self._engine.store.engine.dispose()


def _opened(answer):
    return [(task["key"], task["element"]) for task in answer["opened"]]
