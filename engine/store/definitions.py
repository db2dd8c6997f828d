"""Deployed definitions: which version is meant, and the bytes behind a key. Read in the transaction, each time; only bytes are cached."""

from sqlalchemy import bindparam, select

from engine.store.deployed import Decision, DecisionRequirements, Deployment, Form, ProcessDefinition, Resource

process, decision, requirements = ProcessDefinition.__table__, Decision.__table__, DecisionRequirements.__table__
form, resource, deployment = Form.__table__, Resource.__table__, Deployment.__table__.alias("came_with")


def _latest(table, identifier):
    """The newest version of an id."""
    return lambda _: select(table).where(identifier == bindparam("id")).order_by(table.c.version.desc()).limit(1)


def _tagged(table, identifier):
    """The newest version of an id that carries a tag."""
    chosen = select(table).where(identifier == bindparam("id"), table.c.version_tag == bindparam("version_tag"))
    return lambda _: chosen.order_by(table.c.version.desc()).limit(1)


def _deployed(table, identifier):
    """The version of an id that came, or was already there unchanged, with a deployment: the newest that is not younger than it."""
    of_asker = select(deployment.c.number).where(deployment.c.key == bindparam("deployment_key")).scalar_subquery()
    chosen = select(table).join(deployment, deployment.c.key == table.c.deployment_key)
    chosen = chosen.where(identifier == bindparam("id"), deployment.c.number <= of_asker)
    return lambda _: chosen.order_by(table.c.version.desc()).limit(1)


def _by_key(table):
    return lambda _: select(table).where(table.c.key == bindparam("key"))


PROCESS = {
    "latest": ("latest process", _latest(process, process.c.process_id)),
    "versionTag": ("tagged process", _tagged(process, process.c.process_id)),
    "deployment": ("process of deployment", _deployed(process, process.c.process_id)),
}
DECISION = {
    "latest": ("latest decision", _latest(decision, decision.c.decision_id)),
    "versionTag": ("tagged decision", _tagged(decision, decision.c.decision_id)),
    "deployment": ("decision of deployment", _deployed(decision, decision.c.decision_id)),
}
FORM = {
    "latest": ("latest form", _latest(form, form.c.form_id)),
    "versionTag": ("tagged form", _tagged(form, form.c.form_id)),
    "deployment": ("form of deployment", _deployed(form, form.c.form_id)),
}
LATEST_REQUIREMENTS = ("latest requirements", _latest(requirements, requirements.c.requirements_id))
LATEST_DECISION = (
    "latest decision with its resource",
    lambda _: (
        select(decision, requirements.c.resource_key)
        .join(requirements, requirements.c.key == decision.c.requirements_key)
        .where(decision.c.decision_id == bindparam("id"))
        .order_by(decision.c.version.desc())
        .limit(1)
    ),
)
PROCESS_VERSION = (
    "version of process",
    lambda _: select(process).where(process.c.process_id == bindparam("id"), process.c.version == bindparam("version")),
)
PROCESS_BY_KEY = ("process by key", _by_key(process))
DECISION_BY_KEY = ("decision by key", _by_key(decision))
DECISIONS_OF = ("decisions of requirements", lambda _: select(decision).where(decision.c.requirements_key == bindparam("key")))
REQUIREMENTS_BY_KEY = ("requirements by key", _by_key(requirements))
FORM_BY_KEY = ("form by key", _by_key(form))
CONTENT = ("content of resource", lambda _: select(resource.c.content).where(resource.c.key == bindparam("key")))
