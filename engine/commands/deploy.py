"""Diagrams, decisions and forms are deployed: all of them or none, and only what the gate lets in."""

import hashlib
from graphlib import TopologicalSorter

import orjson

from engine.commands import second_person
from engine.commands.command import command
from engine.domain.errors import NotPermitted, Refused
from engine.domain.people import DESIGNER
from engine.domain.problem import Problem
from engine.gate.resource import References
from engine.store import definitions, deploying, imports, messages, waits
from engine.workflow import definition as workflow_definition
from engine.workflow import timers
from engine.workflow.failures import Failure


def deploy(engine, actor, resources, idempotency_key=None):
    """Deploy a list of engine.gate.resource.Resource; what is unchanged keeps its version.

    Returns {"key", "deployed": [{"kind": process | decision | requirements | form, "id", "name", "version", "version_tag", "key",
    "resource_name", …}]}. Raises Refused with every problem of every file, NotPermitted for somebody who is no designer, Separated for
    what a second person has to publish (second_person.py).
    """
    expect_designer(actor, "deploy")
    verdict = engine.gate.check(resources, references(engine, actor))
    if not verdict.accepted:
        errors = [problem for problem in verdict.problems if problem.severity == "error"]
        first = f"{errors[0].element}: {errors[0].sentence}"
        raise Refused(f"Expected files that can be deployed, but found {len(errors)} problems, first {first}", problems=verdict.problems)
    return deploy_accepted(engine, actor, resources, verdict.facts, idempotency_key=idempotency_key)


def expect_designer(actor, doing):
    """Raises NotPermitted for somebody who is no designer."""
    if not actor.is_administrator and DESIGNER not in actor.groups:
        raise NotPermitted(f"Expected a process designer or an administrator to {doing}, but {actor.username} is neither")


def references(engine, actor):
    """The names that exist outside of a deployment by `actor`, for the gate."""
    with engine.store.read() as connection:
        known = deploying.known(connection)
    job_types = {job_type: handler.roles for job_type, handler in engine.handlers.items()}
    roles = None if actor.is_system else actor.groups

    def imported(namespace):
        with engine.store.read() as connection:
            return imports.latest(connection, namespace)

    return References(**known, job_types=job_types, certificates=engine.certificates.kinds, roles=roles, imported=imported)


@command
def deploy_accepted(step, resources, facts):
    """The second half: `facts` are what the gate's verdict says of each resource."""
    key, deployed, told = bring_in(step, resources, facts)
    second_person.expect_not_needed(step, [one for one in deployed if one["new"]])

    step.record(f"deployment:{key}", key, "deployment:created", told)
    return step.save({"key": key, "deployed": deployed})


def bring_in(step, resources, facts, authors=None):
    """Make rows of what the gate let in -> (key of the deployment, what was deployed, what history says of it).

    `authors`: who drew what the actor publishes, as JSON text; None where it was not drawn here.
    """
    step.begin_writing()
    messages.lock_names(step.transaction, [("deployment", "")])
    key, last = step.key(), step.transaction.fetch(deploying.LAST_NUMBER)[0]["number"] or 0
    row = {"key": key, "deployed": step.now, "actor": step.actor.username, "number": last + 1, "authors": authors}
    step.batches.append((deploying.DEPLOYMENT, [row]))

    brought = {}
    for resource in _imported_first(resources, facts):
        brought[resource.name] = _resource(step, key, resource, facts[resource.name], brought)
    deployed = [one for resource in resources for one in brought[resource.name]]

    told = [_told(one) for one in deployed]
    return key, deployed, {"resources": [resource.name for resource in resources], "deployed": told}


def _told(one):
    told = {name: one[name] for name in ("kind", "id", "version", "resource_name", "new")}
    found = imports.entries(one.get("imports"))
    return {**told, "imports": {each["namespace"]: str(each["key"]) for each in found}} if found else told


def _imported_first(resources, facts):
    """In an order in which each comes after those that it imports; the gate has seen to it that there is one."""
    named = {resource.name: resource for resource in resources}
    meant = {name: [one["resource"] for one in facts[name].get("imports", ()) if "resource" in one] for name in named}
    return [named[name] for name in TopologicalSorter(meant).static_order()]


