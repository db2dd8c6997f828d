"""试算: somebody asks what a decision says, outside of any case; the evaluation is recorded like every other."""

from engine import decisions as dmn
from engine import feel
from engine.commands.command import command
from engine.commands.decided import decided, texts
from engine.domain import values
from engine.domain.errors import NotFound, NotPermitted
from engine.domain.people import DESIGNER
from engine.store import definitions, instances


@command
def evaluate_decision(step, decision_id=None, decision_key=None, variables=None):
    """Evaluate the newest version of a decision, or the one with a key, by `variables` {name: value}.

    Returns {"key", "decision", "requirements": their rows, "decisions": {id: row of each in the graph}, "evaluated": [record of each that
    was made], "output": JSON text, "failed": sentence or None, "failed_decision_id"}, the records with their values as JSON text.
    """
    if not step.actor.is_integration and DESIGNER not in step.actor.groups:
        raise NotPermitted(f"Expected a designer, a program or an administrator to try a decision, but {step.actor.username} is none")
    decision = _decision(step, decision_id, decision_key)
    (graph,) = step.transaction.fetch(definitions.REQUIREMENTS_BY_KEY, key=decision["requirements_key"])
    decisions = step.engine.decisions_of(step.transaction, graph["key"])
    requirements = step.engine.requirements(step.transaction, graph["key"])
    found = dmn.evaluate(requirements, decision["decision_id"], variables or {}, feel.Environment(step.local, step.calendar()))
    evaluated = [one.record() for one in found.evaluated]

    key = step.key()
    told = {"decision": decision["decision_id"], "version": decision["version"], "evaluated": evaluated, "failed": found.failed}
    outside = {"evaluation_key": key, "evaluated": step.now} | dict.fromkeys(("instance_key", "root_key", "number", "element_id"))
    step.batches.append((instances.DECIDED, [{**outside, **row} for row in decided(decision, decisions, found).rows]))
    step.record(f"decision:{key}", key, "decision:evaluated", told)
    return step.save(
        {
            "key": key,
            "decision": decision,
            "requirements": graph,
            "decisions": decisions,
            "evaluated": [texts(one) for one in evaluated],
            "output": values.write(found.result),
            "failed": found.failed,
            "failed_decision_id": found.failed_decision_id,
        }
    )


def _decision(step, decision_id, decision_key):
    if decision_key is None:
        return step.engine.find(step.transaction, definitions.DECISION, decision_id, kind="decision")
    rows = step.transaction.fetch(definitions.DECISION_BY_KEY, key=decision_key)
    if not rows:
        raise NotFound(f"Expected a deployed decision with key {decision_key}, but there is none")
    return rows[0]
