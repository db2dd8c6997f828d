"""A form-js file as a tree of components and the places of their values; what is not applied here is refused by name, all of it at once."""

import re
from dataclasses import dataclass, field

from engine.domain.problem import Problem
from engine.gate import json
from forms import vocabulary

ROW = "*"  # stands in a path for "whichever row"
COMPONENTS = 2_000  # of one form
_KEY = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*\Z")
_RESERVED = {"__proto__", "constructor", "prototype", "Meta"}  # the first three are refused by form-js, the last by marshmallow


class NotSupported(ValueError):
    """The form cannot be served as it is. `problems`: [Problem], every reason with the component it is about."""

    def __init__(self, problems):
        super().__init__("\n".join(problem.sentence for problem in problems))
        self.problems = list(problems)


def not_supported(element, sentence):
    """One reason; `element` is a component's key, path or id, or the form's id."""
    return Problem(element, "FORM_NOT_SUPPORTED", sentence, "Change it in the form editor, and save the form.")


@dataclass(slots=True)
class Component:
    """One component. `path`: where its value stands, from the root of the data, with ROW for a row of a list; None where it has none."""

    type: str
    element: str  # its key, path or id
    called: str  # how a sentence for developers names it
    label: str  # how a sentence for people names it
    path: tuple | None
    raw: dict
    properties: dict
    components: list = field(default_factory=list)

    @property
    def kind(self):
        return vocabulary.TYPES[self.type].kind

    def walk(self):
        """The component itself and everything inside it."""
        yield self
        for inner in self.components:
            yield from inner.walk()


@dataclass(slots=True)
class Tree:
    """A form as it was read: `components` in document order."""

    id: str
    version_tag: str | None
    components: list

    def walk(self):
        for component in self.components:
            yield from component.walk()


def read(content, name="the form"):
    """The bytes of a form-js file -> Tree. Raises NotSupported, or engine.gate.xml.Malformed for what is no JSON (both ValueErrors)."""
    raw = json.read(content, name)
    if not isinstance(raw, dict) or raw.get("type") != "default":
        raise NotSupported([not_supported(name, f'Expected a form-js form (an object of the type "default"), but found {_said(raw)}')])
    reading = _Reading()
    reading.root(raw)
    components = reading.inside(raw.get("components"), (), "the form")
    if reading.problems:
        raise NotSupported(reading.problems)
    return Tree(raw["id"], raw.get("versionTag"), components)


def _said(value):
    return f"one of the type {value.get('type')!r}" if isinstance(value, dict) else type(value).__name__


