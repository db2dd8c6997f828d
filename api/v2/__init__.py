"""The Camunda 8 Orchestration Cluster REST API, in the part that the official client needs: a file per resource."""

from api.v2 import (
    clock,
    cluster,
    conditionals,
    decision_definitions,
    decision_instances,
    decision_requirements,
    deployments,
    element_instances,
    forms,
    incidents,
    jobs,
    messages,
    process_definitions,
    process_instances,
    user_tasks,
    variables,
)

BLUEPRINTS = tuple(
    module.blueprint
    for module in (
        cluster,
        deployments,
        process_definitions,
        process_instances,
        user_tasks,
        forms,
        variables,
        element_instances,
        messages,
        conditionals,
        jobs,
        incidents,
        decision_definitions,
        decision_requirements,
        decision_instances,
        clock,
    )
)


def register(api):
    """Add every resource of /v2 to a flask_smorest Api."""
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
