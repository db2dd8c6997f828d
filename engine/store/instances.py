"""Process instances, their elements, variables and incidents, as the step path reads and writes them."""

import functools

from sqlalchemy import bindparam, select

from engine.domain.outcome import OUTSIDE
from engine.store.models import DecisionInstance, ElementInstance, Incident, Recusal, Variable
from engine.store.statements import by_number, change, insert, instance, instance_alone, remove, upsert, with_instance

elements, variables, incidents = ElementInstance.__table__, Variable.__table__, Incident.__table__

LOAD_INCIDENT = ("load incident", with_instance(incidents, incidents.c.key == bindparam("key")))
LOAD_ELEMENT = ("load element", with_instance(elements, elements.c.key == bindparam("key")))
BY_KEY = ("load instance", instance_alone(instance.c.key == bindparam("key")))
BY_PARENT = (
    "load child",
    instance_alone((instance.c.parent_key == bindparam("parent_key")) & (instance.c.parent_number == bindparam("parent_number"))),
)
PEEK = ("peek at instance", lambda _: select(instance).where(instance.c.key == bindparam("key")))
REVISION = ("revision", lambda _: select(instance.c.revision).where(instance.c.key == bindparam("key")))
VARIABLES_OF = (
    "variables",
    lambda _: select(variables.c.scope, variables.c.name, variables.c.value, variables.c.key).where(
        variables.c.instance_key == bindparam("instance_key"), variables.c.scope < OUTSIDE
    ),
)


@functools.cache
def variables_beside(table):
    """The variables of the instance to which the row `key` of `table` belongs: read in the same round trip as the row.

    Those of rounds outside of the state bytes are read as the machine comes to them (rounds.py).
    """
    owner = select(table.c.instance_key).where(table.c.key == bindparam("key")).scalar_subquery()
    chosen = select(variables.c.scope, variables.c.name, variables.c.value, variables.c.key).where(
        variables.c.instance_key == owner, variables.c.scope < OUTSIDE
    )
    return ("variables beside " + table.name, lambda _: chosen)


NEW = ("insert instance", insert(instance))
STEP = (
    "update instance",
    lambda _: (
        instance.update()
        .where(instance.c.key == bindparam("key_key"), instance.c.revision == bindparam("key_revision"))
        .values(
            {
                name: bindparam(name, type_=instance.c[name].type)
                for name in ("state", "status", "revision", "incidents", "ended", "history_seq", "history_head")
            }
        )
    ),
)

KEY_OF_ELEMENT = (
    "key of element",
    lambda _: select(elements.c.key).where(by_number(elements)),
)
ENTER = ("upsert elements", upsert(elements, ["key"], ["status", "ended"]))
END = ("end elements", change(elements, ["root_key", "instance_key", "number"], ["status", "ended"]))

SET = ("upsert variables", upsert(variables, ["instance_key", "scope", "name"], ["value"]))
DROP = ("delete variables", remove(variables, ["instance_key", "scope", "name"]))
DROP_SCOPE = ("delete scopes", remove(variables, ["instance_key", "scope"]))

RAISE = ("insert incidents", insert(incidents))
RECUSE = ("insert recusal", insert(Recusal.__table__))
INCIDENTS_OF_JOBS = (
    "open incidents of jobs",
    lambda _: select(incidents.c.number).where(
        incidents.c.instance_key == bindparam("instance_key"), incidents.c.job_key.is_not(None), incidents.c.resolved.is_(None)
    ),
)
RESOLVE = (
    "resolve incidents",
    lambda _: (
        incidents.update()
        .where(
            incidents.c.instance_key == bindparam("key_instance_key"),
            incidents.c.number == bindparam("key_number"),
            incidents.c.resolved.is_(None),
        )
        .values(status="RESOLVED", resolved=bindparam("resolved", type_=incidents.c.resolved.type))
    ),
)

DECIDED = ("insert decisions", insert(DecisionInstance.__table__))
