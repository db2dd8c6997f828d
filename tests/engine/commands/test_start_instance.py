"""A process begins: by id, key, version or tag; the lane of its start is who may."""

import pytest
from sqlalchemy import select

from engine.commands.complete_task import complete_task
from engine.commands.start_instance import start_instance
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.store.models import ElementInstance, ProcessInstance
from tests.engine.commands.office import ADMIN, AUDITOR_, DRAWER, LI, TANG, ZHAO


def two_versions(office):
    """The keys of two versions of the process `laned`: 居村 start the first, tagged 2024-04, 消防 the second, tagged 2024-05."""
    return [office.deploy(name)["deployed"][0]["key"] for name in ("laned.bpmn", "laned_next.bpmn")]


def test_starting_runs_to_the_first_wait_and_leaves_one_entry(office):
    # given
    office.deploy("../../api/v2/straight.bpmn")

    # when
    answer = start_instance(office.engine, LI, "straight", business_id="昆-1", tags=("a",), variables={"a": 1, "b": 2})

    # then
    instance = office.instance(answer["key"])
    assert (instance["business_id"], instance["tags"], instance["started_by"]) == ("昆-1", '["a"]', "li")
    assert (answer["status"], answer["version"], answer["version_tag"]) == ("COMPLETED", 1, "first")
    assert office.variables(answer["key"]) == {"a": 1, "b": 2, "sum": 3}
    assert office.trail(answer["key"]) == [("instance:started", "li", None)]
    data = office.history(answer["key"])[0]["data"]
    assert (data["process"], data["version"], data["business_id"]) == ("straight", 1, "昆-1")


def test_starting_tells_which_tasks_it_opened(office):
    office.deploy("patrol.bpmn")

    answer = start_instance(office.engine, ADMIN, "patrol")

    task = office.task(answer["key"])
    assert answer["opened"] == [{"key": task["key"], "element": "inspect"}]
    assert (task["status"], task["assignee"], task["candidate_groups"]) == ("CREATED", None, '["居村@陈坊村"]')
    assert office.history(answer["key"])[0]["data"]["tasks"] == {"inspect": ["居村@陈坊村"]}


def test_a_version_is_named_by_number_tag_or_key_and_is_else_the_latest(office):
    # given
    first, second = two_versions(office)

    # then
    for named, version in (
        ({"process_id": "laned"}, 2),
        ({"process_id": "laned", "version": 1}, 1),
        ({"process_id": "laned", "version_tag": "2024-04"}, 1),
        ({"definition_key": first}, 1),
        ({"definition_key": second}, 2),
    ):
        answer = start_instance(office.engine, ADMIN, **named)
        assert (answer["version"], answer["definition_key"]) == (version, (first, second)[version - 1])
        assert office.instance(answer["key"])["definition_key"] == answer["definition_key"]


def test_a_process_is_named_by_its_id_or_by_its_key(office):
    first, _ = two_versions(office)

    for named in ({}, {"process_id": "laned", "definition_key": first}):
        with office.refuses(Invalid, "Expected either the id or the key of a process definition, but found both or none"):
            start_instance(office.engine, ADMIN, **named)


@pytest.mark.parametrize(
    "named, which",
    [
        ({"process_id": "no-such"}, "id 'no-such', but there is none"),
        ({"process_id": "laned", "version": 3}, "id 'laned' and version 3, but"),
        ({"process_id": "laned", "version_tag": "2024-06"}, "id 'laned' and version tag '2024-06', but"),
        ({"definition_key": 7}, "key 7, but"),
    ],
    ids=["id", "version", "tag", "key"],
)
def test_what_was_never_deployed_cannot_be_started(office, named, which):
    two_versions(office)

    with office.refuses(NotFound, f"Expected a deployed process definition with {which}"):
        start_instance(office.engine, ADMIN, **named)


def test_the_lane_of_the_start_event_says_who_may_start(office):
    # given a version that 居村 start, and one that 消防 start
    two_versions(office)

    # then
    start_instance(office.engine, LI, "laned", version=1)
    start_instance(office.engine, ZHAO, "laned")
    start_instance(office.engine, ADMIN, "laned")
    for actor, version, lane in ((ZHAO, 1, "居村"), (AUDITOR_, 1, "居村"), (LI, 2, "消防")):
        with office.refuses(NotPermitted, f"Expected a member of {lane} to start laned, but {actor.username} is not one"):
            start_instance(office.engine, actor, "laned", version=version)


def test_without_a_lane_everybody_may_start_who_does_more_than_watch(office):
    office.deploy("../../api/v2/straight.bpmn")

    start_instance(office.engine, LI, "straight", variables={"a": 1, "b": 2})
    for actor in (AUDITOR_, DRAWER):
        with office.refuses(NotPermitted, f"Expected somebody with a case role to start straight, but {actor.username} only watches"):
            start_instance(office.engine, actor, "straight")


def test_a_process_that_a_message_starts_is_not_started_by_hand(office):
    office.deploy("announced.bpmn")

    with office.refuses(Invalid, "Expected process announced to have a none start event, but it starts only by a message"):
        start_instance(office.engine, ADMIN, "announced")


def test_called_processes_start_in_rows_of_their_own_under_the_same_root(office):
    # given
    office.deploy("outer.bpmn")

    # when
    answer = start_instance(office.engine, LI, "outer", business_id="专-7", variables={"place": "东街"})

    # then each level names the call that it hangs on
    rows = {row["process_id"]: row for row in office.db(select(ProcessInstance.__table__))}
    outer, middle, inner = rows["outer"], rows["middle"], rows["inner"]
    assert {row["root_key"] for row in rows.values()} == {outer["key"]} == {answer["key"]}
    assert (outer["parent_key"], middle["parent_key"], inner["parent_key"]) == (None, outer["key"], middle["key"])
    calls = {row["key"]: row["element_id"] for row in office.db(select(ElementInstance.__table__))}
    assert [calls[row["parent_element_key"]] for row in (middle, inner)] == ["check", "visit"]
    assert {row["business_id"] for row in rows.values()} == {"专-7"}
    # and has one entry in a chain of its own, and variables of its own
    for row in rows.values():
        assert office.trail(row["key"]) == [("instance:started", "li", None)]
        assert office.variables(row["key"]) == {"place": "东街"}
    assert office.history(inner["key"])[0]["data"]["parent"] == str(middle["key"])
    assert answer["opened"] == [{"key": office.task(inner["key"])["key"], "element": "look"}]


def test_what_the_innermost_gives_back_reaches_the_root_in_one_step(office):
    # given
    office.deploy("outer.bpmn")
    root = office.start("outer")
    (inner,) = office.db(select(ProcessInstance.key).where(ProcessInstance.process_id == "inner"))

    # when
    complete_task(office.engine, TANG, office.task(inner["key"])["key"], {"found": 3})

    # then
    assert office.task(root, "wrap_up")["status"] == "CREATED"
    assert office.variables(root) == {"found": 3}
    assert office.trail(inner["key"])[1:] == [("task:completed", "tang", "look")]
    assert office.trail(root)[1:] == [("instance:continued", "tang", None)]
    ended = {row["status"] for row in office.db(select(ProcessInstance.status).where(ProcessInstance.parent_key.is_not(None)))}
    assert ended == {"COMPLETED"}
