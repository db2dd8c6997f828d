"""SpiffWorkflow's own runtime behind the words that a Case has: the second opinion of differential tests, and the accused of the faults."""

from datetime import UTC, datetime, timedelta

from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.defaults import UserTask

PAST = (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def specify(xml, process="p"):
    """(specification, those of its sub-processes), read by the library's own parser."""
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.fromstring(xml))
    return parser.get_spec(process), parser.get_subprocess_specs(process)


class Oracle:
    """One workflow of the bare library."""

    def __init__(self, xml=None, specs=None, **variables):
        self.workflow = BpmnWorkflow(*(specs or specify(xml)))
        self.workflow.task_tree.data.update(variables)
        self.workflow.do_engine_steps()

    def _open(self):
        ready = self.workflow.get_tasks(state=TaskState.READY, manual=True)
        return [task for task in ready if isinstance(task.task_spec, UserTask)]

    @property
    def open(self):
        return sorted(task.task_spec.bpmn_id for task in self._open())

    @property
    def is_over(self):
        return self.workflow.is_completed()

    @property
    def variables(self):
        return self.workflow.last_task.data

    def complete(self, id, **variables):
        task = next(task for task in self._open() if task.task_spec.bpmn_id == id)
        task.data.update(variables)
        task.run()
        self.workflow.do_engine_steps()
        return self

    def timers_fire(self):
        """Every timer that waits falls due."""
        for task in self.workflow.get_tasks(state=TaskState.WAITING):
            if task._get_internal_data("event_value") is not None:
                task._set_internal_data(event_value=PAST)
        self.workflow.refresh_timers()
        self.workflow.do_engine_steps()
        return self
