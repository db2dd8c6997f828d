"""What the story reads of the database beside the product's own queries: the only place of it that writes SQL, with held.py."""

from sqlalchemy import func, select

from cases.organisation import Certificate
from engine.domain import values
from engine.store.base import read_moment
from engine.store.models import ProcessInstance, Timer, UserTask, Variable
from engine.store.records import History, HistoryChain

#: So many keys are asked for at once.
_BATCH = 500


def certificates(connection):
    """{user name: the number of a certificate of theirs}."""
    return dict(connection.execute(select(Certificate.username, Certificate.no)).all())


def timer(connection, instance_key, subscription):
    """(key, due) of an instance's timer, or None."""
    wanted = select(Timer.key, Timer.due).where(Timer.instance_key == instance_key, Timer.subscription == subscription)
    return connection.execute(wanted).first()


def entries(connection, subject):
    """The bodies, as text, of the entries of the chain of a subject, oldest first."""
    chain = select(HistoryChain.chain).where(HistoryChain.subject == subject).scalar_subquery()
    return connection.execute(select(History.body).where(History.chain == chain).order_by(History.seq)).scalars().all()


def begun(connection, business_ids):
    """[(key, process id, business id)] of the instances that were started under one of them."""
    chosen = select(ProcessInstance.key, ProcessInstance.process_id, ProcessInstance.business_id)
    return among(connection, chosen.where(ProcessInstance.parent_key.is_(None)), ProcessInstance.business_id, list(business_ids))


def numbers(connection, name, keys):
    """[(key, number as JSON text)] of the instances that have the variable `name`, which holds a number."""
    chosen = select(Variable.instance_key, Variable.value).where(*_own(name), Variable.value != "null")
    return among(connection, chosen, Variable.instance_key, keys)


def numbered(connection, name, numbers):
    """[(key, process id, number)] of all instances without a parent whose variable `name` is one of the numbers (JSON texts)."""
    chosen = select(ProcessInstance.key, ProcessInstance.process_id, Variable.value)
    chosen = chosen.join(Variable, Variable.instance_key == ProcessInstance.key).where(ProcessInstance.parent_key.is_(None), *_own(name))
    return among(connection, chosen, Variable.value, numbers)


def _own(name):
    return Variable.name == name, Variable.scope == 1


def last_entry(connection, roots):
    """The moment of the last entry of the chains of these trees, or None."""
    chains = [key for (key,) in among(connection, select(ProcessInstance.key), ProcessInstance.root_key, roots)]
    found = [at for (at,) in among(connection, select(func.max(History.at)), History.chain, chains) if at is not None]
    return read_moment(max(found)) if found else None


def tasks(connection, roots):
    """All tasks that these trees have had, as dicts, in the order in which they came."""
    found = [dict(row._mapping) for row in among(connection, select(UserTask.__table__), UserTask.root_key, roots)]
    return sorted(found, key=lambda row: (row["created"], row["key"]))


def variables(connection, roots, names):
    """{instance: {name: value}} of some variables of the instances of these trees."""
    chosen = select(Variable.instance_key, Variable.name, Variable.value).where(Variable.scope == 1, Variable.name.in_(names))
    found = {}
    for instance, name, text in among(connection, chosen, Variable.root_key, roots):
        found.setdefault(instance, {})[name] = values.read(text)
    return found


def timers(connection, roots):
    """[(instance, subscription, root, due)] of these trees."""
    chosen = select(Timer.instance_key, Timer.subscription, Timer.root_key, Timer.due)
    return among(connection, chosen, Timer.root_key, roots)


def among(connection, chosen, column, keys):
    """The rows of a select whose `column` is among many keys."""
    found = []
    for start in range(0, len(keys), _BATCH):
        found += connection.execute(chosen.where(column.in_(keys[start : start + _BATCH]))).all()
    return found