def _imports(facts, brought):
    """What a file imports, as its row says it, bound to the versions that the gate has read; None where it imports nothing."""
    found = []
    for one in facts.get("imports", ()):
        key = one["key"] if "key" in one else next(each["key"] for each in brought[one["resource"]] if each["kind"] == "requirements")
        found.append({"namespace": one["namespace"], "name": one["name"], "key": key})
    return orjson.dumps(found).decode() if found else None


def _resource(step, deployment, resource, facts, brought):
    digest = hashlib.sha256(resource.content).hexdigest()
    found = step.transaction.fetch(deploying.SAME_RESOURCE, name=resource.name, hash=digest)
    row = {"key": step.key(), "deployment_key": deployment, "name": resource.name, "hash": digest, "content": resource.content}
    deployed, unchanged = [], True
    for kind, prepared, told in _definitions(facts, _imports(facts, brought)):
        latest = step.transaction.fetch(prepared, id=told["id"])
        latest = latest[0] if latest else None
        if kind == "requirements" and latest is not None:
            unchanged = latest["imports"] == told["imports"]  # the same file means something new where what it imports has changed
        same = unchanged and latest is not None and any(latest["resource_key"] == one["key"] for one in found)
        version = latest["version"] if same else (latest["version"] if latest else 0) + 1
        made = {**told, "kind": kind, "version": version, "resource_name": resource.name, "new": not same}
        made["key"] = latest["key"] if same else step.key()
        deployed.append(made)
    if any(one["new"] for one in deployed):
        step.batches.append((deploying.RESOURCE, [row]))
        requirements = next((one["key"] for one in deployed if one["kind"] == "requirements"), None)
        for one in deployed:
            one["requirements_key"] = requirements
            if one["new"]:
                step.batches.append((deploying.INSERT[one["kind"]], [deploying.row(one, deployment, row["key"])]))
        _starts(step, resource, [one for one in deployed if one["new"] and one["kind"] == "process"])
    return deployed


def _definitions(facts, imported):
    """(kind, select of the latest version, {"id", "name", "version_tag"}) of everything in a file; a graph before its decisions."""
    if facts["kind"] == "bpmn":
        return [("process", definitions.PROCESS["latest"], one) for one in facts["processes"]]
    if facts["kind"] == "form":
        return [("form", definitions.FORM["latest"], {"id": facts["id"], "name": None, "version_tag": facts["version_tag"]})]
    graph = {"version_tag": None, **facts["requirements"], "namespace": facts["namespace"], "imports": imported}
    return [("requirements", definitions.LATEST_REQUIREMENTS, graph)] + [
        ("decision", definitions.LATEST_DECISION, one) for one in facts["decisions"]
    ]


def _starts(step, resource, processes):
    """Messages, signals, conditions and timers that start a process start its newest version from now on."""
    if not processes:
        return
    compiled = {one.id: one for one in workflow_definition.read(resource.content)}
    for process in processes:
        definition = {"definition_key": process["key"], "process_id": process["id"]}
        step.batches.append((messages.UNSUBSCRIBE, [{"process_id": process["id"]}]))
        step.batches.append((waits.STOP_TIMERS, [{"process_id": process["id"]}]))
        for start in compiled[process["id"]].starts:
            row = {**definition, "key": step.key(), "instance_key": None, "root_key": None, "subscription": None, "number": None}
            row["element_id"] = start.event_id
            if start.kind == "timer":
                due, book = _first_time(step, resource, start)
                step.batches.append((waits.START_TIMERS, [row | waits.start_timer_row(due, book)]))
            else:
                # A condition has no name, and is written in the definition: its text could be longer than an index holds.
                step.batches.append((messages.SUBSCRIBE, [row | {"kind": start.kind, "name": start.name or "", "correlation_key": ""}]))


def _first_time(step, resource, start):
    """(due, what its cycle remembers) of a start event. Only here is it known what its expression says at this moment."""
    try:
        return timers.first(start, step.local, step.calendar())
    except Failure as failure:
        remedy = "Enter a date or a cycle that has a next time."
        problem = Problem(start.event_id, "START_TIMER_WITHOUT_TIME", failure.sentence, remedy, resource=resource.name)
        raise Refused(f"Expected files that can be deployed, but at {start.event_id}: {failure.sentence}", problems=[problem]) from failure
