"""What the token game found, in sentences: where, what happens there, what to draw instead, and the way that leads to it.

An error is what no schedule can make good: a token that waits for ever, a way on which no end is left, an element that nobody ever reaches.
Two tokens at one activity are a warning: BPMN allows them, and "once for each branch" may be meant.
"""

from dataclasses import replace

from engine.gate.elements import called, problem, warning


def deadlock(element, missing, trace):
    """A token at a join, or at whatever else does not go on. `missing`: the elements from which nothing can come any more."""
    lacks = f": nothing can come from {_listed(missing)} any more" if missing else ""
    sentence = f"Expected every token to go on, but at {called(element)} one waits for ever{lacks}."
    remedy = (
        "Join what was parted in the way it was parted: what an exclusive gateway or an event parts joins at an exclusive gateway, what a "
        "parallel gateway parts at a parallel one; and let every flow come from a branch of that parting."
    )
    return _traced(problem(element, "DEADLOCK", sentence, remedy), trace)


def waits_for_itself(element, others, trace):
    """Inclusive joins that wait for each other."""
    sentence = f"Expected {called(element)} to wait for what can still come, but it and {_listed(others)} wait for each other."
    remedy = (
        "Join each inclusive split at a gateway of its own, before a flow leads back; let flows that lead back end at an exclusive gateway."
    )
    return _traced(problem(element, "JOIN_WAITS_FOR_ITSELF", sentence, remedy), trace)


def no_way_to_end(element, ended_from_outside, trace):
    """A part that is never left. Where an event can end it from outside, this is how one draws "again and again until": a warning."""
    sentence = f"Expected a way to an end from {called(element)}, but all that can come after it leads back to it."
    remedy = "Draw a way out of the loop to an end event."
    said = warning if ended_from_outside else problem
    return _traced(said(element, "NO_WAY_TO_END", sentence, remedy), trace)


def twice(element, trace):
    """Two tokens where one is meant."""
    sentence = (
        f"Expected one token at {called(element)}, but two come to it side by side, over two branches or by a completionQuantity: what "
        "follows is done twice."
    )
    remedy = "Join the branches at a parallel gateway before it; if once for each branch is meant, nothing has to be done."
    return _traced(warning(element, "LACK_OF_SYNCHRONISATION", sentence, remedy), trace)


def dead(element):
    """An element that flows lead to, but no token: as much a fault as one to which no flow leads."""
    sentence = f"Expected {called(element)} to be reached, but nothing that comes before it ever goes on to it."
    remedy = "Let what comes before it be able to complete, for example by an end event that throws no error; or delete the element."
    return problem(element, "DEAD_ACTIVITY", sentence, remedy)


def not_explored(element):
    """The bound was reached; what was found until then is told, and no more is known."""
    sentence = (
        f"Expected to see every way through {called(element)}, but its branches can go on side by side in too many ways; some were not "
        "looked at."
    )
    return warning(element, "NOT_EXPLORED", sentence, "Put parallel branches into sub-processes; each of these is looked at by itself.")


def broken_promise(end, task, since, trace):
    """A way to the end event that has not passed the task, or not again after `since` was done anew."""
    after = f" after {called(since)}" if since is not None else ""
    sentence = f"Expected every way to {called(end)} to have passed {called(task)}{after}, as it promises, but there is one that has not."
    remedy = "Let the way lead through the task, or to another end event; guards do not count, because they can change."
    return _traced(problem(end, "PROMISE_BROKEN", sentence, remedy), trace)


def bad_promise(holder, end, identifier, why):
    """bihuan:promise that names something which proves nothing."""
    sentence = f"Expected bihuan:promise of {called(end)} to name a verification, but {identifier or 'an empty place'} {why}."
    remedy = (
        "Enter the ids of user tasks of this process that carry bihuan:separateFrom, or of call activities that lead to such a task, "
        "commas between them."
    )
    return problem(holder, "BAD_PROMISE", sentence, remedy)


def _traced(found, trace):
    return replace(found, trace=tuple(trace))


def _listed(elements):
    names = [called(element) for element in elements]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)
