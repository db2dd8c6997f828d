"""The same Idempotency-Key twice does it once: on every kind of command, from several connections at once, and for its sender alone."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys.town import HERE


@pytest.fixture
def clerk(town):
    town.deploy("one_task.bpmn")
    return town.person("clerk.00")


@pytest.fixture
def key():
    """Headers with a key that nobody used before."""
    return {"Idempotency-Key": f"受理-{uuid.uuid4()}".encode().hex()}


def started(clerk, business_id):
    """The keys of the instances with a business id."""
    found = clerk.json("POST", "/v2/process-instances/search", {"filter": {"businessId": business_id}})["items"]
    return [each["processInstanceKey"] for each in found]


def kinds(town, case):
    return [entry["kind"] for entry in town.person("jiang.audit").timeline(case)]


def test_a_start_that_is_sent_twice_starts_once(clerk, key):
    # given
    body = {"processDefinitionId": "one_task", "businessId": key["Idempotency-Key"][-36:], "variables": {"a": 0.1}}

    # when
    first = clerk.json("POST", "/v2/process-instances", body, headers=key)
    second = clerk.json("POST", "/v2/process-instances", body, headers=key)

    # then
    assert second == first
    assert started(clerk, body["businessId"]) == [first["processInstanceKey"]]


def test_ten_connections_with_one_key_at_the_same_moment_start_one_case(town, clerk, key):
    # given
    body = {"processDefinitionId": "one_task", "businessId": key["Idempotency-Key"][-36:]}
    people, gate = [clerk.at(clerk.url) for _ in range(10)], threading.Barrier(10)

    def start(person):
        gate.wait(60)
        return person.json("POST", "/v2/process-instances", body, headers=key)["processInstanceKey"]

    # when
    with ThreadPoolExecutor(10) as pool:
        keys = set(pool.map(start, people))

    # then
    assert started(clerk, body["businessId"]) == list(keys)
    assert len(keys) == 1


def test_claiming_and_completing_twice_is_one_act_each(town, clerk, key):
    # given
    case = clerk.start("one_task")
    task = clerk.task(case, "serve")
    other = {"Idempotency-Key": key["Idempotency-Key"] + "-2"}
    claim, completion = {"assignee": "clerk.00", "allowOverride": False}, {"variables": {"done": True}}

    # when
    for _ in range(2):
        clerk.json("POST", f"/v2/user-tasks/{task}/assignment", claim, 204, headers=key)
    for _ in range(2):
        clerk.json("POST", f"/v2/user-tasks/{task}/completion", completion, 204, headers=other)

    # then: without its key it is another request, which comes too late
    assert kinds(town, case) == ["instance:started", "task:claimed", "task:completed"]
    assert "it is COMPLETED" in clerk.refused(409, "POST", f"/v2/user-tasks/{task}/completion", completion)


def test_a_message_and_a_deployment_that_are_sent_twice_are_there_once(town, key):
    # given
    robot, designer = town.person("robot"), town.person("shen.design")
    message = {"name": "nobody_waits", "correlationKey": "1", "timeToLive": 0}
    other = {"Idempotency-Key": key["Idempotency-Key"] + "-2"}
    files = [("resources", ("one_task.bpmn", (HERE / "one_task.bpmn").read_bytes() + b"<!-- twice -->"))]

    # when
    published = [robot.json("POST", "/v2/messages/publication", message, headers=key) for _ in range(2)]
    deployed = [designer.json("POST", "/v2/deployments", files=files, headers=other) for _ in range(2)]

    # then
    assert published[0] == published[1]
    assert deployed[0] == deployed[1]
    assert published[0] != robot.json("POST", "/v2/messages/publication", message)


def test_a_draft_and_a_confirmation_pass_their_key_too(town, key):
    """/api beside /v2: the same rule."""
    # given
    town.deploy("two_officers.bpmn")
    first, second = town.person("clerk.01"), town.person("clerk.02")
    case = first.start("two_officers")
    task = first.task(case, "inspect")
    other = {"Idempotency-Key": key["Idempotency-Key"] + "-2"}

    # when
    drafts = [first.json("PUT", f"/api/tasks/{task}/draft", {"values": {"a": 1}}, headers=key) for _ in range(2)]
    first.complete(task, {"result": "合格"})
    for _ in range(2):
        second.json("POST", f"/api/tasks/{task}/confirmation", status=204, headers=other)

    # then
    assert [draft["revision"] for draft in drafts] == [1, 1]
    assert kinds(town, case) == ["instance:started", "task:confirmation-asked", "task:completed"]


def test_a_key_with_another_request_is_refused_and_changes_nothing(town, clerk, key):
    # given
    case = clerk.start("one_task")
    task = clerk.task(case, "serve")
    clerk.json("POST", f"/v2/user-tasks/{task}/assignment", {"assignee": "clerk.00", "allowOverride": False}, 204, headers=key)

    # then
    sentence = clerk.refused(409, "POST", f"/v2/user-tasks/{task}/completion", {"variables": {}}, headers=key)
    assert "to come with the request it first came with, but it is another one" in sentence
    assert kinds(town, case) == ["instance:started", "task:claimed"]


def test_a_key_is_its_senders_own(town, clerk, key):
    # given
    body = {"processDefinitionId": "one_task"}

    # when
    mine = clerk.json("POST", "/v2/process-instances", body, headers=key)
    theirs = town.person("clerk.01").json("POST", "/v2/process-instances", body, headers=key)

    # then
    assert mine["processInstanceKey"] != theirs["processInstanceKey"]


def test_a_request_that_was_refused_may_be_corrected_under_its_key(clerk, key):
    sentence = clerk.refused(404, "POST", "/v2/process-instances", {"processDefinitionId": "one_tusk"}, headers=key)
    assert "one_tusk" in sentence
    clerk.json("POST", "/v2/process-instances", {"processDefinitionId": "one_task"}, headers=key)


@pytest.mark.parametrize("text", ["", "x" * 256])
def test_a_key_of_no_or_too_many_characters_is_refused_on_both_doors(clerk, text):
    task = clerk.task(clerk.start("one_task"), "serve")
    headers = {"Idempotency-Key": text}
    for method, path, body in (
        ("POST", "/v2/process-instances", {"processDefinitionId": "one_task"}),
        ("PUT", f"/api/tasks/{task}/draft", {"values": {}}),
        ("POST", f"/api/tasks/{task}/confirmation", None),
    ):
        assert "1 to 255 characters" in clerk.refused(400, method, path, body, headers=headers)
