"""What an instance could not go on with was put right: it is tried again, and what is still wrong leaves a new incident."""

from sqlalchemy import select

from engine.commands.cancel_instance import cancel_instance
from engine.commands.complete_job import complete_job
from engine.commands.fail_job import fail_job
from engine.commands.resolve_incident import resolve_incident
from engine.commands.set_variables import set_variables
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store.models import Incident, Job, ProcessInstance
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, ROBOT, TANG


def stuck(office, by=ADMIN, **variables):
    """A case that cannot go on -> (instance, its open incident)."""
    office.deploy("stuck.bpmn")
    instance = office.start("stuck", by, **variables)
    return instance, incident_of(office, instance)


def incident_of(office, instance):
    """The one open incident of an instance."""
    (row,) = office.db(select(Incident.__table__).where(Incident.instance_key == instance, Incident.resolved.is_(None)))
    return row


def test_an_instance_that_was_put_right_goes_on(office):
    # given a gateway none of whose conditions can be evaluated
    instance, incident = stuck(office)
    assert (incident["element_id"], incident["status"]) == ("graded", "ACTIVE")
    assert "graded" in office.history(instance)[0]["data"]["incidents"]

    # when
    set_variables(office.engine, ADMIN, instance, {"level": 1, "recorder": "li"})
    resolve_incident(office.engine, ADMIN, incident["key"])

    # then
    assert office.task(instance, "note")["assignee"] == "li"
    assert (office.instance(instance)["incidents"], office.instance(instance)["status"]) == (0, "ACTIVE")
    (row,) = office.db(select(Incident.__table__))
    assert row["status"] == "RESOLVED" and row["resolved"] is not None
    assert office.trail(instance)[2:] == [("incident:resolved", "admin", "graded")]
    data = office.history(instance)[2]["data"]
    assert (data["incident"], data["message"]) == (str(incident["key"]), incident["message"])


def test_what_is_still_wrong_leaves_a_new_incident(office):
    instance, first = stuck(office)

    resolve_incident(office.engine, ADMIN, first["key"])

    second = incident_of(office, instance)
    assert second["key"] != first["key"] and second["element_id"] == "graded"
    assert office.instance(instance)["incidents"] == 1
    assert set(office.history(instance)[1]["data"]["incidents"]) == {"graded"}


def test_a_task_whose_assignee_was_not_known_opens_after_all(office):
    # given a user task whose element began in an earlier step
    instance, incident = stuck(office, level=1, recorder=7)
    assert incident["element_id"] == "note"

    # when
    set_variables(office.engine, ADMIN, instance, {"recorder": "sun"})
    resolve_incident(office.engine, ADMIN, incident["key"])

    # then
    assert office.task(instance, "note")["assignee"] == "sun"


def test_a_process_that_was_deployed_later_is_called_after_all(office):
    # given a call of what is not there
    office.deploy("late.bpmn")
    instance = office.start("late", wanted="patrol")
    incident = incident_of(office, instance)
    assert "patrol" in incident["message"]

    # when
    office.deploy("patrol.bpmn")
    resolve_incident(office.engine, ADMIN, incident["key"])

    # then the child hangs on the element that had waited
    (child,) = office.db(select(ProcessInstance.__table__).where(ProcessInstance.parent_key == instance))
    assert (child["process_id"], child["root_key"]) == ("patrol", instance)
    assert child["parent_element_key"] is not None
    assert office.trail(child["key"]) == [("instance:started", "admin", None)]


def test_a_job_without_retries_gets_one(office):
    # given
    office.deploy("stuck.bpmn")
    instance = office.start("stuck", level=2)
    (job,) = office.db(select(Job.__table__))
    fail_job(office.engine, ROBOT, job["key"], retries=0, message="邮箱已满")
    incident = incident_of(office, instance)
    assert (incident["job_key"], incident["message"]) == (job["key"], "邮箱已满")

    # when
    resolve_incident(office.engine, ADMIN, incident["key"])

    # then
    (job,) = office.db(select(Job.__table__))
    assert (job["status"], job["retries"]) == ("CREATED", 1)
    assert office.instance(instance)["incidents"] == 0
    assert office.trail(instance)[2:] == [("incident:resolved", "admin", "mail")]
    complete_job(office.engine, ROBOT, job["key"])
    assert office.instance(instance)["status"] == "COMPLETED"


def test_only_an_administrator_resolves(office):
    instance, incident = stuck(office, by=LI)

    for other in (LI, AUDITOR_, ROBOT):
        with office.refuses(NotPermitted, f"Expected an administrator to resolve incident .*, but {other.username} is not one"):
            resolve_incident(office.engine, other, incident["key"])
    with office.refuses(NotFound, "Expected an incident with key .*, but there is none that tang can see"):
        resolve_incident(office.engine, TANG, incident["key"])
    with office.refuses(NotFound, f"Expected an incident with key {instance}, but there is none"):
        resolve_incident(office.engine, ADMIN, instance)


def test_an_incident_is_resolved_once(office):
    # given one that was resolved, and one of a case that was cancelled
    instance, first = stuck(office)
    resolve_incident(office.engine, ADMIN, first["key"])
    second = incident_of(office, instance)
    cancel_instance(office.engine, ADMIN, instance)

    # then
    for incident in (first, second):
        with office.refuses(WrongState, f"Expected to resolve incident {incident['key']}, but it is RESOLVED"):
            resolve_incident(office.engine, ADMIN, incident["key"])
