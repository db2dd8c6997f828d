"""The deployed models that DMN files import: which one a namespace means today, and which ones a deployed file was bound to."""

import orjson
from sqlalchemy import select

from engine.domain.imported import Imported
from engine.store.deployed import DecisionRequirements, Resource

requirements, resource = DecisionRequirements.__table__, Resource.__table__
_newer = requirements.alias("newer")


def latest(connection, namespace):
    """{key of requirements: Imported} of the files whose newest version has the namespace."""
    newer = select(_newer.c.key).where(
        _newer.c.requirements_id == requirements.c.requirements_id, _newer.c.version > requirements.c.version
    )
    chosen = select(requirements.c.key).where(requirements.c.namespace == namespace, ~newer.exists())
    return {key: _imported(connection, key, {}) for key in connection.execute(chosen).scalars().all()}


def bound(connection, imports):
    """`imports` of a row of decision_requirements -> {namespace: [Imported]}, one each."""
    return _bound(connection, imports, {})


def entries(imports):
    """[{"namespace", "name", "key"}] of that column; empty where the file imports nothing."""
    return orjson.loads(imports) if imports else []


def _bound(connection, imports, done):
    return {one["namespace"]: [_imported(connection, one["key"], done)] for one in entries(imports)}


def _imported(connection, key, done):
    """What was deployed imports only what was deployed before or with it, and never in a circle: the gate has seen to that."""
    if key not in done:
        chosen = select(resource.c.content, requirements.c.imports).join(requirements, requirements.c.resource_key == resource.c.key)
        content, imports = connection.execute(chosen.where(requirements.c.key == key)).one()
        done[key] = Imported(bytes(content), _bound(connection, imports, done))
    return done[key]
