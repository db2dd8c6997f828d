"""暂存: what somebody typed into a form and does not hand in yet."""

from engine.commands.command import command
from engine.domain.errors import Conflict
from engine.domain.task import may_work_on
from engine.store import drafts


@command
def save_draft(step, key, entered, revision=0):
    """Keep `entered` {name: value} for the actor and this task. `revision`: of the draft that was edited, 0 for the first; returns the new.

    Raises Conflict where another window of the same person saved in between. A draft is nobody's act: it changes no case and leaves no
    history; the task's completion does.
    """
    task, _ = step.task(key)

    may_work_on(task, step.actor, "save a draft of")
    step.begin_writing()
    found = step.transaction.fetch(drafts.FIND, task_key=key, username=step.actor.username)
    known = found[0]["revision"] if found else 0
    if known != revision:
        raise Conflict(f"Expected to go on from draft {revision} of user task {key}, but it is at {known}", revision=known)

    draft = {"task_key": key, "username": step.actor.username, "form_values": step.engine.vault.seal(entered)}
    draft |= {"revision": known + 1, "saved": step.now}
    step.batches.append((drafts.SAVE, [draft]))

    return step.save({"revision": known + 1})
