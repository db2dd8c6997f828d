"""The primitives of a run: whatever is done since the mark is undone, to the last number."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as some

from engine import feel
from engine.domain.outcome import Outcome
from engine.workflow import definition, open_work, state, subscriptions, tokens
from engine.workflow.run import Run
from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, gateway, start, user
from tests.engine.workflow.ledger import NOW

PARTS = start() + end() + gateway("parallel", "f") + user("a") + user("b") + catch("c", "signal")
EVENTS = boundary("t", "a", "cycle", False) + boundary("m", "a", "message") + boundary("q", "a", "condition")
WAY = flows("s -> f -> a -> e", "f -> b -> e", "f -> c -> e", "t -> e", "m -> e", "q -> e")
(PROCESS,) = definition.read(diagram(PARTS, EVENTS, WAY))
SUBS = '[[5,"t","timer",["PT1H",3,0,"",0]],[6,"m","message"]]'
RAW = f'[1,20,[[1,"",0,{{"j":{{"x":{{"y":1}}}}}}],[3,"a",1,0,{SUBS}],[4,"b",1],[7,"c",1,0,[[8,"c","signal","sig"]]]]]'.encode()
ROWS = {1: {"n": "1", "x": "1", "key": '"k"'}, 3: {"own": "2"}}

CHANGES = some.lists(some.tuples(some.integers(0, 8), some.sampled_from([1, 3, 4, 7]), some.sampled_from(["n", "own", "new"])), max_size=25)


def change(run, kind, number, name):
    """One of the primitives, where it fits."""
    instance = run.instances.get(number)
    if instance is None:
        return
    if kind == 0:
        run.enter(PROCESS.elements["b"], instance)
    elif kind == 1 and number != 1 and not instance.kids:
        run.remove(instance)
    elif kind == 2:
        run.set(instance, name, 5)
    elif kind == 3:
        run.set_local(instance, name, 1)
    elif kind == 4 and instance.texts and name in instance.texts:
        run.drop_local(instance, name)
    elif kind == 5:
        run.send(instance, tokens.finish, instance)
    elif kind == 6:
        subscriptions.close_all(run, instance)
    elif kind == 7:
        subscriptions.open_all(run, instance, PROCESS.elements["a"].boundaries)
    elif kind == 8 and instance.node.kind == "user":
        open_work.withdraw(run, instance)


def picture(run):
    """Everything that a step could have changed."""
    alive = {number: (one.n, one.alive, list(one.kids), one.texts) for number, one in sorted(run.instances.items())}
    indexes = [{name: dict(found) for name, found in index.items() if found} for index in (run.signals, run.watchers)]
    raw = state.dump(run.next, dict(sorted(run.instances.items())))
    return deepcopy((raw, alive, len(run.todo), run.outcome, sorted(run.subscribed), [sorted(index) for index in indexes]))


@settings(max_examples=150)
@given(CHANGES, CHANGES)
def test_what_was_done_since_the_mark_is_undone(before, after):
    env = feel.Environment(NOW)
    next_number, instances = state.load(PROCESS, RAW, ROWS, env)
    run = Run(PROCESS, instances, next_number, ROWS, env, Outcome())
    for each in before:
        change(run, *each)
    run.mark(tokens.finish, run.instances[1])
    kept = picture(run)

    for each in after:
        change(run, *each)
    run.journal.undo()

    found = picture(run)
    assert (found[0], found[2:]) == (kept[0], kept[2:])
    assert {number: (n, alive, sorted(kids), texts or {}) for number, (n, alive, kids, texts) in found[1].items()} == {
        number: (n, alive, sorted(kids), texts or {}) for number, (n, alive, kids, texts) in kept[1].items()
    }
