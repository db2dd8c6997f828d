"""Variables are set from outside."""

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted, WrongState


@command
def set_variables(step, key, variables, local=False):
    """`key`: of a process instance or of an element instance; `variables` {name: value}. `local`: in that scope itself.

    Without `local` each goes upward to the nearest scope that has the name, else to the process instance. An administrator's act: people
    change variables by completing tasks.
    """
    case, scope = _scope(step, key)

    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to set variables directly, but {step.actor.username} is not one")
    if not case.is_active:
        raise WrongState(f"Expected to set variables of process instance {case.row['key']}, but it is {case.row['status']}")

    step.advance(case, "set_variables", scope=scope, variables=variables, local=local)

    case.note("variables:set", names=sorted(variables))
    return step.save()


def _scope(step, key):
    try:
        return step.case(key), 1
    except NotFound:
        row, case = step.element(key)
    if row["status"] != "ACTIVE":
        raise WrongState(f"Expected to set variables of element instance {key}, but it is {row['status']}")
    return case, row["number"]
