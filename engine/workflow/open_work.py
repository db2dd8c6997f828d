"""What an element instance has out with the world: a task, a job, a call, a child, an incident; and how each of them is closed."""

from engine.domain.outcome import CANCELED, COMPLETED


def close_task(run, instance, status=COMPLETED):
    """The user task is over. One that began in this step leaves nothing."""
    outcome, journal, number = run.outcome, run.journal, instance.number
    if number in outcome.tasks_opened:
        journal.drop(outcome.tasks_opened, number)
    else:
        journal.put(outcome.tasks_closed, number, status)


def close_job(run, instance, status=COMPLETED):
    """The job that is out, of the element or of a listener, is over."""
    outcome, journal, number = run.outcome, run.journal, instance.number
    if number in outcome.jobs_opened:
        journal.drop(outcome.jobs_opened, number)
    else:
        journal.put(outcome.jobs_closed, number, status)


def close_call(run, instance):
    """The call to a handler or decision is answered, or nobody waits for it any more."""
    outcome = run.outcome
    run.journal.drop(instance.data, "c")
    run.journal.assign(outcome, "calls", [call for call in outcome.calls if call.number != instance.number])


def close_child(run, instance, cancelled=False):
    """The child instance is over, or nobody waits for it any more. One that no command has seen yet leaves nothing."""
    outcome, journal, number = run.outcome, run.journal, instance.number
    unseen = number in outcome.children_opened and number not in run.served
    journal.drop(outcome.children_opened, number)
    if cancelled and not unseen:
        journal.add(outcome.children_cancelled, number)


def close_incident(run, instance):
    """The incident is over."""
    outcome, journal, number = run.outcome, run.journal, instance.number
    journal.drop(instance.data, "!")
    if number in outcome.incidents_opened:
        journal.drop(outcome.incidents_opened, number)
    else:
        journal.add(outcome.incidents_closed, number)


def holds_task(instance):
    """Has it a user task that is not over?"""
    data = instance.data
    if instance.node.kind != "user" or instance.is_body():
        return False
    return data["!"][0] == "go_on" if "!" in data else "x" not in data


def withdraw(run, instance):
    """Close all that it has out, because it is ended from outside."""
    data, kind = instance.data, instance.node.kind
    if holds_task(instance):
        if "t" in data and "!" not in data:
            close_job(run, instance, CANCELED)
        close_task(run, instance, CANCELED)
    elif "!" not in data:
        if "x" in data:
            close_job(run, instance, CANCELED)
        elif "c" in data:
            close_call(run, instance)
        elif "o" not in data and not instance.is_body():
            if kind == "job":
                close_job(run, instance, CANCELED)
            elif kind == "call":
                close_child(run, instance, cancelled=True)
    if "!" in data:
        close_incident(run, instance)
