"""Separation of duty, asked of the case: who did the elements that this one must be kept apart from, and who withdrew from it?"""

import orjson

from engine.domain import separation
from engine.domain.errors import Separated
from engine.store import participants, tasks


def expect_separated(step, case, task, person):
    """Raises Separated where the diagram keeps `person` (an Actor) away from this task. Costs no statement where it declares nothing."""
    if separation.recusal(case.definition.elements[task.element_id].properties):
        _expect_impartial(step, case, task, person)
    declared = case.definition.separations.get(task.element_id)
    if not declared:
        return
    done_by = participants.of(step.transaction.connection, task, [rule.place for rule in declared])
    separation.check(declared, person, done_by, case.definition.names)


def remember_principal(step, task, others=()):
    """Write down for whom, as a deputy, the actor completes or confirms a task, beside the `others` for whom it was done already."""
    acted_for = [*others] if step.actor.behalf_of is None else [*others, step.actor.behalf_of]
    if acted_for != principals(task):
        row = {"key_key": task.key, "acted_for": orjson.dumps(acted_for).decode()}
        step.batches.append((tasks.ACTED_FOR, [row]))


def principals(task):
    """The user names of those for whom deputies completed or confirmed a task."""
    return orjson.loads(task.acted_for or "[]")


def _expect_impartial(step, case, task, person):
    for username, reason in participants.recused(step.transaction.connection, task.root_key, person.names).items():
        raise Separated(
            f"Expected somebody who did not withdraw from this case, but {username} did: {reason}",
            problems={"": [f"{username} 已对本案回避（{reason}），应由他人办理。"]},
        )
    with step.transaction.session() as session:
        interest = step.engine.interest(session, person.names, case.variables())
    if interest is not None:
        username, party, relation = interest
        raise Separated(
            f"Expected somebody who stands in no relation to a party of this case, but {username} does to {party}: {relation}",
            problems={"": [f"{username} 与当事人 {party} 有利害关系（{relation}），应当回避，由他人办理。"]},
        )
