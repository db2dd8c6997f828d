"""A deployment's rows: what is known already, and what is new."""

from collections import defaultdict

from sqlalchemy import bindparam, column, func, inspect, select, table

from engine.store.deployed import Decision, DecisionRequirements, Deployment, Form, ProcessDefinition, Resource
from engine.store.people import Membership, Role
from engine.store.statements import insert

resource, process, decision, form = Resource.__table__, ProcessDefinition.__table__, Decision.__table__, Form.__table__
requirements = DecisionRequirements.__table__

DEPLOYMENT = ("insert deployment", insert(Deployment.__table__))
LAST_NUMBER = ("number of the last deployment", lambda _: select(func.max(Deployment.number).label("number")))
RESOURCE = ("insert resource", insert(resource))
INSERT = {
    "process": ("insert process", insert(process)),
    "requirements": ("insert requirements", insert(requirements)),
    "decision": ("insert decision", insert(decision)),
    "form": ("insert form", insert(form)),
}
SAME_RESOURCE = (
    "same resource",
    lambda _: select(resource.c.key).where(resource.c.name == bindparam("name"), resource.c.hash == bindparam("hash")),
)


def row(one, deployment_key, resource_key):
    """The row of a definition that deploy.py describes."""
    common = {"key": one["key"], "version": one["version"], "deployment_key": deployment_key}
    if one["kind"] == "process":
        start_form = one.get("start_form_id")
        named = {"process_id": one["id"], "name": one["name"], "version_tag": one["version_tag"], "start_form_id": start_form}
        return {**common, **named, "resource_key": resource_key}
    if one["kind"] == "requirements":
        named = {"requirements_id": one["id"], "name": one["name"] or one["id"], "namespace": one["namespace"], "imports": one["imports"]}
        return {**common, **named, "resource_key": resource_key}
    if one["kind"] == "decision":
        named = {"decision_id": one["id"], "name": one["name"] or one["id"], "version_tag": one["version_tag"]}
        return {**common, **named, "requirements_key": one["requirements_key"]}
    return {**common, "form_id": one["id"], "version_tag": one["version_tag"], "resource_key": resource_key}


def known(connection):
    """{"forms", "decisions", "processes": {id: version tags}, "groups": those that somebody holds or that are roles}."""
    found = {}
    for name, identifier, tag in (
        ("forms", form.c.form_id, form.c.version_tag),
        ("decisions", decision.c.decision_id, decision.c.version_tag),
        ("processes", process.c.process_id, process.c.version_tag),
    ):
        tags = defaultdict(set)
        for row_id, row_tag in connection.execute(select(identifier, tag).distinct()):
            tags[row_id].add(row_tag)
        found[name] = dict(tags)
    held = connection.execute(select(Membership.role, Membership.unit)).all()
    groups = {role for role, _ in held} | {f"{role}@{unit}" for role, unit in held if unit}
    found["groups"] = groups | set(connection.execute(select(Role.name)).scalars())
    return found


def has_schema(connection):
    """Has the database been migrated before?"""
    return inspect(connection).has_table(Deployment.__tablename__)


def revision(connection):
    """Up to which migration the database was brought; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(select(column("version_num")).select_from(table("alembic_version"))).scalar()


def never_deployed(connection, named_hashes):
    """Of {resource name: SHA-256}, the names whose content was never deployed under that name: a designer's newer version stays."""
    chosen = select(resource.c.name, resource.c.hash).where(resource.c.name.in_(named_hashes))
    there = set(map(tuple, connection.execute(chosen)))
    return [name for name, digest in named_hashes.items() if (name, digest) not in there]
