"""The official client's story, unmodified, against a real server: deploy, start, search, claim, complete, message, job worker, incident."""

import asyncio
import threading
import time
from datetime import UTC, datetime

import pytest
from camunda_orchestration_sdk import CamundaAsyncClient, WorkerConfig, errors, models
from camunda_orchestration_sdk.runtime.eventual import ConsistencyOptions

from tests.api.v2.people import HERE, PASSWORD

AT_ONCE = ConsistencyOptions(wait_up_to_ms=0)
SOON = ConsistencyOptions(wait_up_to_ms=10_000, poll_interval_ms=50)


@pytest.fixture
def admin(client_of):
    return client_of("admin")


@pytest.fixture
def robot(client_of):
    return client_of("robot")


def deploy(admin, *names):
    return admin.deploy_resources_from_files([HERE / name for name in names])


def start(client, process, **more):
    by_id = models.ProcessCreationById(process_definition_id=process, **more)
    return client.create_process_instance(data=by_id)


def tasks_of(client, key, consistency=AT_ONCE):
    created = models.UserTaskStateExactMatch("CREATED")
    wanted = models.UserTaskSearchQuery(filter_=models.UserTaskSearchQueryFilter(process_instance_key=key, state=created))
    return client.search_user_tasks(data=wanted, consistency=consistency).items


def variables(**named):
    made = models.ProcessInstanceCreationInstructionBaseVariables()
    made.additional_properties = named
    return made


def test_who_is_there_and_whom_the_server_takes_the_caller_for(client_of):
    li = client_of("li")
    li.get_status()
    assert li.get_topology().gateway_version.startswith("8.")
    me = li.get_authentication()
    assert (me.username, me.display_name, me.email) == ("li", "李娜", "li@example.org")
    assert me.groups == ["居村", "居村@陈坊村"]
    assert me.roles == ["居村"]


def test_a_case_from_its_deployment_to_its_end(admin, robot, client_of):
    # given
    li = client_of("li")
    deployed = deploy(admin, "repair.bpmn", "repair_report.form")
    assert [process.process_definition_id for process in deployed.processes] == ["repair"]
    key = deployed.processes[0].process_definition_key
    assert li.get_process_definition(key, consistency=AT_ONCE).name == "整改"
    assert li.get_process_definition_xml(key, consistency=AT_ONCE).encode() == (HERE / "repair.bpmn").read_bytes()

    # when it is started
    case = start(li, "repair", variables=variables(place="陈坊村", amount=0.1), business_id="H-1", tags=["urgent"])

    # then it stands in the queue, with its form and what it sees
    (task,) = tasks_of(li, case.process_instance_key)
    assert (task.name, task.candidate_groups, task.business_id, task.tags) == ("报告整改情况", ["居村"], "H-1", ["urgent"])
    form = li.get_user_task_form(task.user_task_key, consistency=AT_ONCE)
    assert form.form_id == "repair_report"
    assert '"Field_done"' in form.schema
    seen = li.search_user_task_effective_variables(task.user_task_key, consistency=AT_ONCE).items
    assert {each.name: each.value for each in seen} == {"amount": "0.1", "place": '"陈坊村"', "hint": '"local"'}

    # when it is claimed, filled in wrongly, and then well
    li.assign_user_task(task.user_task_key, data=models.UserTaskAssignmentRequest(assignee="li", allow_override=False))
    assert li.get_user_task(task.user_task_key, consistency=AT_ONCE).assignee == "li"
    with pytest.raises(errors.BadRequestError) as refused:
        li.complete_user_task(task.user_task_key)
    assert refused.value.parsed.title == "INVALID_ARGUMENT"
    handed_in = models.UserTaskCompletionRequestVariables()
    handed_in.additional_properties = {"done": "已整改", "cost": 12.5}
    li.complete_user_task(task.user_task_key, data=models.UserTaskCompletionRequest(variables=handed_in))

    # then a worker's job is open; it fails for good, and leaves an incident
    asked = models.JobActivationRequest(type_="mail", timeout=60_000, max_jobs_to_activate=10, with_lease=True)
    (job,) = [job for job in robot.activate_jobs(data=asked).jobs if job.process_instance_key == case.process_instance_key]
    assert job.variables.additional_properties["cost"] == 12.5
    assert job.custom_headers.additional_properties == {"template": "notice"}
    failed = models.JobFailRequest(retries=0, error_message="no line", job_lease_token=job.job_lease_token)
    robot.fail_job(job.job_key, data=failed)
    query = models.IncidentSearchQuery(filter_=models.IncidentSearchQueryFilter(process_instance_key=case.process_instance_key))
    (incident,) = admin.search_incidents(data=query, consistency=AT_ONCE).items
    assert (incident.error_type.value, incident.error_message, incident.job_key) == ("JOB_NO_RETRIES", "no line", job.job_key)
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).has_incident

    # when it is resolved, and the job done
    admin.resolve_incident(incident.incident_key)
    (job,) = [job for job in robot.activate_jobs(data=asked).jobs if job.process_instance_key == case.process_instance_key]
    done = models.JobCompletionRequest(job_lease_token=job.job_lease_token)
    robot.complete_job(job.job_key, data=done)

    # then it is over, and its path and variables can be read
    over = li.get_process_instance(case.process_instance_key, consistency=AT_ONCE)
    assert (over.state.value, over.has_incident) == ("COMPLETED", False)
    of_case = models.ElementInstanceSearchQueryFilter(process_instance_key=case.process_instance_key)
    by_start = models.ElementInstanceSearchQuerySortRequest(field=models.ElementInstanceSearchQuerySortRequestField("startDate"))
    asked = models.ElementInstanceSearchQuery(filter_=of_case, sort=[by_start])
    path = li.search_element_instances(data=asked, consistency=AT_ONCE).items
    assert [element.element_id for element in path] == ["start", "report", "mail", "end"]
    assert path[2].element_name == "发送通知"
    named = models.VariableSearchQuery(filter_=models.VariableSearchQueryFilter(process_instance_key=case.process_instance_key))
    found = {each.name: each.value for each in li.search_variables(data=named, consistency=AT_ONCE).items}
    assert found == {"amount": "0.1", "cost": "12.5", "done": '"已整改"', "place": '"陈坊村"'}


