"""`advance`: a definition, a state and a command become an outcome. No database, no clock, no ids but its own; the same every time."""

import logging

from engine import feel
from engine.domain.errors import Invalid, NotFound, WrongState
from engine.domain.outcome import Outcome
from engine.workflow import gateways, incidents, state, subscriptions, tokens
from engine.workflow.commands import COMMANDS
from engine.workflow.elements import Flow
from engine.workflow.failures import Failure
from engine.workflow.run import Run
from engine.workflow.scopes import changed

log = logging.getLogger(__name__)

#: How many tokens one advance may move. A rework loop of thousands of rounds ends long before; a loop without a wait does not.
BUDGET = 100_000

#: Steps of FEEL that each token has for itself.
STEPS = feel.Environment().steps

#: What every endless loop has to do again and again.
MOVES = frozenset({tokens.arrive, tokens.done, gateways.go_through})


def advance(definition, state_, command, now, calendar=None, into=None):
    """Do a command, and move everything that can move until it waits.

    `definition`: definition.Definition; `state_`: outcome.State; `command`: (name, {argument: value}) of commands.py; `now`: aware
    datetime, in the zone in which people live; `calendar`: feel.calendar.Calendar; `into`: the Outcome of an earlier advance of the same
    transaction, to go on filling it: `state_` then has its state, and the variables as they were before that transaction.

    -> outcome.Outcome. Raises errors.NotFound, WrongState or Invalid where the command cannot be done, and then nothing has changed.
    """
    name, arguments = command
    outcome = Outcome() if into is None else into
    env = feel.Environment(now, calendar)
    variables = state_.variables
    if state_.raw is None:
        next_number, instances = 1, {}
    else:
        next_number, instances = state.load(definition, state_.raw, changed(variables, outcome), env)
    if bool(instances) == (name == "start"):
        raise WrongState(
            f"Expected {'a new instance to start' if instances else f'an instance that is not over to {name}'}, but it is not so"
        )
    run = Run(definition, instances, next_number, variables, env, outcome, state_.outside)
    if run.outside.is_used:
        run.outside.reach(**arguments)
    try:
        COMMANDS[name](run, **arguments)
    except Failure as problem:  # a value that cannot be kept
        run.journal.undo()
        raise Invalid(problem.sentence) from problem
    _move(run)
    outcome.state = state.dump(run.next, run.instances)
    run.outside.save()
    return outcome


def visible_variables(definition, state_, number):
    """{name: value} of everything that the element instance `number` sees, innermost first. Raises NotFound where it is not alive."""
    env = feel.Environment()
    next_number, instances = state.load(definition, state_.raw, state_.variables, env)
    run = Run(definition, instances, next_number, state_.variables, env, Outcome(), state_.outside)
    run.outside.reach(number)
    if number not in run.instances:
        raise NotFound(f"Expected an element instance with number {number}, but there is none alive")
    return run.instances[number].visible()


def _move(run):
    """Until nothing can move by itself."""
    todo = run.todo
    while True:
        if run.changed:
            run.outside.watch(run.changed)
            subscriptions.watch(run)
        if todo:
            owner, epoch, operation, instance, argument = todo.popleft()
            if owner is not None and (owner.epoch != epoch or not owner.alive):
                continue
            if instance.alive:
                _work(run, operation, instance, argument)
            if owner is not None and owner.epoch == epoch and owner.alive:
                owner.n -= 1
                if not owner.n:
                    run.emptied(owner)
        elif not (run.waiting and gateways.release(run)):
            return


def _work(run, operation, instance, argument):
    """One item. If it fails, everything that it did since its mark is undone, and an incident is left."""
    run.mark(operation, instance, argument)
    env = run.env
    env.steps = STEPS
    if env.warnings:
        env.warnings.clear()
    try:
        if operation in MOVES:
            run.moves += 1
            if run.moves > BUDGET:
                raise Failure("UNKNOWN", f"Expected a wait within {BUDGET} moves, but the process goes on without one")
        operation(run, instance, argument)
    except (Failure, feel.FeelError) as problem:
        run.journal.undo()
        incidents.leave(run, problem)
    if env.warnings:
        # Most tell of a variable that is not there, which is often meant: no more than information.
        place = argument.target if type(argument) is Flow else instance.node
        log.info("%s in %s: %s", place.id, run.definition.id, "; ".join(env.warnings))
