"""Separation of duty, asked of the case: who did the elements that this one must be kept apart from?"""

from engine.domain import separation
from engine.store import participants


def expect_separated(step, case, task, person):
    """Raises Separated where the diagram keeps `person` (an Actor) away from this task. Costs no statement where it declares nothing."""
    declared = case.definition.separations.get(task.element_id)
    if not declared:
        return
    done_by = participants.of(step.transaction.connection, task, [rule.place for rule in declared])
    separation.check(declared, person, done_by, case.definition.names)
