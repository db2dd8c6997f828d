"""What was typed into a task's form, held against that form."""

from engine import feel
from engine.store import vault
from engine.workflow import runner


def filled_form(step, case, task, variables):
    """The cleaned values of a task's form, its sensitive ones concealed; `variables` as they are where it has none.

    Raises Invalid with every problem by field.
    """
    if task.form_key is None:
        return variables
    form = step.engine.form(step.transaction, task.form_key)
    known = runner.visible_variables(case.definition, case.state, task.number)
    entered = form.load(variables, known, feel.Environment(step.local, step.calendar()))
    if form.sensitive:
        entered, rows = step.engine.vault.conceal(entered, sorted(form.sensitive), task.root_key)
        step.batches += [(vault.KEEP, rows)]
    return entered
