"""Tasks, each with the attributes and extensions of its own."""

from datetime import timedelta

from engine.workflow import definition
from tests.engine.bpmn.stories import diagram, play
from tests.engine.gate.drawn import problems
from tests.engine.workflow.ledger import NOW, Case


def test_a_plain_or_manual_task_is_passed():
    case = play("passed")

    assert case.passed() == ["passed", "start", "note", "carry", "end"]
    assert case.status == "COMPLETED"
    assert case.definition.elements["note"].documentation.startswith("Nobody is asked")


def test_a_user_task_says_who_until_when_how_urgent_and_with_which_form():
    # given
    case = play("user_task", village="陈坊村", urgent=True)
    (task,) = case.ledger.tasks.values()

    # then
    assert (task.assignee, task.candidate_groups, task.candidate_users) == ("li", ("居村@陈坊村", "消防"), ("sun", "tang"))
    assert task.due == NOW + timedelta(days=3)
    assert task.follow_up.isoformat() == "2026-03-03T09:00:00+08:00"
    assert (task.priority, task.headers) == (90, {"colour": "red"})
    assert (task.form_id, task.form_binding) == ("check", "deployment")

    # when it is done, the next ones have forms of other kinds
    case.complete("check")
    assert case.ledger.tasks[case.number("sign")].form_version_tag == "2026"
    case.complete("sign")
    assert case.ledger.tasks[case.number("elsewhere")].external_form == "https://forms/elsewhere"
    case.complete("elsewhere")
    assert case.ledger.tasks[case.number("inside")].external_form == "camunda-forms:bpmn:embedded"
    assert list(case.definition.embedded_forms) == ["embedded"]
    assert case.complete("inside").status == "COMPLETED"


def test_a_service_task_is_a_job_or_a_handler_of_this_system():
    # given
    case = play("service_task", register="places", tries=5)
    (job,) = case.ledger.jobs.values()
    assert (job.type, job.retries, job.headers) == ("fetch-places", 5, {"method": "GET"})

    # when a worker has done it, the handler is called at once
    case.answers["local:note"] = lambda call: ("finish_call", {"variables": {"noted": call.variables["found"]}})
    case.work("fetch", found=3)

    # then
    assert case.variables["noted"] == 3
    assert case.status == "COMPLETED"


def test_a_worker_may_throw_an_error_that_the_diagram_catches():
    case = play("service_task", register="places", tries=5).error("fetch", "MISSING")

    assert case.passed()[-2:] == ["not_there", "nothing"]
    assert case.status == "COMPLETED"


def test_a_send_task_publishes_or_is_a_job():
    case = play("send_task", case_no="7", found=3)
    (message,) = case.out.thrown

    assert (message.kind, message.name, message.correlation_key, message.message_id) == ("message", "notice", "7", "7/1")
    assert (message.time_to_live, message.variables) == (2 * 3_600_000, {"result": 3})
    assert next(iter(case.ledger.jobs.values())).type == "post"
    assert case.work("post").status == "COMPLETED"


def test_a_receive_task_waits_for_the_message_of_its_key():
    case = play("receive_task", case_no="7").later(24 * 3)
    assert case.open == ["remind"]
    assert not case.message("reply", "8")

    assert case.message("reply", "7", reply="yes")

    assert case.variables["reply"] == "yes"
    assert case.open == ["remind"]
    assert case.complete("remind").status == "COMPLETED"


def test_a_script_task_computes_in_feel_or_is_a_job():
    case = play("script_task", hazards=[{"points": 4}, {"points": 7.5}])

    assert case.variables["rank"] == "major"
    assert next(iter(case.ledger.jobs.values())).type == "draw"
    assert case.work("draw").status == "COMPLETED"


def test_a_business_rule_task_asks_a_decision_or_is_a_job():
    # given decisions that are answered
    asked = []
    case = play("business_rule_task", started=False)
    for name, result in (("grading", "high"), ("term_high", 15)):
        case.answers[name] = lambda call, result=result: asked.append(call) or ("finish_call", {"result": result})

    # when
    case.do("start", variables={}, at=None, caught_above={})

    # then
    assert (case.variables["grade"], case.variables["term"]) == ("high", 15)
    assert {(call.name, call.binding, call.version_tag) for call in asked} == {
        ("grading", "deployment", None),
        ("term_high", "versionTag", "2026"),
    }
    assert next(iter(case.ledger.jobs.values())).type == "decide"
    assert case.work("elsewhere").status == "COMPLETED"


def test_a_start_quantity_collects_tokens_and_a_completion_quantity_makes_them():
    case = play("quantities").complete("pack")
    assert case.open == ["check", "check"]

    assert case.complete("check").complete("check").status == "COMPLETED"

    assert case.passed().count("end") == 2


def test_tokens_that_are_too_few_wait_for_ever_and_the_gate_says_so():
    for wanted, ends in ((1, True), (3, False), (4, True)):
        drawn = diagram("quantities").replace(b'startQuantity="2"', f'startQuantity="{wanted}"'.encode())
        case = Case(definition.read(drawn)[0]).complete("pack")

        for _ in range(4 // wanted):
            case.complete("check")

        assert (case.open, case.status) == ([], "COMPLETED" if ends else "ACTIVE")
        stuck = [(each.element, each.trace) for each in problems(drawn) if each.code == "DEADLOCK"]
        assert stuck == ([] if ends else [("check", ("start", "pack", "check", "end", "check"))])
