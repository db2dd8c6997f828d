"""What element instances wait for: rows of their own in the state, and indexes so that nothing is ever searched."""

from engine.domain import values
from engine.domain.outcome import Subscription
from engine.feel import FeelError
from engine.workflow import timers
from engine.workflow.failures import OPERATIONS, unexpected

#: What the store knows of. Conditions are the machine's own.
OUTSIDE = frozenset({"timer", "message", "signal"})


def index(run, instance):
    """Take the subscriptions of a loaded instance into the run's indexes."""
    for number, row in instance.subs.items():
        run.subscribed[number] = instance
        if row[1] == "signal":
            run.signals.setdefault(row[2], {})[number] = instance
        elif row[1] == "conditional":
            for name in _condition(run, row).reads:
                run.watchers.setdefault(name, {})[number] = instance


def open_all(run, instance, events):
    """The instance waits for these events. Errors, escalations and the like need no subscription: they look for their catcher."""
    for event in events:
        for place, catch in enumerate(event.catches):
            if catch.kind == "timer":
                when, book = timers.due(catch.timer, catch.when, instance, run.now)
                row = [event.id, "timer", book] if book else [event.id, "timer"]
                _open(run, instance, row, due=when)
            elif catch.kind == "message":
                _open(run, instance, [event.id, "message"], name=name_of(catch, instance), correlation_key=_key(catch, instance))
            elif catch.kind == "signal":
                name = name_of(catch, instance)
                number = _open(run, instance, [event.id, "signal", name], name=name)
                run.journal.put(run.signals.setdefault(name, {}), number, instance)
            elif catch.kind == "conditional":
                number = _open(run, instance, [event.id, "conditional", 0, place])
                for name in catch.when.reads:
                    run.journal.put(run.watchers.setdefault(name, {}), number, instance)
                # A condition that holds from the start is met as soon as everything that is on its way has been counted.
                run.send(instance.parent or instance, check, instance, number)


def name_of(catch, scope):
    """The name of a message or signal."""
    name = catch.name(scope)
    if not isinstance(name, str) or not name:
        raise unexpected(scope, catch.name, f"the name of a {catch.kind}", name)
    return name


def _key(catch, scope):
    if catch.key is None:
        return None
    key = catch.key(scope)
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, (bool, list, dict)) or not hasattr(key, "as_tuple"):
        raise unexpected(scope, catch.key, "a string or number to correlate by", key)
    return values.number(key)


def _open(run, instance, row, **details):
    number = run.next
    run.journal.assign(run, "next", number + 1)
    run.journal.put(instance.subs, number, row)
    run.journal.put(run.subscribed, number, instance)
    if row[1] in OUTSIDE:
        opened = Subscription(number, instance.number, row[0], row[1], **details)
        run.journal.put(run.outcome.subscriptions_opened, number, opened)
    return number


def reopen(run, instance, number, book, when):
    """A timer waits for another time under the same id: a cycle for its next (`book`: see timers.due), or one whose date has moved."""
    row, journal, outcome = instance.subs[number], run.journal, run.outcome
    journal.put(instance.subs, number, [row[0], row[1], book] if book else [row[0], row[1]])
    if number not in outcome.subscriptions_opened:
        journal.put(outcome.subscriptions_closed, number, "timer")
    journal.put(outcome.subscriptions_opened, number, Subscription(number, instance.number, row[0], "timer", due=when))


def close(run, instance, number):
    """The instance no longer waits for this."""
    journal, outcome = run.journal, run.outcome
    row = instance.subs[number]
    journal.drop(instance.subs, number)
    journal.drop(run.subscribed, number)
    if row[1] == "signal":
        journal.drop(run.signals[row[2]], number)
    elif row[1] == "conditional":
        for name in _condition(run, row).reads:
            journal.drop(run.watchers[name], number)
    if row[1] in OUTSIDE:
        if number in outcome.subscriptions_opened:
            journal.drop(outcome.subscriptions_opened, number)
        else:
            journal.put(outcome.subscriptions_closed, number, row[1])


def close_all(run, instance, of=None):
    """The instance waits for nothing more; `of`: for nothing more of these events. Latest first, so that undoing keeps their order."""
    for number, row in reversed(list(instance.subs.items())):
        if of is None or row[0] in of:
            close(run, instance, number)


def _condition(run, row):
    return run.definition.elements[row[0]].catches[row[3]].when


# -- conditional events: looked at when a variable changes that they read, and true only when they become true


def watch(run):
    """Queue the conditions that read a changed variable, ahead of every token."""
    affected = {}
    for name in run.changed:
        affected.update(run.watchers.get(name, ()))
    run.changed.clear()
    for number, instance in sorted(affected.items(), reverse=True):
        run.todo.appendleft((None, 0, check, instance, number))


def check(run, instance, number):
    """An item: does the condition hold now, and did it not before? A condition that cannot be computed does not hold."""
    row = instance.subs.get(number)
    if row is None:
        return
    try:
        holds = _condition(run, row)(instance) is True
    except FeelError:  # its budget: the only error of an evaluation, and of FEEL's errors the value is null
        holds = False
    before = row[2]
    if holds != bool(before):
        run.journal.put(instance.subs, number, [row[0], row[1], int(holds), row[3]])
        if holds:
            OPERATIONS["trigger"](run, instance, (number, None))