def test_messages_and_signals_reach_who_waits_for_them(admin, robot):
    # given
    deploy(admin, "waiting.bpmn")
    case = start(admin, "waiting", variables=variables(receipt="R-1"))

    # when
    paid = robot.correlate_message(data=models.MessageCorrelationRequest(name="payment", correlation_key="R-1"))
    robot.broadcast_signal(data=models.SignalBroadcastRequest(signal_name="opening"))

    # then
    assert paid.process_instance_key == case.process_instance_key
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).state.value == "COMPLETED"


def test_a_message_that_came_early_waits(admin, robot):
    deploy(admin, "waiting.bpmn")
    early = models.MessagePublicationRequest(name="payment", correlation_key="R-2", time_to_live=60_000, message_id="once")
    robot.publish_message(data=early)
    case = start(admin, "waiting", variables=variables(receipt="R-2"))
    robot.broadcast_signal(data=models.SignalBroadcastRequest(signal_name="opening"))
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).state.value == "COMPLETED"


def test_a_condition_that_holds_begins_a_process(admin, robot):
    # given
    (diagram,) = HERE.parents[1].glob("engine/bpmn/events/several_starts.bpmn")
    admin.deploy_resources_from_files([diagram])
    known = models.ConditionalEvaluationInstructionVariables()
    known.additional_properties = {"open_hazards": 11}

    # when
    told = robot.evaluate_conditionals(data=models.ConditionalEvaluationInstruction(variables=known))

    # then
    (began,) = told.process_instances
    found = admin.get_process_instance(began.process_instance_key, consistency=AT_ONCE)
    assert (found.process_definition_id, found.process_definition_key) == ("several_starts", began.process_definition_key)


def test_a_process_that_ends_at_once_tells_its_result(admin):
    deploy(admin, "straight.bpmn")
    given = models.ProcessCreationByVersionTag(
        process_definition_id="straight",
        process_definition_version_tag="first",
        variables=variables(a=0.1, b=0.2),
        await_completion=True,
        fetch_variables=["sum"],
    )
    assert admin.create_process_instance(data=given).variables.additional_properties == {"sum": 0.3}


