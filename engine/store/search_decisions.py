"""Decisions, the files that they came in, and the times that they were made, as they can be searched, in the words of the Camunda 8 API."""

from dataclasses import dataclass

from sqlalchemy import Text, and_, case, cast, exists, false, not_, or_, select, true, tuple_

from engine.store import search
from engine.store.deployed import Decision, DecisionRequirements, Resource
from engine.store.models import DecisionInstance, ElementInstance, ProcessInstance
from engine.store.records import History
from engine.store.search import Search
from engine.store.search_fields import Value, column, constant
from engine.store.search_pages import Page
from engine.store.search_tasks import TENANT, element_of
from engine.store.visibility import visible

decisions, requirements, resources = Decision.__table__, DecisionRequirements.__table__, Resource.__table__
made, instances, elements, history = DecisionInstance.__table__, ProcessInstance.__table__, ElementInstance.__table__, History.__table__

#: The kinds of logic that the API has a word for.
TYPES = ("DECISION_TABLE", "LITERAL_EXPRESSION")

_newer = decisions.alias("newer")

DECISIONS = Search(
    decisions.join(requirements, requirements.c.key == decisions.c.requirements_key),
    "decision_definition_key",
    {
        "decision_definition_id": column(decisions.c.decision_id),
        "decision_definition_key": column(decisions.c.key, "key"),
        "decision_requirements_id": column(requirements.c.requirements_id),
        "decision_requirements_key": column(requirements.c.key, "key"),
        "decision_requirements_name": column(requirements.c.name),
        "decision_requirements_version": column(requirements.c.version, "number"),
        "name": column(decisions.c.name),
        "tenant_id": constant(TENANT, Text()),
        "version": column(decisions.c.version, "number"),
    },
    {
        "is_latest_version": Value(
            ~exists().where(_newer.c.decision_id == decisions.c.decision_id, _newer.c.version > decisions.c.version), "flag", False
        )
    },
)

REQUIREMENTS = Search(
    requirements.join(resources, resources.c.key == requirements.c.resource_key),
    "decision_requirements_key",
    {
        "decision_requirements_id": column(requirements.c.requirements_id),
        "decision_requirements_key": column(requirements.c.key, "key"),
        "decision_requirements_name": column(requirements.c.name),
        "resource_name": column(resources.c.name),
        "tenant_id": constant(TENANT, Text()),
        "version": column(requirements.c.version, "number"),
    },
)


@dataclass(frozen=True)
class MadeIn(Value):
    """The evaluation and the place in it: shown as `<evaluation>-<place>`, filtered by as (evaluation, place)."""

    def condition(self, operator, value, dialect):
        """As Value."""
        if operator == "exists":
            return true() if value else false()
        both = tuple_(made.c.evaluation_key, made.c.place)
        found = both.in_(value if operator in ("in", "not_in") else [value])
        return not_(found) if operator in ("neq", "not_in") else found


def _tried_by(actor):
    """The predicate: did `actor` try it themselves, outside of any case? That stands in history alone, in a chain of its own."""
    tried = exists().where(history.c.chain == made.c.evaluation_key, history.c.seq == 1, history.c.actor.in_(actor.names))
    return and_(made.c.instance_key.is_(None), tried)


#: Outer joins alone: what is searched stands first, and is read in its own order as far as a page needs it.
INSTANCES = Search(
    made.outerjoin(decisions, decisions.c.key == made.c.decision_key)
    .outerjoin(instances, instances.c.key == made.c.instance_key)
    .outerjoin(elements, element_of(made, made.c.number)),
    "place",
    {
        "business_id": column(instances.c.business_id),
        "decision_definition_id": column(decisions.c.decision_id),
        "decision_definition_key": column(made.c.decision_key, "key"),
        "decision_definition_name": column(decisions.c.name),
        "decision_definition_type": Value(case((made.c.type.in_(TYPES), made.c.type), else_="UNKNOWN"), "text", False),
        "decision_definition_version": column(decisions.c.version, "number"),
        "decision_evaluation_instance_key": MadeIn(
            cast(made.c.evaluation_key, Text).concat("-").concat(cast(made.c.place, Text)), "text", False
        ),
        "decision_evaluation_key": column(made.c.evaluation_key, "key"),
        "element_instance_key": Value(elements.c.key, "key"),
        "evaluation_date": column(made.c.evaluated, "moment"),
        "evaluation_failure": column(made.c.failure),
        "process_definition_key": Value(instances.c.definition_key, "key"),
        "process_instance_key": column(made.c.instance_key, "key"),
        "record": column(made.c.record),
        "root_decision_definition_key": column(made.c.root_decision_key, "key"),
        "root_process_instance_key": column(made.c.root_key, "key"),
        "state": Value(case((made.c.failure.is_(None), "EVALUATED"), else_="FAILED"), "text", False),
        "tenant_id": constant(TENANT, Text()),
        "place": column(made.c.place, "number"),
    },
    {"decision_requirements_key": column(decisions.c.requirements_key, "key")},
    within="decision_evaluation_key",
    visible=lambda actor: or_(visible(made.c.root_key, made.c.instance_key, actor), _tried_by(actor)),
)


def instance(connection, actor, evaluation_key, place):
    """The decision that was made in that place of an evaluation, as a dict; None where there is none that the actor may see."""
    wanted = {"decision_evaluation_instance_key": {"eq": (evaluation_key, place)}}
    items = search.search(connection, INSTANCES, actor, wanted, page=Page(limit=2)).items
    return items[0] if items else None


def xml(connection, requirements_key):
    """The bytes of the file behind the key of its requirements; None where there is none."""
    chosen = select(resources.c.content).join(requirements, requirements.c.resource_key == resources.c.key)
    return connection.execute(chosen.where(requirements.c.key == requirements_key)).scalar()
