"""What came with the same deployment is meant, whichever process leased the keys: a key does not tell what came first."""

from sqlalchemy import select

from engine.store.models import ProcessInstance
from tests.engine.commands.postgres_office import on_postgres
from tests.engine.store.town import deploy_drawn
from tests.engine.workflow.drawing import call, diagram, end, flows, start, user

CALLS = diagram(start(), call("c", more='bindingType="deployment"'), end(), flows("s -> c -> e"), id="parent")


def child(task):
    """A version of the child that opens this task."""
    return diagram(start(), user(task), end(), flows(f"s -> {task} -> e"), id="child")


def test_a_later_deployment_with_lower_keys_is_not_taken_for_an_earlier_one(postgres, gate):
    with on_postgres(postgres, gate) as (office, other):
        # given two processes that have leased their keys, and the one with the higher ones deploys first
        here, there = office.engine.store.keys.take(), other.store.keys.take()
        assert here < there
        deploy_drawn(other, CALLS, child("first"))
        deploy_drawn(office.engine, child("second"))

        # when
        parent = office.start("parent")

        # then the child is of the parent's own deployment
        (row,) = office.db(select(ProcessInstance.key).where(ProcessInstance.parent_key == parent))
        assert office.task(row["key"])["element_id"] == "first"
