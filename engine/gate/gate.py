"""What may be deployed: every resource is read in the child process, and all problems of all of them are told at once."""

import logging
import time
from dataclasses import asdict, replace

from engine.domain.problem import Problem
from engine.gate import imports, known
from engine.gate.resource import Verdict
from engine.gate.sandbox import Dead, Sandbox

SECONDS = 10.0  # for one resource
TOGETHER = 60.0  # seconds for all resources of a deployment
MEMORY = 768 << 20  # bytes of address space of the child process
ANSWER = 4_000_000  # bytes of an answer
SIZE = 4_000_000  # bytes of a resource
ENDINGS = {".bpmn": "bpmn", ".dmn": "dmn", ".form": "form"}
DEATHS = {
    "time": "TOOK_TOO_LONG",
    "memory": "TOO_MUCH_MEMORY",
    "answer": "ANSWER_TOO_LARGE",
    "crash": "READER_ENDED",
}
SIMPLER = "Split the file; if it is small, report it to the developers."

log = logging.getLogger(__name__)


class Gate:
    """`readers`: {"bpmn" | "dmn" | "form": "package.module:callable"}, resolved in the child process.

    A reader takes the bytes of a file that the rules accept and raises ValueError for what it cannot compile; `element`, `line` and
    `problems` (a list of Problem) of the error are used where they are there. One gate serves all threads of a process.
    """

    def __init__(self, readers, seconds=SECONDS, together=TOGETHER, memory=MEMORY, answer=ANSWER):
        self._sandbox = Sandbox(readers, seconds, memory, answer)
        self._together = together

    def check(self, resources, references):
        """[Resource], References -> Verdict. Raises Busy where other deployments keep the gate occupied."""
        answers, facts = [], {}
        deadline = time.monotonic() + self._together
        for index, resource in enumerate(resources):
            refusal = _refusal(resource, resources[:index], deadline)
            answers.append(_refused(refusal) if refusal else self._read(resource))
            if answers[-1]["facts"] is not None:
                facts[resource.name] = answers[-1]["facts"]
        self._read_importing(resources, answers, facts, references, deadline)
        found = [
            Problem(**{**each, "resource": resource.name, "trace": tuple(each["trace"])})
            for resource, answer in zip(resources, answers, strict=True)
            for each in answer["problems"]
        ]
        if not resources:
            found.append(Problem("", "NOTHING_TO_DEPLOY", "Expected at least one file, but there is none.", "Choose a file."))
        together, twice = _together(facts)
        missing = [
            replace(problem, resource=resource.name)
            for resource, answer in zip(resources, answers, strict=True)
            for problem in known.missing(answer["asks"], references, together)
        ]
        order = {resource.name: index for index, resource in reversed(list(enumerate(resources)))}
        found = sorted(found + twice + missing, key=lambda problem: (order.get(problem.resource, 0), problem.line or 0))
        return Verdict(found, facts)

    def close(self):
        """End the child process; it starts again when it is needed."""
        self._sandbox.close()

    @property
    def pid(self):
        """The number of the child process, None while there is none."""
        return self._sandbox.pid

    def _read_importing(self, resources, answers, facts, references, deadline):
        """What a DMN file imports is known only when all files were read: those that import are read once more, with it."""
        found = imports.resolve(resources, facts, references)
        for index, resource in enumerate(resources):
            if answers[index]["facts"] is None or resource.name not in found:
                continue
            packed = imports.pack(found[resource.name])
            if packed is None:
                answers[index]["problems"].append(asdict(imports.too_much(resource.name)))
            elif time.monotonic() > deadline:
                answers[index] = _refused(_not_checked(resource.name))
            else:
                answers[index] = self._read(resource, packed)

    def _read(self, resource, imported=None):
        request = {"kind": _kind(resource.name), "name": resource.name, "content": resource.content, "imported": imported}
        try:
            answer = self._sandbox.ask(request)
        except Dead as dead:
            return _refused(Problem(resource.name, DEATHS[dead.reason], f"{dead.sentence}.", SIMPLER))
        if answer["trace"]:
            log.error("Reading %s failed:\n%s", resource.name, answer["trace"])
        return answer


def _refused(problem):
    """The answer about a resource that was not read."""
    return {"problems": [asdict(problem)], "facts": None, "asks": []}


def _not_checked(name):
    sentence = f"Expected the files before {name} to be checked in time, but they took too long, so this one was not checked."
    return Problem(name, "NOT_CHECKED", sentence, "Deploy fewer files at once.")


def _kind(name):
    return next((kind for ending, kind in ENDINGS.items() if name.lower().endswith(ending)), None)


def _refusal(resource, before, deadline):
    """The Problem of a resource that is not even read, or None."""
    name = resource.name
    if name in [other.name for other in before]:
        return Problem(name, "DUPLICATE_RESOURCE", f"Expected the name {name} once, but two files have it.", "Rename one of them.")
    if _kind(name) is None:
        sentence = f"Expected a name that ends in .bpmn, .dmn or .form, but found {name or 'no name'}."
        return Problem(name, "UNKNOWN_KIND", sentence, "Give the file the ending of its kind, or leave it out.")
    if len(resource.content) > SIZE:
        sentence = f"Expected at most {SIZE:,} bytes, but {name} has {len(resource.content):,}."
        return Problem(name, "RESOURCE_TOO_LARGE", sentence, "Split it into several files.")
    if time.monotonic() > deadline:
        return _not_checked(name)
    return None


def _together(facts):
    """({"form" | "decision" | "process": {id: version tags}}, [Problem]): what the files define, and what two of them do."""
    defined, twice = {"form": {}, "decision": {}, "process": {}}, []
    for name, each in facts.items():
        for kind, identifier, tag in _definitions(each):
            if identifier in defined[kind]:
                sentence = f"Expected one {kind} {identifier} in a deployment, but {name} defines it again."
                remedy = f"Give the {kind} an id of its own, or leave one file out."
                twice.append(Problem(name, f"DUPLICATE_{kind.upper()}", sentence, remedy, resource=name))
            defined[kind].setdefault(identifier, set()).add(tag)
    return defined, twice


def _definitions(facts):
    if facts["kind"] == "form":
        return [("form", facts["id"], facts["version_tag"])]
    kind, plural = ("process", "processes") if facts["kind"] == "bpmn" else ("decision", "decisions")
    return [(kind, each["id"], each["version_tag"]) for each in facts[plural]]
