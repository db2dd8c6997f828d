"""A new version is deployed through one server and started through another: seen at once, while running cases stay on theirs."""

import json

import pytest

from tests.journeys.town import HERE

DRAWN = (HERE / "versions.bpmn").read_text(encoding="utf-8")
DEPLOYMENTS, STARTS = 20, 5


def version(number):
    """The diagram as it is drawn for the n-th time: its script says so."""
    text = DRAWN.replace("第1版", f"第{number}版").replace('expression="=1"', f'expression="={number}"')
    return [("versions.bpmn", text.encode())]


@pytest.fixture(scope="module")
def elsewhere(town):
    """A second server on the same database, with processes of its own."""
    server = town.second_server()
    yield server
    server.stop()


def test_each_start_after_the_answer_uses_the_new_version_whichever_process_is_asked(town, elsewhere):
    # given: each person before both servers
    designer, here, there = town.person("shen.design"), town.person("clerk.00"), town.person("clerk.00").at(elsewhere.url)
    designers = (designer, designer.at(elsewhere.url))
    started, numbers = {}, []

    # when: it is deployed through one and started through the other, twenty times
    for drawn in range(1, DEPLOYMENTS + 1):
        deploying, starting = (designers[0], there) if drawn % 4 else (designers[1], here)
        (deployed,) = deploying.deploy(version(drawn))["deployments"]
        numbers.append(deployed["processDefinition"]["processDefinitionVersion"])
        for _ in range(STARTS):
            created = starting.json("POST", "/v2/process-instances", {"processDefinitionId": "versions"})
            assert created["processDefinitionVersion"] == numbers[-1]
            assert created["processDefinitionKey"] == deployed["processDefinition"]["processDefinitionKey"]
            started[created["processInstanceKey"]] = drawn

    # then: a hundred starts, and each case goes on as it was drawn when it began
    assert len(started) == DEPLOYMENTS * STARTS
    assert [number - numbers[0] for number in numbers] == list(range(DEPLOYMENTS))
    for case, drawn in list(started.items())[::STARTS]:
        for person in (here, there):
            assert person.json("GET", f"/v2/process-instances/{case}")["processDefinitionVersion"] == numbers[drawn - 1]
        here.do(case, "wait")
        assert json.loads(there.variables(case)["drawn"]) == drawn
        assert there.task(case, "look")


def test_what_is_deployed_again_unchanged_keeps_its_version(town, elsewhere):
    # given
    designer = town.person("shen.design")
    (first,) = designer.deploy(version(77))["deployments"]

    # when
    (again,) = designer.at(elsewhere.url).deploy(version(77))["deployments"]

    # then
    assert again["processDefinition"] == first["processDefinition"]
