"""SpiffWorkflow as its documentation shows it: the whole workflow, specification included, serialized into one column at every step."""

import itertools
import json
from pathlib import Path

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.peers.raw_rows import RawRows

DIAGRAM = Path(__file__).parents[1] / "w1_plain.bpmn"


class Spiff:
    """The library's runtime and serializer, with the rows of the raw floor beside them."""

    name = "spiff"

    def setup(self, store):
        """See Peer."""
        parser = BpmnParser()
        parser.add_bpmn_file(str(DIAGRAM))
        self._spec = parser.get_spec("hazard")
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self._rows, self._keys = RawRows(store, task_key="TEXT"), itertools.count(1)

    def start_case(self, fields):
        """See Peer."""
        now, case = self._rows.begin(), next(self._keys)
        workflow = BpmnWorkflow(self._spec)
        workflow.get_next_task(state=TaskState.READY).set_data(**fields)
        workflow.do_engine_steps()
        opened = self._open(case, _waiting(workflow), now)
        self._rows.new(case, self._serializer.serialize_json(workflow), now)
        self._rows.note(case, 1, now, "started", None, json.dumps(fields))
        self._rows.commit()
        return case, opened

    def complete(self, case, task, fields):
        """See Peer."""
        now = self._rows.begin()
        version, text = self._rows.load(case)
        workflow = self._serializer.deserialize_json(text)
        before = {str(waiting.id): waiting for waiting in _waiting(workflow)}
        mine = before[task]  # a task by its id would also run a second time: the library does not mind
        mine.set_data(**fields)
        mine.run()
        workflow.do_engine_steps()
        opened = self._open(case, [waiting for waiting in _waiting(workflow) if str(waiting.id) not in before], now)
        self._rows.close(task, now)
        self._rows.save(case, version, self._serializer.serialize_json(workflow), now if workflow.is_completed() else None)
        self._rows.note(case, version + 1, now, "completed", mine.task_spec.name, json.dumps(fields))
        self._rows.commit()
        return opened

    def counts(self):
        """See Peer."""
        return self._rows.counts()

    def close(self):
        """See Peer."""
        self._rows.disconnect()

    def _open(self, case, waiting, now):
        for task in waiting:
            self._rows.open(str(task.id), case, task.task_spec.name, task.task_spec.lane, now)
        return [(str(task.id), task.task_spec.name) for task in waiting]


def _waiting(workflow):
    return workflow.get_tasks(state=TaskState.READY, manual=True)
