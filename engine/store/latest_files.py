"""The newest version of every process and of every file of decisions, with the bytes that were deployed."""

from typing import NamedTuple

from sqlalchemy import func, select

from engine.store.deployed import DecisionRequirements, ProcessDefinition, Resource


class Latest(NamedTuple):
    """`key`, `id`, `version`, `name` of the process or the decisions' graph; `file`: the name under which `content` was deployed."""

    key: int
    id: str
    version: int
    name: str
    file: str
    content: bytes


def processes(connection):
    """[Latest] by id."""
    return _latest(connection, ProcessDefinition, ProcessDefinition.process_id)


def decisions(connection):
    """[Latest] by id."""
    return _latest(connection, DecisionRequirements, DecisionRequirements.requirements_id)


def _latest(connection, row, identifier):
    newest = select(identifier.label("id"), func.max(row.version).label("version")).group_by(identifier).subquery("newest")
    is_newest = (newest.c.id == identifier) & (newest.c.version == row.version)
    chosen = select(row.key, identifier, row.version, func.coalesce(row.name, identifier), Resource.name, Resource.content)
    chosen = chosen.join(newest, is_newest).join(Resource, Resource.key == row.resource_key)
    return [Latest(*told[:5], bytes(told[5])) for told in connection.execute(chosen.order_by(identifier))]
