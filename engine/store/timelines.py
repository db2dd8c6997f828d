"""A case's history as rows, with the names that people know."""

from sqlalchemy import select

from engine.store.models import ProcessInstance
from engine.store.people import Account
from engine.store.records import History
from engine.store.visibility import visible


def instance(connection, key):
    """The row of a process instance, or None."""
    return connection.execute(select(ProcessInstance.__table__).where(ProcessInstance.key == key)).mappings().first()


def of_tree(connection, actor, root_key, limit, after=None):
    """Up to `limit` history rows of the instances under a root that the actor may see, in the order of time.

    `after`: (at, chain, seq) of the last one seen.
    """
    seen = visible(ProcessInstance.root_key, ProcessInstance.key, actor)
    chains = select(ProcessInstance.key).where(ProcessInstance.root_key == root_key, seen)
    chosen = select(History.__table__, ProcessInstance.definition_key).join(ProcessInstance, ProcessInstance.key == History.chain)
    chosen = chosen.where(History.chain.in_(chains)).order_by(History.at, History.chain, History.seq).limit(limit)
    if after is not None:
        at, chain, seq = after
        later = (History.at > at) | ((History.at == at) & ((History.chain > chain) | ((History.chain == chain) & (History.seq > seq))))
        chosen = chosen.where(later)
    return list(connection.execute(chosen).mappings())


def display_names(connection, usernames):
    """{user name: the name that people read}."""
    chosen = select(Account.username, Account.display_name).where(Account.username.in_(usernames))
    return dict(connection.execute(chosen).all())
