"""A term was computed anew: timers that wait for a date, and dates of user tasks, follow where their expressions read it."""

from engine.workflow import subscriptions, timers, user_tasks

#: The fields of a user task that are dates.
DATES = ("due", "follow_up")


def timers_follow(run, instance, names):
    """Timers that fire once at a date which reads one of the variables `names`. Durations and cycles count from when they began."""
    for number, (event_id, kind, *book) in list(instance.subs.items()):
        catches = run.definition.elements[event_id].catches
        if kind != "timer" or book or len(catches) != 1 or catches[0].timer != "date" or names.isdisjoint(catches[0].when.reads):
            continue
        when, _ = timers.due("date", catches[0].when, instance, run.now)
        subscriptions.reopen(run, instance, number, None, when)


def new_dates(instance, names):
    """{field: date} of an open user task whose expressions read one of the variables `names`."""
    if not user_tasks.is_open(instance):
        return {}
    return {
        field: convert(expression(instance), expression, instance)
        for field, expression, convert in instance.node.work.computed
        if field in DATES and not names.isdisjoint(expression.reads)
    }