def test_a_decision_is_evaluated_with_what_it_rests_on(admin):
    deploy(admin, "level.dmn")
    given = models.DecisionEvaluationByIdVariables()
    given.additional_properties = {"people": 12}
    found = admin.evaluate_decision(data=models.DecisionEvaluationByID(decision_definition_id="level", variables=given))
    assert (found.output, found.failure_message) == ('"major"', None)
    (decision,) = found.evaluated_decisions
    assert [(one.input_name, one.input_value) for one in decision.evaluated_inputs] == [("人数", "12")]
    (rule,) = decision.matched_rules
    assert (rule.rule_index, rule.evaluated_outputs[0].output_value) == (1, '"major"')


def test_time_is_moved_and_moved_back(admin):
    deploy(admin, "repair.bpmn", "repair_report.form")
    admin.pin_clock(data=models.ClockPinRequest(timestamp=4_102_444_800_000))
    case = start(admin, "repair")
    admin.reset_clock()
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).start_date.year == 2100


def test_an_instance_is_cancelled_with_its_tasks(admin):
    deploy(admin, "repair.bpmn", "repair_report.form")
    case = start(admin, "repair")
    (task,) = tasks_of(admin, case.process_instance_key)
    admin.cancel_process_instance(case.process_instance_key, data=None)
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).state.value == "TERMINATED"
    assert admin.get_user_task(task.user_task_key, consistency=AT_ONCE).state.value == "CANCELED"


def test_pages_follow_one_another_by_cursor(admin):
    # given
    deploy(admin, "repair.bpmn", "repair_report.form")
    keys = [start(admin, "repair", business_id="pages").process_instance_key for _ in range(5)]
    wanted = models.ProcessInstanceSearchQueryFilter(business_id="pages")
    by_start = models.ProcessInstanceSearchQuerySortRequestField("startDate")
    newest = models.ProcessInstanceSearchQuerySortRequest(field=by_start, order=models.SortOrderEnum.DESC)

    def page(**of):
        query = models.ProcessInstanceSearchQuery(filter_=wanted, sort=[newest], **of)
        return admin.search_process_instances(data=query, consistency=AT_ONCE)

    # when
    first = page(page=models.OffsetBasedPagination(from_=0, limit=2))
    second = page(page=models.CursorBasedForwardPagination(after=first.page.end_cursor, limit=2))
    back = page(page=models.CursorBasedBackwardPagination(before=second.page.start_cursor, limit=2))

    # then
    assert (first.page.total_items, first.page.has_more_total_items) == (5, False)
    assert [each.process_instance_key for each in first.items + second.items] == keys[::-1][:4]
    assert back.items == first.items


def test_a_worker_of_the_client_does_what_there_is_and_waits_for_more(server, admin):
    # given
    deploy(admin, "repair.bpmn", "repair_report.form")
    seen = []

    def handler(job):
        seen.append(job.process_instance_key)
        return {"sent": True}

    async def work():
        settings = {"CAMUNDA_REST_ADDRESS": server.url + "/v2", "CAMUNDA_AUTH_STRATEGY": "BASIC"}
        settings |= {"CAMUNDA_BASIC_AUTH_USERNAME": "robot", "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD}
        async with CamundaAsyncClient(configuration=settings) as client:
            config = WorkerConfig(job_type="mail", job_timeout_milliseconds=30_000, with_lease=True)
            client.create_job_worker(config, handler, execution_strategy="thread")
            running = asyncio.create_task(client.run_workers())
            while not stop.is_set():
                await asyncio.sleep(0.05)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    stop = threading.Event()
    worker = threading.Thread(target=lambda: asyncio.run(work()))
    worker.start()
    try:
        # when: the worker is already waiting when the job comes
        time.sleep(1)
        case = start(admin, "repair")
        (task,) = tasks_of(admin, case.process_instance_key)
        done = models.UserTaskCompletionRequestVariables()
        done.additional_properties = {"done": "yes"}
        admin.complete_user_task(task.user_task_key, data=models.UserTaskCompletionRequest(variables=done))

        # then
        end = time.monotonic() + 15
        while admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).state.value != "COMPLETED":
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        stop.set()
        worker.join()
    assert case.process_instance_key in seen


def test_whoever_may_not_is_told_in_the_clients_own_errors(admin, client_of):
    # given
    deploy(admin, "repair.bpmn", "repair_report.form")
    case = start(admin, "repair")
    (task,) = tasks_of(admin, case.process_instance_key)
    zhao, auditor = client_of("zhao"), client_of("auditor")

    # then: not visible, visible but not permitted, nobody
    with pytest.raises(errors.NotFoundError):
        zhao.get_user_task(task.user_task_key, consistency=AT_ONCE)
    with pytest.raises(errors.UnexpectedStatus) as refused:
        auditor.complete_user_task(task.user_task_key)
    assert refused.value.status_code == 403
    with pytest.raises(errors.UnauthorizedError):
        client_of("nobody").get_topology()


