"""Real diagrams of the dialect, from Camunda's own examples and clients: each is accepted, or refused for a reason that is true.

The codes were verified by reading each model. Nothing is known outside of the one file, so what it asks of others is missing. None of them
is unsound: example, get-up and telco-service-order-fulfillment-retail have parallel branches, each joined where it was parted or led to an
end of its own; wherever else two flows meet, one gateway or event chose between them.
"""

from pathlib import Path

import pytest

from engine.gate import Gate, References, Resource
from engine.gate.gate import ENDINGS

ROOT = Path(__file__).parents[2]
MODELS = ROOT.parent / "shared" / "models"
BUNDLED = [path for folder in ("bpmn", "forms") for path in sorted((ROOT / folder).rglob("*")) if path.suffix in ENDINGS]
READERS = {"bpmn": "engine.workflow.definition:read", "dmn": "engine.decisions.check:check", "form": "forms.compile:check"}

NO_QUEUE = "USER_TASK_WITHOUT_QUEUE"
BY_WORKER = "JOB_WORKER_USER_TASK"
EXPECTED = {
    "76_test.bpmn": [],
    "98_test.bpmn": [],
    "BpmnParser2.bpmn": [],
    "Capital_Market_Trade_Exception_Remediation_Processing.bpmn": ["UNKNOWN_DECISION"],  # Decision_12lb3gf
    "Client-DeployWorkflow.bpmn": [],
    "Client-SkipFirstTask.bpmn": [],
    "Client-ThrowError.bpmn": [],
    "DeleteResource.bpmn": [],
    "MigrateProcess-Rest-Version-2.bpmn": [],
    "MigrateProcess-Version-2.bpmn": [],
    "SearchProcessInstances.bpmn": [],
    "StreamJobs.bpmn": [],
    "Worker-Failure-Backoff.bpmn": [],
    "Worker-Failure1.bpmn": [],
    "Worker-Failure3.bpmn": [],
    "Worker-RaiseIncident.bpmn": [],
    # An ad-hoc sub-process whose activities a job worker chooses, and whose results are collected; two user tasks without assignment.
    "ai-agent-chat-with-mcp.bpmn": [
        NO_QUEUE,
        NO_QUEUE,
        "UNKNOWN_FORM",
        "UNKNOWN_FORM",
        "UNKNOWN_FORM",
        "UNSUPPORTED_ATTRIBUTE",
        "UNSUPPORTED_ATTRIBUTE",
        "UNSUPPORTED_EXTENSION",
        "UNSUPPORTED_EXTENSION",
    ],
    "campaign-process.bpmn": ["UNKNOWN_PROCESS"],  # letterProcess
    "complete-user-tasks.bpmn": [],
    "conditional-pathway-10c.bpmn": [],
    "conditional-pathway.bpmn": [],
    "demo-process.bpmn": ["BAD_VARIABLE_NAME", "BAD_VARIABLE_NAME"],  # JSON paths of an early Zeebe: $.foo, $.bar
    "demoProcess.bpmn": [],
    "eventHandler.bpmn": [],
    "example.bpmn": [BY_WORKER, BY_WORKER, BY_WORKER],
    "exampleProcess.bpmn": [],
    "generic-test.bpmn": [],
    "get-up.bpmn": [],
    "hello-world-complete-10c.bpmn": [],
    "hello-world-complete-wi.bpmn": [],
    "hello-world-fv.bpmn": [],
    "hello-world.bpmn": [],
    "huge-campaign-process.bpmn": [],
    "insurance-personal-property-damage-claim-handling.bpmn": ["UNKNOWN_DECISION", "UNKNOWN_FORM", "UNKNOWN_FORM", NO_QUEUE],
    "job-complete-error-test.bpmn": [],
    "large-campaign-process.bpmn": ["UNKNOWN_PROCESS"],  # BucketProcess
    "modeling-concept.bpmn": ["NO_EXECUTABLE_PROCESS"],  # two processes, both with isExecutable="false"
    "modify-process-instance-rest.bpmn": [],
    "multi-instance-simple-example.bpmn": [],  # calls a process of the same file
    "multi-tenant-worker-test.bpmn": [],
    "query-subscription-test.bpmn": [],
    "rest-message-test.bpmn": [],
    "rest-search-element-instances-test.bpmn": [],
    "service_task.bpmn": [],
    "telco-service-order-fulfillment-retail.bpmn": [],
    "test-ai-agent-chat-with-tools.bpmn": [],
    "test-job-process.bpmn": [],
    "test-tasks-query.bpmn": ["UNKNOWN_FORM", NO_QUEUE],
    "test.bpmn": [],
    "weatherinfo-process.bpmn": [BY_WORKER, NO_QUEUE],
    "zeebe-user-task.bpmn": [NO_QUEUE],
}


@pytest.fixture(scope="module")
def gate():
    gate = Gate(READERS)
    yield gate
    gate.close()


def test_the_models_are_there_and_each_has_an_expectation():
    assert sorted(path.name for path in MODELS.glob("*.bpmn")) == sorted(EXPECTED), f"Expected the models of this list in {MODELS}"


@pytest.mark.parametrize("name, expected", EXPECTED.items(), ids=EXPECTED)
def test_a_real_diagram_is_accepted_or_refused_for_a_true_reason(gate, name, expected):
    verdict = gate.check([Resource(name, (MODELS / name).read_bytes())], References())

    assert sorted(problem.code for problem in verdict.problems) == sorted(expected)
    assert verdict.accepted == (set(expected) <= {BY_WORKER})


class EveryHandler(dict):
    """Whatever handler a bundled diagram calls, it is registered in the application, which this test does not start."""

    def get(self, name, default=None):
        return ()


class EveryKind(frozenset):
    """The same of the certificates that they ask for."""

    def __contains__(self, kind):
        return True


def test_the_bundled_files_are_accepted_together_and_without_any_problem(gate):
    assert BUNDLED, f"Expected diagrams, decisions and forms in {ROOT}/bpmn and {ROOT}/forms"
    resources = [Resource(str(path.relative_to(ROOT)), path.read_bytes()) for path in BUNDLED]

    verdict = gate.check(resources, References(job_types=EveryHandler(), certificates=EveryKind(), roles=None))

    assert verdict.problems == []
