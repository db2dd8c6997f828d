"""发布: a second person makes a draft what new cases take; nobody does so alone, whichever door they come through."""

import pytest

from engine.commands.deploy import deploy
from engine.commands.publish_design import publish_design
from engine.domain.errors import Conflict, NotPermitted, Refused, Separated, WrongState
from engine.domain.people import THE_SYSTEM
from engine.gate.resource import Resource
from engine.store.deployed import Deployment, DesignDraft, ProcessDefinition
from tests.engine.commands.office import ADMIN, DRAWER, LI
from tests.engine.commands.test_save_design import COOLING, LONGER, YIN, save
from tests.engine.commands.watching import recorded, rows, unchanged


def publish(office, etag, by=YIN, **more):
    """Publish the draft of cooling."""
    return publish_design(office.engine, by, "process", "cooling", etag, **more)


def test_a_second_person_publishes_and_new_cases_take_it(office):
    # given a case on the first version, and a draft of the next
    office.deploy("cooling.bpmn", by=THE_SYSTEM)
    old = office.start("cooling")
    etag = save(office, LONGER)["etag"]

    # when
    with recorded(office) as told:
        answer = publish(office, etag, idempotency_key="once")

    # then
    assert answer == {"version": 2} and rows(office, DesignDraft) == []
    new = office.start("cooling")
    versions = {one["key"]: one["version"] for one in rows(office, ProcessDefinition)}
    assert [versions[office.instance(key)["definition_key"]] for key in (old, new)] == [1, 2]
    (body,) = told
    assert (body["kind"], body["actor"]) == ("design:published", "yin")
    data = body["data"]
    assert (data["id"], data["version"], data["authors"], data["resources"]) == ("cooling", 2, ["drawer"], ["cooling.bpmn"])
    assert [one["authors"] for one in sorted(rows(office, Deployment), key=lambda one: one["number"])] == [None, '["drawer"]']

    # and the request that is sent again is not another one
    assert publish(office, etag, idempotency_key="once") == answer
    with unchanged(office), pytest.raises(Conflict, match="there is none any more"):
        publish(office, etag)


def test_whoever_saved_any_of_it_does_not_publish_through_any_door(office):
    # given what came with the product, and a draft that a designer began and the administrator went on with
    office.deploy("cooling.bpmn", by=THE_SYSTEM)
    etag = save(office, LONGER.replace("P20D", "P15D"))["etag"]
    etag = save(office, LONGER, etag, ADMIN)["etag"]

    # then neither publishes it, nor deploys it
    for who in (DRAWER, ADMIN):
        with unchanged(office), pytest.raises(Separated, match=f"who drew none of it, but {who.username} did") as refused:
            publish(office, etag, who)
        assert "应由另一名流程设计人员或者管理员发布" in refused.value.details["problems"][""][0]
        with unchanged(office), pytest.raises(Separated, match=f"who drew none of it, but {who.username} did"):
            deploy(office.engine, who, [Resource("cooling.bpmn", LONGER.encode())])
    with unchanged(office), pytest.raises(NotPermitted, match="to publish, but li is neither"):
        publish(office, etag, LI)
    assert publish(office, etag) == {"version": 2}


def test_a_designer_deploys_alone_only_what_never_came_with_the_product_nor_was_published(office):
    def deploying(content, by, name="cooling.bpmn"):
        return deploy(office.engine, by, [Resource(name, content.encode())])["deployed"][0]["version"]

    # given a diagram that is tried out: as often as the designer likes
    assert [deploying(one, DRAWER) for one in (COOLING, LONGER)] == [1, 2]

    # when a second person published it once
    publish(office, save(office, COOLING)["etag"])

    # then it takes two, under whichever file name; what is unchanged is no version, and the administrator's act is on record
    for name in ("cooling.bpmn", "other.bpmn"):
        with unchanged(office), pytest.raises(Separated, match="a second person to publish cooling, but drawer deploys it alone"):
            deploying(LONGER, DRAWER, name)
    assert deploying(COOLING, DRAWER) == 3
    assert deploying(LONGER, ADMIN) == 4


def test_what_the_gate_refuses_is_not_published(office):
    etag = save(office, COOLING.replace('targetRef="wait"', 'targetRef="nowhere"'))["etag"]

    with unchanged(office), pytest.raises(Refused, match="Expected a draft that can be published, but found") as refused:
        publish(office, etag)

    assert any("nowhere" in one.sentence for one in refused.value.details["problems"])


def test_a_draft_on_a_version_that_is_no_longer_live_takes_nothing_back(office):
    # given a draft on the first version, while a second one comes in
    office.deploy("cooling.bpmn")
    etag = save(office, LONGER)["etag"]
    deploy(office.engine, THE_SYSTEM, [Resource("cooling.bpmn", COOLING.replace("P10D", "P30D").encode())])

    # then
    with (
        unchanged(office),
        pytest.raises(Conflict, match="from version 2 of cooling, but the draft goes on from version 1") as refused,
    ):
        publish(office, etag)
    assert "请先把第 2 版的变化并入草稿" in refused.value.details["problems"][""][0]

    # when the designer has looked at it, and says so
    etag = save(office, LONGER, etag, base_version=2)["etag"]
    assert publish(office, etag) == {"version": 3}


def test_what_changes_nothing_or_changed_meanwhile_is_not_published(office):
    office.deploy("cooling.bpmn")
    same = save(office, COOLING)["etag"]
    with unchanged(office), pytest.raises(WrongState, match="it is the same as version 1 of cooling"):
        publish(office, same)

    save(office, LONGER, same)
    with unchanged(office), pytest.raises(Conflict, match="but drawer saved another one"):
        publish(office, same)
