"""不予确认: the further officer sends the task back to the first, with a reason."""

from engine.commands.command import command
from engine.commands.confirm_task import expect_other_officer
from engine.domain.errors import Invalid


@command
def decline_task(step, key, reason):
    """Open the task again for whoever filed it; what they filed stands in history.

    Raises Invalid without a reason, otherwise as confirm_task.
    """
    task, case = step.task(key)

    expect_other_officer(step, case, task, "decline")
    if not reason or not reason.strip():
        raise Invalid("Expected a reason for not confirming, but there is none", problems={"reason": ["请填写不予确认的理由"]})

    case.task_edits[task.number] = {"status": "CREATED", "pending": None, "completed_by": None, "confirmed_by": "[]"}

    case.note("task:declined", task.element_id, task=str(key), reason=reason.strip(), filed_by=task.completed_by)
    return step.save()
