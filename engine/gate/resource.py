"""What is handed to the gate and what it answers: resources, the names that are known outside, a verdict."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, frozen=True)
class Resource:
    """A file as somebody brought it. `name` ends in .bpmn, .dmn or .form; `content` is its bytes, unread."""

    name: str
    content: bytes


@dataclass(slots=True, frozen=True)
class References:
    """The names that are known outside of the files that are checked.

    `forms`, `decisions`, `processes`: {id: the version tags that exist of it}.
    `job_types`: {a type that starts with "local:": the roles that may deploy diagrams which use it}.
    `certificates`: the kinds that a diagram may ask for.
    `roles`: what the person who deploys holds; None is the system itself, which may deploy everything.
    `imported`(namespace) -> {key: engine.domain.imported.Imported}, the deployed DMN files that have it.
    `groups`: the groups that somebody holds, as "role" or "role@unit"; None where that is not known, and then nobody is warned.
    """

    forms: Mapping = field(default_factory=dict)
    decisions: Mapping = field(default_factory=dict)
    processes: Mapping = field(default_factory=dict)
    job_types: Mapping = field(default_factory=dict)
    certificates: frozenset = frozenset()
    roles: frozenset | None = frozenset()
    groups: frozenset | None = None
    imported: object = lambda namespace: {}


@dataclass(slots=True)
class Verdict:
    """All problems of all resources, file by file in the order of their lines, and what the deployer has to know of each resource.

    `facts`: {name of the resource: plain data}: "kind" and, for bpmn, "processes": [{"id", "name", "version_tag", "start_form_id"}]; for
    dmn, "decisions": [{"id", "name", "version_tag"}], "requirements": {"id", "name"}, "namespace", and "imports": [{"namespace", "name",
    "resource" of the same deployment or "key" of deployed requirements}]; for form, "id" and "version_tag". A resource that could not be
    read has no facts.
    """

    problems: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)

    @property
    def accepted(self):
        """True if there is no error; warnings do not block."""
        return not any(problem.severity == "error" for problem in self.problems)
