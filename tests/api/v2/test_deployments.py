"""Deploying through /v2."""

from camunda_orchestration_sdk.models.deployment_result import DeploymentResult


def test_everything_that_can_be_deployed_is_told_in_the_words_of_the_client(ask, deployed):
    # when
    answer = deployed("repair.bpmn", "straight.bpmn", "repair_report.form", "level.dmn")

    # then
    found = DeploymentResult.from_dict(answer)
    processes = {one.process_definition.process_definition_id for one in found.deployments if one.process_definition}
    assert processes == {"repair", "straight"}
    (form,) = [one.form for one in found.deployments if one.form]
    assert form.form_id == "repair_report"
    (graph,) = [one.decision_requirements for one in found.deployments if one.decision_requirements]
    (decision,) = [one.decision_definition for one in found.deployments if one.decision_definition]
    assert (decision.decision_definition_id, decision.decision_requirements_key) == ("level", graph.decision_requirements_key)


def test_what_is_unchanged_keeps_its_version_and_is_told_all_the_same(deployed):
    # given
    first = deployed("level.dmn", "waiting.bpmn")

    # when
    second = deployed("level.dmn", "waiting.bpmn")

    # then
    assert second["deploymentKey"] != first["deploymentKey"]
    assert second["deployments"] == first["deployments"]
