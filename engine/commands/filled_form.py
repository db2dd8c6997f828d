"""What was typed into a task's form, held against that form."""

from engine import feel
from engine.commands.attached import attached
from engine.domain.errors import Invalid
from engine.store import vault
from engine.workflow import runner


def filled_form(step, case, task, variables):
    """The cleaned values of a task's form, its sensitive ones concealed; `variables` as they are where it has none.

    Of a file that was sent with it only the key counts: what stands in the case is what was found in its content. Raises Invalid with
    every problem by field.
    """
    if task.form_key is None:
        return variables
    form = step.engine.form(step.transaction, task.form_key)
    known = runner.visible_variables(case.definition, case.state, task.number)
    entered = _load(step, case, task, form, variables, known)
    if form.sensitive:
        entered, rows = step.engine.vault.conceal(entered, form.sensitive, task.root_key)
        step.batches += [(vault.KEEP, rows)]
    return entered


def _load(step, case, task, form, variables, known):
    wrong = {}
    if form.files:
        variables, wrong = attached(step, case, task, form, variables)
    try:
        return form.load(variables, known, feel.Environment(step.local, step.calendar()))
    except Invalid as refused:
        # The form refuses such a field too, and can only say that it holds no file.
        refused.details["problems"] |= wrong
        raise
