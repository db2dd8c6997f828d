"""不予确认: the further officer sends the task back, with a reason, and whoever filed it does it again."""

from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.decline_task import decline_task
from engine.domain.errors import Invalid, NotFound, NotPermitted, Separated, WrongState
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG, ZHAO


def test_a_declined_task_is_open_again_and_history_keeps_what_was_filed(office):
    # given
    instance, key = office.begin("officers")
    complete_task(office.engine, LI, key, {"found": 2})

    # when
    decline_task(office.engine, SUN, key, " 照片不清 ")

    # then
    task = office.task(instance, "inspect")
    assert (task["status"], task["assignee"], task["completed_by"], task["pending"]) == ("CREATED", "li", None, None)
    assert office.variables(instance) == {}
    assert office.trail(instance)[1:] == [("task:confirmation-asked", "li", "inspect"), ("task:declined", "sun", "inspect")]
    filed, declined = (body["data"] for body in office.history(instance)[1:])
    assert filed["filed"] == {"found": 2}
    assert (declined["reason"], declined["filed_by"]) == ("照片不清", "li")


def test_after_a_refusal_the_task_is_filed_and_confirmed_anew(office):
    # given a task of three officers that one confirmed and one declined
    instance, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})
    confirm_task(office.engine, SUN, key)
    hear = office.task(instance, "hear")["key"]
    complete_task(office.engine, LI, hear, {"found": 1})
    confirm_task(office.engine, SUN, hear)
    decline_task(office.engine, TANG, hear, "笔录未签字")

    # when
    complete_task(office.engine, LI, hear, {"found": 2})
    confirm_task(office.engine, TANG, hear)

    # then the earlier confirmation does not count
    assert office.task(instance)["status"] == "COMPLETING"
    confirm_task(office.engine, SUN, hear)
    assert office.history(instance)[-1]["data"]["confirmed_by"] == ["tang", "sun"]
    assert office.variables(instance) == {"found": 2}


def test_a_refusal_needs_a_reason(office):
    _, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})

    for reason in ("", "  ", None):
        with office.refuses(Invalid, "Expected a reason for not confirming, but there is none") as caught:
            decline_task(office.engine, SUN, key, reason)
        assert caught.value.details["problems"] == {"reason": ["请填写不予确认的理由"]}


def test_only_another_officer_of_the_queue_declines(office):
    _, key = office.begin("officers")
    complete_task(office.engine, LI, key, {})

    with office.refuses(Separated, f"Expected another officer than li to decline user task {key}"):
        decline_task(office.engine, LI, key, "重来")
    with office.refuses(NotPermitted, f"Expected a member of 居村 to decline user task {key}, but auditor is none"):
        decline_task(office.engine, AUDITOR_, key, "重来")
    with office.refuses(NotFound, "none that zhao can see"):
        decline_task(office.engine, ZHAO, key, "重来")


def test_nothing_is_declined_that_nobody_filed(office):
    _, key = office.begin("officers")

    with office.refuses(WrongState, f"Expected to decline user task {key}, but it waits for no further officer: it is CREATED"):
        decline_task(office.engine, ADMIN, key, "重来")
