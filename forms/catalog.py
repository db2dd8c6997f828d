"""Which form belongs to which task of which diagram, and what has lost its other half."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.gate import json, xml

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


@dataclass(slots=True, frozen=True)
class Task:
    """A user task, or a start event with a form. `form`: the file, None where there is none of that id."""

    diagram: Path
    process_id: str
    element_id: str
    name: str
    form_id: str
    form: Path | None


@dataclass(slots=True)
class Catalog:
    """`tasks` in the order of the diagrams; `faults`: sentences about orphans, both ways."""

    tasks: list = field(default_factory=list)
    faults: list = field(default_factory=list)

    def forms_of(self, process_id):
        """{element id: form id} of one process."""
        return {task.element_id: task.form_id for task in self.tasks if task.process_id == process_id}


def read(diagrams, forms):
    """The catalog of two folders: `diagrams`/<process>/*.bpmn and `forms`/<process>/<form id>.form.

    Raises engine.gate.xml.Malformed for a file that cannot be read.
    """
    catalog, by_id = Catalog(), _forms(forms)
    for path in sorted(diagrams.glob("*/*.bpmn")):
        catalog.tasks += _tasks(path, by_id)
    catalog.faults = [*_misnamed(by_id), *_orphans(catalog.tasks, by_id)]
    return catalog


def _forms(folder):
    """{form id: [paths]}"""
    found = {}
    for path in sorted(folder.glob("*/*.form")):
        found.setdefault(json.read(path.read_bytes(), path.name).get("id"), []).append(path)
    return found


def _tasks(path, by_id):
    root = xml.read(path.read_bytes(), path.name)
    for process in root.iter(f"{BPMN}process"):
        for element in process.iter(f"{BPMN}userTask", f"{BPMN}startEvent"):
            declared = element.find(f"{BPMN}extensionElements/{ZEEBE}formDefinition")
            form_id = declared.get("formId") if declared is not None else None
            if form_id:
                form = by_id.get(form_id, [None])[0]
                yield Task(path, process.get("id"), element.get("id"), " ".join((element.get("name") or "").split()), form_id, form)


def _misnamed(by_id):
    for form_id, paths in by_id.items():
        for path in paths:
            if path.stem != form_id:
                yield f"Expected {path.name} to be named like its id, but the id is {form_id}"
        if len(paths) > 1:
            yield f"Expected the form id {form_id} once, but it stands in {', '.join(str(path.parent.name) for path in paths)}"


def _orphans(tasks, by_id):
    for task in tasks:
        if task.form is None:
            yield f"Expected a form {task.form_id} for {task.element_id} of {task.diagram.name}, but there is none"
    used = {task.form_id for task in tasks}
    for form_id, paths in by_id.items():
        if form_id not in used:
            yield f"Expected a task that uses {paths[0].name}, but no diagram names the form {form_id}"
