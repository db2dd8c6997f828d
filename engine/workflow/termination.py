"""Ending from outside: what is inside goes first. A user task whose canceling listeners have a say holds up whatever ends it.

What waits for such a listener is marked with "z", it and everything around it up to what was ended; when the last of it is gone, the
continuation that was left at what was ended (`data["k"]`) is done.
"""

from engine.domain.outcome import CANCELED, TERMINATED
from engine.workflow import open_work, subscriptions
from engine.workflow.failures import OPERATIONS


def kill(run, instance):
    """End an instance and everything inside it. -> is it gone? If not, say with `after` what then."""
    inside, todo = [], [instance]
    while todo:
        each = todo.pop()
        inside.append(each)
        todo += each.kids.values()
    for each in reversed(inside):
        _end(run, each)
    return not instance.alive


def clear(run, scope, spare=None):
    """End everything inside a scope but one; the scope stays. -> is it all gone? If not, say with `after` what then."""
    for child in list(scope.kids.values()):
        if child is not spare:
            kill(run, child)
    _drop_tokens(run, scope)
    if not scope.n:
        run.emptied(scope)
    return not any("z" in child.data for child in scope.kids.values())


def after(run, ended, operation, instance):
    """When `ended` (or, if it stays, what was cleared inside it) is gone, this operation is done with that instance."""
    run.journal.put(ended.data, "k", [operation, instance.number])


def end_process(run, status):
    """End the process instance itself, as cancelled or (an error is caught above it) terminated."""
    root = run.instances[1]
    if kill(run, root):
        run.outcome.status = status
    else:
        run.journal.put(root.data, "k", ["over", status])


def listened(run, task):
    """The canceling listeners of a user task are done: it goes, and so does what waited only for it."""
    open_work.close_task(run, task, CANCELED)
    ended = task
    while True:
        scope, then = ended.parent, ended.data.get("k")
        run.remove(ended, TERMINATED)
        if then:
            _go_on(run, then)
        if scope is None or ("z" in scope.data and scope.kids):
            return
        if "z" not in scope.data:
            break
        ended = scope
    if "k" in scope.data and not any("z" in child.data for child in scope.kids.values()):
        then = scope.data["k"]
        run.journal.drop(scope.data, "k")
        _go_on(run, then)


def _go_on(run, then):
    operation, target = then
    if operation == "over":
        run.outcome.status = target
    elif target in run.instances:
        instance = run.instances[target]
        run.send(instance.parent, OPERATIONS[operation], instance)


def _end(run, instance):
    journal, data = run.journal, instance.data
    if instance.subs:
        subscriptions.close_all(run, instance)
    if instance.kids:
        open_work.withdraw(run, instance)
        _drop_tokens(run, instance)
        journal.put(data, "z", 1)
    elif "canceling" in instance.node.task_listeners and open_work.holds_task(instance):
        if "z" not in data:
            OPERATIONS["cancel_task"](run, instance)
            journal.put(data, "z", 1)
    else:
        open_work.withdraw(run, instance)
        run.remove(instance, TERMINATED)


def _drop_tokens(run, scope):
    """Tokens that are on their way or wait at joins inside a scope are dead."""
    journal = run.journal
    journal.assign(scope, "epoch", scope.epoch + 1)
    journal.assign(scope, "n", len(scope.kids))
    journal.drop(scope.data, "j")
    journal.drop(scope.data, "J")
