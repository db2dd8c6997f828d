"""A process instance is ended before its end, and everything that it called ends with it."""

from sqlalchemy import select

from engine.commands.cancel_instance import cancel_instance
from engine.commands.claim_task import claim_task
from engine.commands.fail_job import fail_job
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store.models import ElementInstance, Incident, Job, ProcessInstance, TaskCandidate, UserTask
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, ROBOT, SUN, TANG


def statuses(office, table):
    """The statuses that the rows of a table have."""
    return {row["status"] for row in office.db(select(table.__table__))}


def family(office, root):
    """The keys of a root and of what it called, the root first."""
    rows = office.db(select(ProcessInstance.key).where(ProcessInstance.root_key == root))
    return sorted(row["key"] for row in rows)


def test_a_cancelled_instance_is_over_with_its_task(office):
    # given
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    # when
    cancel_instance(office.engine, ADMIN, instance, "重复立案")

    # then
    assert office.instance(instance)["status"] == "TERMINATED"
    assert office.instance(instance)["ended"] is not None
    assert office.trail(instance)[2:] == [("instance:cancelled", "admin", None)]
    assert office.history(instance)[2]["data"]["reason"] == "重复立案"
    (task,) = office.db(select(UserTask.__table__))
    assert (task["status"], task["completed_by"]) == ("CANCELED", None)
    assert [row["open"] for row in office.db(select(TaskCandidate.open))] == [False]
    with office.refuses(WrongState, f"Expected to claim user task {key}, but it is CANCELED"):
        claim_task(office.engine, LI, key)


def test_children_and_their_children_go_too_each_with_an_entry(office):
    # given a case of three levels that waits at the innermost
    office.deploy("outer.bpmn")
    root, middle, inner = family(office, office.start("outer"))

    # when
    cancel_instance(office.engine, ADMIN, root)

    # then
    assert [office.instance(key)["status"] for key in (root, middle, inner)] == ["TERMINATED"] * 3
    for key in (root, middle, inner):
        assert office.trail(key) == [("instance:started", "admin", None), ("instance:cancelled", "admin", None)]
    assert statuses(office, UserTask) == {"CANCELED"}
    assert "ACTIVE" not in statuses(office, ElementInstance)


def test_what_was_wrong_with_an_instance_is_wrong_no_more(office):
    # given one instance that cannot go on from a gateway, and one whose job has failed for good
    office.deploy("stuck.bpmn")
    graded, mailed = office.start("stuck"), office.start("stuck", level=2)
    (job,) = office.db(select(Job.key).where(Job.instance_key == mailed))
    fail_job(office.engine, ROBOT, job["key"], retries=0, message="邮箱已满")
    assert [row["status"] for row in office.db(select(Incident.status))] == ["ACTIVE", "ACTIVE"]

    # when
    cancel_instance(office.engine, ADMIN, graded)
    cancel_instance(office.engine, ADMIN, mailed)

    # then
    assert statuses(office, Incident) == {"RESOLVED"}
    assert [office.instance(key)["incidents"] for key in (graded, mailed)] == [0, 0]
    assert statuses(office, Job) == {"CANCELED"}


def test_only_an_administrator_cancels(office):
    # given a case that li started, so that they see it
    instance, _ = office.begin("patrol", by=LI)

    # then
    for other in (LI, SUN, AUDITOR_, ROBOT):
        sentence = f"Expected an administrator to cancel process instance {instance}, but {other.username} is not one"
        with office.refuses(NotPermitted, sentence):
            cancel_instance(office.engine, other, instance)
    with office.refuses(NotFound, f"Expected a process instance with key {instance}, but there is none that tang can see"):
        cancel_instance(office.engine, TANG, instance)


def test_what_is_over_is_not_cancelled_again(office):
    instance, _ = office.begin("patrol")
    cancel_instance(office.engine, ADMIN, instance)

    with office.refuses(WrongState, f"Expected to cancel process instance {instance}, but it is TERMINATED") as caught:
        cancel_instance(office.engine, ADMIN, instance)
    assert caught.value.details["status"] == "TERMINATED"


def test_a_child_is_cancelled_only_with_its_root(office):
    office.deploy("outer.bpmn")
    root, middle, _ = family(office, office.start("outer"))

    with office.refuses(WrongState, f"Expected to cancel a root process instance, but {middle} was called by {root}; cancel that one"):
        cancel_instance(office.engine, ADMIN, middle)
