"""A case as a tree of process instances: what it called, and the other cases about the same place."""

from sqlalchemy import select, union

from cases.papers import Paper
from cases.places import Place
from engine.domain import values
from engine.domain.errors import NotFound
from engine.store import timelines, visibility
from engine.store.deployed import ProcessDefinition
from engine.store.models import ProcessInstance, Variable
from engine.store.visibility import visible

instances = ProcessInstance.__table__

#: So many instances of a tree are listed, and so many other cases about its place.
MOST, MOST_RELATED = 100, 12
#: What begins on its own and is about a place that is on the ledger, or comes on it.
ABOUT_A_PLACE = ("discovery_intake", "enforcement", "emergency_stop", "correction", "transfer_out")
#: Among the newest so many of each, in each state, one is looked for by its variable; an older one by the papers that it has issued.
LOOKED_AT = 500
#: By which the instances of one process are told apart, the first that there is.
_LABELS = ("respondent", "hazard_no", "penalty_no")


def seen(connection, actor, key):
    """The row of a process instance. Raises NotFound where there is none that the actor may see."""
    row = timelines.instance(connection, key)
    if row is None or not visibility.sees(connection, actor, row["root_key"], key):
        raise NotFound(f"Expected a process instance with key {key}, but there is none that {actor.username} can see")
    return row


def theirs(actor, root_key):
    """The select of the keys of a tree's instances that the actor may see."""
    return select(instances.c.key).where(instances.c.root_key == root_key, visible(instances.c.root_key, instances.c.key, actor))


def tree(connection, actor, root_key):
    """[{"key", "parent_key", "process_id", "name", "status", "started", "ended", "label"}] of a tree, oldest first, at most MOST."""
    return _listed(connection, actor, [instances.c.root_key == root_key], MOST)


def one(connection, actor, key):
    """The same of one instance that the actor may see, or None."""
    return next(iter(_listed(connection, actor, [instances.c.key == key], 1)), None)


def related(connection, actor, case_no, root_key):
    """The same of the roots of other trees about the place `case_no`: its discovery, its main process, its penalties."""
    if not case_no:
        return []
    known = [
        select(Place.root_key).where(Place.no == case_no, Place.root_key.is_not(None)),
        select(Paper.root_key).where(Paper.case_no == case_no),
    ]
    for process_id in ABOUT_A_PLACE:
        for status in ("ACTIVE", "COMPLETED"):
            newest = select(instances.c.key).where(instances.c.process_id == process_id, instances.c.status == status)
            newest = newest.order_by(instances.c.key.desc()).limit(LOOKED_AT).subquery()
            named = (Variable.scope == 1, Variable.name == "case_no", Variable.value == values.write(case_no))
            known.append(select(newest.c.key).join(Variable, Variable.instance_key == newest.c.key).where(*named))
    roots = union(*known).subquery()
    others = [instances.c.key.in_(select(roots.c[0])), instances.c.parent_key.is_(None), instances.c.key != root_key]
    return _listed(connection, actor, others, MOST_RELATED)


def _listed(connection, actor, conditions, most):
    shown = [instances.c[name] for name in ("key", "root_key", "parent_key", "process_id", "status", "started", "ended")]
    chosen = (
        select(*shown, ProcessDefinition.name)
        .join(ProcessDefinition, ProcessDefinition.key == instances.c.definition_key)
        .where(*conditions, visible(instances.c.root_key, instances.c.key, actor))
        .order_by(instances.c.started, instances.c.key)
        .limit(most)
    )
    rows = [dict(row) for row in connection.execute(chosen).mappings()]
    told = labels(connection, [row["key"] for row in rows])
    for row in rows:
        row["name"], row["label"] = row["name"] or row["process_id"], told.get(row["key"])
    return rows


def labels(connection, keys):
    """{instance key: the hazard's number, the respondent's name, or None} by which the instances of one process are told apart."""
    return {key: _label(known) for key, known in variables_of(connection, keys, _LABELS).items()}


def _label(known):
    for name in _LABELS:
        value = known.get(name)
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, str) and value:
            return value
    return None


def variables_of(connection, keys, names=None):
    """{instance key: {name: value}} of the variables of whole instances; of those `names` alone where they are given."""
    chosen = select(Variable.instance_key, Variable.name, Variable.value).where(Variable.instance_key.in_(keys), Variable.scope == 1)
    if names is not None:
        chosen = chosen.where(Variable.name.in_(names))
    found = {}
    for key, name, text in connection.execute(chosen):
        value = values.read(text)
        if value is not None:
            found.setdefault(key, {})[name] = value
    return found


def callers(connection, actor, row):
    """The instances above one, the root first, as far as the actor may see them."""
    above, parent = [], row["parent_key"]
    while parent is not None:
        above.append(parent)
        parent = connection.execute(select(instances.c.parent_key).where(instances.c.key == parent)).scalar()
    found = {each["key"]: each for each in _listed(connection, actor, [instances.c.key.in_(above)], len(above))} if above else {}
    return [found[key] for key in reversed(above) if key in found]
