"""Deployed processes, forms and decisions as they can be searched and read, in the words of the Camunda 8 API."""

from sqlalchemy import Text, exists, select

from engine.store.deployed import Form, ProcessDefinition, Resource
from engine.store.search import Search
from engine.store.search_fields import Value, column, constant
from engine.store.search_tasks import TENANT

definitions, resources, forms = ProcessDefinition.__table__, Resource.__table__, Form.__table__

_newer = definitions.alias("newer")

DEFINITIONS = Search(
    definitions.join(resources, resources.c.key == definitions.c.resource_key),
    "process_definition_key",
    {
        "name": column(definitions.c.name),
        "resource_name": column(resources.c.name),
        "version": column(definitions.c.version, "number"),
        "version_tag": column(definitions.c.version_tag),
        "process_definition_id": column(definitions.c.process_id),
        "tenant_id": constant(TENANT, Text()),
        "process_definition_key": column(definitions.c.key, "key"),
        "has_start_form": Value(definitions.c.start_form_id.is_not(None), "flag", False),
        "state": constant("ACTIVE", Text()),
    },
    {
        "is_latest_version": Value(
            ~exists().where(_newer.c.process_id == definitions.c.process_id, _newer.c.version > definitions.c.version), "flag", False
        )
    },
)

FORMS = Search(
    forms.join(resources, resources.c.key == forms.c.resource_key),
    "form_key",
    {
        "tenant_id": constant(TENANT, Text()),
        "form_id": column(forms.c.form_id),
        "schema": column(resources.c.content, "bytes"),
        "version": column(forms.c.version, "number"),
        "form_key": column(forms.c.key, "key"),
    },
)


def xml(connection, key):
    """The bytes of the diagram behind a process definition's key; None where there is none."""
    chosen = select(resources.c.content).join(definitions, definitions.c.resource_key == resources.c.key).where(definitions.c.key == key)
    return connection.execute(chosen).scalar()


def start_form(connection, key):
    """The key of the newest version of the form that the process behind a definition's key starts with; None where it has none."""
    wanted = select(definitions.c.start_form_id).where(definitions.c.key == key).scalar_subquery()
    newest = select(forms.c.key).where(forms.c.form_id == wanted).order_by(forms.c.version.desc()).limit(1)
    return connection.execute(newest).scalar()
