"""Trees of process instances: a root and everything that it called."""

from sqlalchemy import select

from engine.store.models import ProcessInstance


def instances_of_tree(connection, key):
    """The keys of all instances of the tree to which the instance `key` belongs, the root first; [] where there is none."""
    root = select(ProcessInstance.root_key).where(ProcessInstance.key == key).scalar_subquery()
    tree = select(ProcessInstance.key).where(ProcessInstance.root_key == root).order_by(ProcessInstance.key)
    return list(connection.execute(tree).scalars())
