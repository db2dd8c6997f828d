"""上传附件: files that were looked at, and kept by their SHA-256, become the actor's to hand in."""

from engine.commands.command import command
from engine.commands.separated import expect_separated
from engine.domain.errors import Invalid, NotPermitted, WrongState
from engine.domain.task import may_work_on
from engine.store import attachments

#: What history tells of a file; the position is in degrees of WGS-84.
_TOLD = ("name", "type", "size", "sha256", "taken_at", "lng", "lat")


@command
def add_attachments(step, files, task_key=None, instance_key=None):
    """Write down `files`, [facts as engine.content.inspect finds them], whose bytes are safe on the disk already.

    With a task, which the actor must be allowed to work on, or a process instance, which they must see, the files belong to that case; with
    neither they are the actor's own until a form is handed in with them. Returns {"keys": [key]} in the order of the files.

    Raises NotFound, NotPermitted or Separated where it is not the actor's to do, WrongState where the task or the instance is not open.
    """
    task, case = _place(step, task_key, instance_key)

    if task is not None:
        may_work_on(task, step.actor, "attach files to")
        expect_separated(step, case, task, step.actor)
    elif case is not None:
        _may_add_to(case, step.actor)
    elif step.actor.only_watches:
        raise NotPermitted(f"Expected somebody with a role in cases to bring in files, but {step.actor.username} has none")

    step.begin_writing()
    keys = [step.key() for _ in files]
    root = case.row["root_key"] if case else None
    rows = [attachments.row(key, facts, step.actor, step.now, root, task_key) for key, facts in zip(keys, files, strict=True)]
    step.batches.append((attachments.ADD, rows))

    told = [{"key": str(key)} | {name: facts[name] for name in _TOLD} for key, facts in zip(keys, files, strict=True)]
    data = {"name": [facts["name"] for facts in files], "files": told}
    if case is None:
        step.record(f"account:{step.actor.username}", step.key(), "attachment:added", data)
    elif task is None:
        case.note("attachment:added", **data)
    else:
        case.note("attachment:added", task.element_id, task=str(task_key), **data)
    return step.save({"keys": keys})


def _place(step, task_key, instance_key):
    """(the task or None, its case or None)."""
    if task_key is None:
        return None, None if instance_key is None else step.case(instance_key)
    task, case = step.task(task_key)
    if instance_key not in (None, task["instance_key"]):
        raise Invalid(f"Expected user task {task_key} to be one of process instance {instance_key}, but it is of {task['instance_key']}")
    return task, case


def _may_add_to(case, actor):
    key = case.row["key"]
    if actor.only_watches:
        raise NotPermitted(
            f"Expected somebody with a role in cases to attach files to process instance {key}, but {actor.username} has none"
        )
    if not case.is_active:
        raise WrongState(f"Expected to attach files to process instance {key}, but it is {case.row['status']}")
