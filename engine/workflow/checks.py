"""What a command needs to find: each look-up raises NotFound or WrongState with a sentence where it is not there, or not so."""

from engine.domain.errors import NotFound, WrongState
from engine.workflow import user_tasks


def alive(run, number, what):
    """The instance with a number that is alive. `what`: how the sentence calls it."""
    instance = run.instances.get(number)
    if instance is None:
        raise NotFound(f"Expected {what} with number {number}, but there is none")
    return instance


def task(run, number, doing):
    """A user task that somebody can do something with now."""
    instance = alive(run, number, "a user task")
    if instance.node.kind != "user" or instance.is_body():
        raise NotFound(f"Expected a user task with number {number}, but there is none")
    user_tasks.expect_open(instance, doing)
    return instance


def with_job(run, number):
    """An element instance whose job is out: its own, or a listener's."""
    instance = alive(run, number, "a job")
    data = instance.data
    own = instance.node.kind == "job" and not instance.is_body() and data.keys().isdisjoint("!cz")
    listening = not data.keys().isdisjoint("tx") and "!" not in data
    if not own and not listening:
        raise WrongState(f"Expected element instance {number} to wait for a job, but it does not")
    return instance


def called(run, number):
    """An element instance that waits for a handler or decision."""
    instance = alive(run, number, "a call")
    if "c" not in instance.data:
        raise WrongState(f"Expected element instance {number} to wait for a call, but it does not")
    return instance


def calling(run, number):
    """A call activity that waits for its child."""
    instance = alive(run, number, "a call activity")
    if instance.node.kind != "call" or instance.is_body() or not instance.data.keys().isdisjoint("!xz"):
        raise WrongState(f"Expected element instance {number} to wait for a child, but it does not")
    return instance