def test_a_task_is_put_back_and_gets_another_date_and_priority(admin, client_of):
    # given
    deploy(admin, "repair.bpmn", "repair_report.form")
    li, (task,) = client_of("li"), tasks_of(admin, start(admin, "repair").process_instance_key)
    li.assign_user_task(task.user_task_key, data=models.UserTaskAssignmentRequest(assignee="li", allow_override=False))

    # when
    due = datetime(2031, 3, 1, 9, tzinfo=UTC)
    li.update_user_task(task.user_task_key, data=models.UserTaskUpdateRequest(changeset=models.Changeset(due_date=due, priority=80)))
    li.unassign_user_task(task.user_task_key)

    # then
    found = li.get_user_task(task.user_task_key, consistency=AT_ONCE)
    assert (found.assignee, found.due_date, found.priority) == (None, due, 80)


def test_a_job_is_tried_again_after_a_while_and_then_ends_as_the_diagram_says(admin, robot):
    # given a case whose job is out
    deploy(admin, "repair.bpmn", "repair_report.form")
    case = start(admin, "repair")
    (task,) = tasks_of(admin, case.process_instance_key)
    done = models.UserTaskCompletionRequestVariables()
    done.additional_properties = {"done": "已整改"}
    admin.complete_user_task(task.user_task_key, data=models.UserTaskCompletionRequest(variables=done))

    def taken():
        asked = models.JobActivationRequest(type_="mail", timeout=60_000, max_jobs_to_activate=100, request_timeout=-1)
        return [job for job in robot.activate_jobs(data=asked).jobs if job.process_instance_key == case.process_instance_key]

    # when it fails, it is given out again only after its back-off
    (job,) = taken()
    robot.fail_job(job.job_key, data=models.JobFailRequest(retries=2, error_message="busy", retry_back_off=1_500))
    assert taken() == []
    time.sleep(1.6)
    (again,) = taken()
    assert (again.job_key, again.retries) == (job.job_key, 2)

    # when it reports the error that the diagram catches
    robot.throw_job_error(again.job_key, data=models.JobErrorRequest(error_code="BOUNCED", error_message="查无此人"))

    # then the case has gone the other way
    assert admin.get_process_instance(case.process_instance_key, consistency=AT_ONCE).state.value == "COMPLETED"
    of_case = models.ElementInstanceSearchQueryFilter(process_instance_key=case.process_instance_key)
    path = admin.search_element_instances(data=models.ElementInstanceSearchQuery(filter_=of_case), consistency=AT_ONCE).items
    assert {"bounced", "bounced_end"} <= {element.element_id for element in path}
    assert "end" not in {element.element_id for element in path}


def test_activities_of_an_ad_hoc_sub_process_are_activated(admin, client_of):
    # given a case that stands in one
    li = client_of("li")
    admin.deploy_resources_from_files([HERE.parents[1] / "engine" / "commands" / "inspection.bpmn"])
    case = start(li, "inspection", variables=variables(enough=True))
    (report,) = tasks_of(li, case.process_instance_key)
    li.complete_user_task(report.user_task_key, data=models.UserTaskCompletionRequest())
    there = models.ElementInstanceSearchQueryFilter(process_instance_key=case.process_instance_key, element_id="inspect")
    asked = models.ElementInstanceSearchQuery(filter_=there)
    (inspect,) = li.search_element_instances(data=asked, consistency=AT_ONCE).items

    # when
    measure = models.AdHocSubProcessActivateActivityReference(element_id="measure")
    wanted = models.AdHocSubProcessActivateActivitiesInstruction(elements=[measure])
    li.activate_ad_hoc_sub_process_activities(inspect.element_instance_key, data=wanted)

    # then
    assert [task.element_id for task in tasks_of(li, case.process_instance_key)] == ["measure"]


@pytest.mark.parametrize("consistency", [SOON])
def test_what_was_done_is_seen_by_the_next_request(admin, consistency):
    deploy(admin, "repair.bpmn", "repair_report.form")
    case = start(admin, "repair")
    assert len(tasks_of(admin, case.process_instance_key, consistency)) == 1
