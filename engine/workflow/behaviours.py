"""Which function of the machine an element behaves by: the one place where kinds of elements meet their code."""

from engine.workflow import activities, adhoc, compensation, gateways, jobs, loops, subprocesses, throwing, user_tasks

#: kind -> what an instance of it does when it begins
BEGIN = {
    "none": gateways.passes,
    "start": gateways.passes,
    "boundary": gateways.passes,
    "exclusive": gateways.passes,
    "parallel": gateways.passes,
    "inclusive": gateways.passes,
    "complex": gateways.passes,
    "throw": throwing.begin,
    "user": user_tasks.begin,
    "job": jobs.begin,
    "script": activities.script,
    "decision": activities.decision,
    "call": activities.call,
    "catch": activities.wait,
    "process": subprocesses.open_process,
    "subprocess": subprocesses.open_scope,
    "event_subprocess": subprocesses.open_scope,
    "adhoc": adhoc.begin,
}

#: kind -> what it does when nothing is left inside it
DONE = {
    "process": subprocesses.done,
    "subprocess": subprocesses.done,
    "event_subprocess": subprocesses.done,
    "adhoc": adhoc.done,
    "throw": compensation.undo,
}

#: kind -> which flows a token leaves over, where they have conditions
CHOOSE = {"exclusive": gateways.exclusive, "inclusive": gateways.inclusive, "complex": gateways.inclusive}

#: kind of a gateway with several incoming flows -> what a token does that arrives
MEET = {"parallel": gateways.meet, "inclusive": gateways.gather, "complex": gateways.activate}


def settle(element):
    """Give an element that is read and linked its behaviour."""
    kind = element.kind
    element.begin, element.done = BEGIN[kind], DONE.get(kind)
    element.choose = CHOOSE.get(kind, gateways.conditional)
    if element.start_quantity > 1:
        element.arrive = gateways.gather_quantity
    elif len(element.incoming) > 1:
        element.arrive = MEET.get(kind)
    if kind == "adhoc":
        element.inside_ended = adhoc.inside_ended
    if element.loop is not None:
        element.rounds = loops
