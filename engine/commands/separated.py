"""Separation of duty, asked of the case: who did the elements that this one must be kept apart from?"""

from engine.domain import separation
from engine.store import participants


def expect_separated(step, case, task, person):
    """Raises Separated where the diagram keeps `person` (an Actor) away from this task. Costs no statement where it declares nothing."""
    declared = case.definition.separations.get(task.element_id)
    if not declared:
        return
    names = [rule.element_id for rule in declared]
    done_by = participants.of(step.transaction.connection, task.root_key, names)
    separation.check(declared, person, done_by, case.definition.names)
