"""Execution listeners: jobs that an element waits for before it begins and after it is done."""

from engine.workflow import jobs, mappings, open_work, tokens


def listened(run, instance, variables):
    """The job of an execution listener was completed; the next one, or on with the element's life.

    Variables of a start listener become the element's own, those of an end listener go upward like a result.
    """
    event, place = instance.data["x"]
    open_work.close_job(run, instance)
    for name, value in variables.items():
        if event == "start":
            run.set_local(instance, name, value)
        else:
            mappings.give(run, instance, name, value)
    run.journal.drop(instance.data, "x")
    first, then, listeners = {
        "start": (tokens.start, tokens.begin, instance.node.start_listeners),
        "end": (tokens.end, tokens.complete, instance.node.end_listeners),
    }[event]
    # Where a listener's own expressions fail, all of them are asked again, as Camunda does.
    run.mark(first, instance)
    if place + 1 < len(listeners):
        jobs.listen(run, instance, event, place + 1)
    else:
        then(run, instance)
