"""What was typed into a task's form, held against that form."""

from engine import feel
from engine.workflow import runner


def filled_form(step, case, task, variables):
    """The cleaned values of a task's form; `variables` as they are where the task has none. Raises Invalid by field."""
    if task.form_key is None:
        return variables
    form = step.engine.form(step.transaction, task.form_key)
    known = runner.visible_variables(case.definition, case.state, task.number)
    return form.load(variables, known, feel.Environment(step.local, step.calendar()))