class _Reading:
    """One pass over the file: collects sentences, ids and the places that are taken."""

    def __init__(self):
        self.problems, self.element, self.ids, self.taken, self.count = [], "", set(), {}, 0

    def refuse(self, expected, found):
        self.problems.append(not_supported(self.element, f"Expected {expected}, but {found}"))

    def root(self, raw):
        self.element = str(raw.get("id"))
        for name in sorted(raw.keys() - vocabulary.ROOT):
            self.refuse("only attributes of form-js 1.23", f"the form has {name}")
        if not isinstance(raw.get("id"), str) or not raw["id"].strip():
            self.refuse("the form to have an id", "it has none")
        version = raw.get("schemaVersion")
        if type(version) is not int or not 1 <= version <= vocabulary.SCHEMA_VERSION:
            self.refuse(f"a schemaVersion from 1 to {vocabulary.SCHEMA_VERSION} (form-js 1.23)", f"it is {version!r}")
        if not isinstance(raw.get("versionTag"), str | None):
            self.refuse("the version tag of the form to be a text", f"it is {raw['versionTag']!r}")

    def inside(self, raws, path, where):
        if not isinstance(raws, list):
            self.refuse(f"{where} to have a list of components", f"it has {type(raws).__name__}")
            return []
        found = [self.component(raw, path, where) for raw in raws]
        return [component for component in found if component is not None]

    def component(self, raw, path, where):
        self.count += 1
        if self.count == COMPONENTS + 1:
            self.refuse(f"at most {COMPONENTS} components in a form", "there are more")
        if not isinstance(raw, dict) or self.count > COMPONENTS:
            if self.count <= COMPONENTS:
                self.refuse(f"components of {where} to be objects", f"found {type(raw).__name__}")
            return None
        type_name = raw.get("type")
        called = self.element = str(raw.get("key") or raw.get("path") or raw.get("id") or f"number {self.count}")
        if not isinstance(type_name, str) or type_name not in vocabulary.TYPES:
            why = vocabulary.REFUSED.get(type_name) if isinstance(type_name, str) else None
            self.refuse("a component type that this engine serves", f"{called} is of the type {type_name!r}{f': {why}' if why else ''}")
            return None
        element, called = called, f"the {type_name} {called}"
        self.attributes(raw, called, vocabulary.TYPES[type_name])
        self.identity(raw, called)
        properties = self.properties(raw, called)
        component = Component(type_name, element, called, _label(raw), self.place(raw, path, called), raw, properties)
        if component.kind == "container":
            inner = path if component.path is None else component.path
            inner = (*inner, ROW) if type_name == "dynamiclist" else inner
            component.components = self.inside(raw.get("components"), inner, called)
        return component

    def attributes(self, raw, called, entry):
        for name in sorted(raw.keys() - entry.attributes):
            self.refuse(f"only attributes that {called} can have", f"it has {name}")
        validate = raw.get("validate", {})
        if not isinstance(validate, dict):
            self.refuse(f"validate of {called} to be an object", f"it is {type(validate).__name__}")
            raw["validate"] = {}
            return
        for name in sorted(validate.keys() - entry.validate):
            self.refuse(f"only validation that {called} can have", f"it has {name}")
        conditional = raw.get("conditional") or {}
        if not isinstance(conditional, dict) or conditional.keys() - {"hide"}:
            found = ", ".join(sorted(conditional)) if isinstance(conditional, dict) else type(conditional).__name__
            self.refuse(f"only hide as a condition of {called}", f"found {found}")

    def identity(self, raw, called):
        identifier = raw.get("id")
        if identifier is None:
            return
        if not isinstance(identifier, str):
            self.refuse(f"the id of {called} to be a text", f"it is {identifier!r}")
        elif identifier in self.ids:
            self.refuse(f"the id {identifier} once", f"{called} has it again")
        else:
            self.ids.add(identifier)

    def properties(self, raw, called):
        properties = raw.get("properties") or {}
        if not isinstance(properties, dict):
            self.refuse(f"the properties of {called} to be names with values", f"found {type(properties).__name__}")
            return {}
        for name, value in properties.items():
            if name not in vocabulary.PROPERTIES:
                known = ", ".join(sorted(vocabulary.PROPERTIES))
                self.refuse(f"properties that mean something ({known})", f"{called} has {name}")
            elif not isinstance(value, str):
                self.refuse(f"the property {name} of {called} to be a text", f"it is {value!r}")
        return {name: value for name, value in properties.items() if isinstance(value, str)}

    def place(self, raw, path, called):
        """The absolute path of a component's value, claimed so that nobody else can have it; None for what has no value."""
        entry = vocabulary.TYPES[raw["type"]]
        if entry.kind == "presentation":
            return None
        key = raw.get("key") if entry.kind == "input" else raw.get("path")
        if raw["type"] == "group" and not key:
            return None
        if not isinstance(key, str) or not _KEY.match(key) or _RESERVED & set(key.split(".")):
            word = "key" if entry.kind == "input" else "path"
            self.refuse(f"the {word} of {called} to be letters, digits and _, with dots between names", f"it is {key!r}")
            return None
        whole = (*path, *key.split("."))
        self.claim(whole, entry.kind == "input", raw["type"] == "dynamiclist", called)
        return whole

    def claim(self, path, closed, repeats, called):
        """Two components may share a container, never a value, and nobody reaches into a list from outside of it."""
        shown = ".".join(path)
        for length in range(1, len(path)):
            other = self.taken.get(path[:length])
            if other in ("value", "list") and path[length] != ROW:
                self.refuse(f"one component at {'.'.join(path[:length])}", f"{called} reaches into it")
                return
        other = self.taken.get(path)
        if other in ("value", "list") or (other and (closed or repeats)):
            self.refuse(f"one component for {shown}", f"{called} is another one")
            return
        for length in range(1, len(path)):
            self.taken.setdefault(path[:length], "container")
        self.taken[path] = "value" if closed else "list" if repeats else "container"


def _label(raw):
    """The label as people read it; the key where a template or FEEL makes it, which only the browser knows."""
    label = raw.get("label") or raw.get("dateLabel") or raw.get("timeLabel")
    if isinstance(label, str) and label.strip() and "{{" not in label and not label.startswith("="):
        return label.strip()
    return str(raw.get("key") or raw.get("path") or raw.get("id") or raw.get("type"))
