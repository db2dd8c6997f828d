"""Designs: the files of the dialect that are live, with their versions, and the draft beside each.

A design is a file: kind process (.bpmn, by the id of its process), decision (.dmn, by the id of its requirements), form (.form, by its id).
"""

from sqlalchemy import bindparam, func, or_, select

from engine.domain.people import ADMINISTRATOR, DESIGNER, SYSTEM
from engine.store.deployed import Decision, DecisionRequirements, Deployment, DesignDraft, Form, ProcessDefinition, Resource
from engine.store.models import ProcessInstance
from engine.store.people import Account, Membership
from engine.store.statements import remove, upsert

drafts, resource, deployment = DesignDraft.__table__, Resource.__table__, Deployment.__table__
process, requirements, decision, form = (one.__table__ for one in (ProcessDefinition, DecisionRequirements, Decision, Form))

#: kind -> (table of its versions, column of its id)
KINDS = {
    "process": (process, process.c.process_id),
    "decision": (requirements, requirements.c.requirements_id),
    "form": (form, form.c.form_id),
}

FIND = ("find design draft", lambda _: select(drafts).where(drafts.c.kind == bindparam("kind"), drafts.c.id == bindparam("id")))
SAVE = ("save design draft", upsert(drafts, ["kind", "id"], [column.key for column in drafts.c if not column.primary_key]))
REMOVE = ("remove design draft", remove(drafts, ["kind", "id"]))


def _live(table, identifier):
    chosen = select(table.c.version, resource.c.name.label("resource"), resource.c.hash)
    chosen = chosen.join(resource, resource.c.key == table.c.resource_key).where(identifier == bindparam("id"))
    return lambda _: chosen.order_by(table.c.version.desc()).limit(1)


#: The newest version of a design: version, resource, hash.
LIVE = {kind: (f"live {kind}", _live(*columns)) for kind, columns in KINDS.items()}


def _watched(table, identifier):
    came = select(table.c.key).join(deployment, deployment.c.key == table.c.deployment_key)
    chosen = came.where(identifier == bindparam("id"), or_(deployment.c.actor == SYSTEM, deployment.c.authors.is_not(None)))
    return lambda _: chosen.limit(1)


#: Of what deploy.py brings in: did a version of this id come with the product, or was one published by a second person?
WATCHED = {
    "process": ("watched process", _watched(process, process.c.process_id)),
    "requirements": ("watched requirements", _watched(requirements, requirements.c.requirements_id)),
    "decision": ("watched decision", _watched(decision, decision.c.decision_id)),
    "form": ("watched form", _watched(form, form.c.form_id)),
}

#: The requirements with which the newest version of a decision came.
REQUIREMENTS_OF = (
    "requirements of decision",
    lambda _: (
        select(requirements.c.requirements_id)
        .join(decision, decision.c.requirements_key == requirements.c.key)
        .where(decision.c.decision_id == bindparam("id"))
        .order_by(decision.c.version.desc())
        .limit(1)
    ),
)


def versions(connection, kind=None, id=None):
    """{(kind, id): its versions, the newest first} of one design or of all.

    A version: {"version", "name" (None of a form), "key", "resource_key", "resource", "hash", "deployed", "actor", "authors" (JSON text)}.
    """
    found = {}
    for each, (table, identifier) in KINDS.items():
        if kind not in (None, each):
            continue
        named = table.c.name if "name" in table.c else form.c.version_tag
        chosen = select(identifier.label("id"), table.c.version, named.label("name"), table.c.key, table.c.resource_key)
        chosen = chosen.add_columns(resource.c.name.label("resource"), resource.c.hash)
        chosen = chosen.add_columns(deployment.c.deployed, deployment.c.actor, deployment.c.authors)
        chosen = chosen.join(resource, resource.c.key == table.c.resource_key)
        chosen = chosen.join(deployment, deployment.c.key == table.c.deployment_key).order_by(identifier, table.c.version.desc())
        for row in connection.execute(chosen if id is None else chosen.where(identifier == id)).mappings():
            told = {**row, "name": None if each == "form" else row["name"]}
            found.setdefault((each, row["id"]), []).append(told)
    return found


def running(connection, by=ProcessInstance.process_id, process_id=None):
    """{process id: number of its open instances}, or by another column."""
    chosen = select(by, func.count()).where(ProcessInstance.status == "ACTIVE").group_by(by)
    return dict(connection.execute(chosen if process_id is None else chosen.where(ProcessInstance.process_id == process_id)).all())


def running_versions(connection, process_id):
    """{key of a version of the process: number of its open instances}."""
    return running(connection, ProcessInstance.definition_key, process_id)


def all_drafts(connection):
    """{(kind, id): its draft without the content}."""
    chosen = select(*(column for column in drafts.c if column is not drafts.c.content))
    return {(row["kind"], row["id"]): dict(row) for row in connection.execute(chosen).mappings()}


def draft(connection, kind, id):
    """The draft of a design, or None."""
    row = connection.execute(select(drafts).where(drafts.c.kind == kind, drafts.c.id == id)).mappings().first()
    return row and dict(row)


def content(connection, resource_key):
    """The bytes of a file."""
    return bytes(connection.execute(select(resource.c.content).where(resource.c.key == resource_key)).scalar_one())


def publishers(connection):
    """{user name: the name that people read} of everybody who may publish what they did not draw."""
    chosen = select(Account.username, Account.display_name).join(Membership, Membership.username == Account.username)
    chosen = chosen.where(Account.active, Membership.role.in_((ADMINISTRATOR, DESIGNER))).order_by(Membership.role.desc(), Account.username)
    return dict(connection.execute(chosen).all())
