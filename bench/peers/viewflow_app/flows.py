"""W1 as a viewflow flow. Importable only once Django is set up."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.lock import SelectForUpdateLock, no_lock

from bench.workload import GROUPS


def _user_task(element):
    # Owner and permission are given when the task is made: its place in a queue costs no row and no statement more.
    task = flow.View(None).Permission(f"bench.{GROUPS[element]}").Assign(lambda _activation: HazardFlow.owner)
    return task.onCreate(lambda activation: HazardFlow.opened.append((activation.task.pk, element)))


class HazardFlow(flow.Flow):
    """A hazard, from its triage to its end."""

    owner = None
    opened = []

    start = flow.StartHandle(this.fill).Next(this.triage)
    triage = _user_task("triage").Next(this.is_high)
    is_high = flow.If(lambda activation: activation.process.data["risk"] > 3).Then(this.assign).Else(this.close)
    assign = _user_task("assign").Next(this.rectify)
    rectify = _user_task("rectify").Next(this.fork)
    fork = flow.Split().Always(this.verify_a).Always(this.verify_b)
    verify_a = _user_task("verify_a").Next(this.join)
    verify_b = _user_task("verify_b").Next(this.join)
    join = flow.Join().Next(this.is_passed)
    is_passed = flow.If(lambda activation: activation.process.data["passed"] == 0).Then(this.rectify).Else(this.close)
    close = _user_task("close").Next(this.end)
    end = flow.End()

    def fill(self, activation, fields):
        """The process keeps all fields, its start task those that were filed there."""
        activation.process.data = dict(fields)
        activation.task.data = fields
        return activation.process

    @classmethod
    def prepare(cls, owner, is_sqlite):
        """Name the owner of every task; on PostgreSQL lock the process's row, which SQLite's one writer needs not."""
        cls.owner, cls.lock_impl = owner, no_lock if is_sqlite else SelectForUpdateLock()
        return cls

    @classmethod
    def take_opened(cls):
        """The (task, element) that were made since the last time."""
        cls.opened, opened = [], cls.opened
        return opened
