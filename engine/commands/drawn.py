"""What somebody drew, before it is kept or published: read by the gate, and held against the draft that is there."""

import json
import re
from dataclasses import dataclass, replace

from engine.commands.deploy import references
from engine.domain.errors import Conflict, Invalid, NotFound, Refused
from engine.domain.people import DESIGNER
from engine.domain.problem import Problem
from engine.gate.resource import Resource
from engine.store import designs, messages

#: What an id of a new design may be: it becomes part of a file's name and of an address.
ID = re.compile(r"[^\W\d][\w.-]{0,99}")
#: kind of a design -> the name of a new one's file, as the bundled ones are named
NAMED = {"process": "bpmn/{0}/{0}.bpmn", "decision": "bpmn/{0}/{0}.dmn", "form": "forms/{0}.form"}
#: kind -> what people call it
CALLED = {"process": "流程", "decision": "决策", "form": "表单"}
_HEADING = re.compile(r"^#+\s*(.+)$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\s*\{\{.*?\}\}")


@dataclass(frozen=True)
class Drawn:
    """The content of a design as the gate read it. `problems`: all that keep it from being published, and warnings."""

    resource: Resource
    facts: dict
    problems: list
    name: str | None

    @property
    def errors(self):
        """The problems that keep it from being published."""
        return [one for one in self.problems if one.severity == "error"]

    def row(self):
        """What a draft's row takes of it."""
        content = self.resource.content.decode()
        return {"resource": self.resource.name, "name": self.name, "content": content, "errors": len(self.errors)}


def read(engine, actor, kind, id, content):
    """The Drawn of a design's text, by the gate in its child process. Raises Refused where it cannot be read, Invalid for another's."""
    if kind not in designs.KINDS:
        raise NotFound(f"Expected a kind of design among {', '.join(designs.KINDS)}, but found {kind!r:.60}")
    with engine.store.transaction() as transaction:
        draft = transaction.fetch(designs.FIND, kind=kind, id=id)
        live = transaction.fetch(designs.LIVE[kind], id=id)
    if not draft and not live and not ID.fullmatch(id):
        raise Invalid(
            f"Expected the id of a new design to be a letter and then letters, digits, - _ or . , but found {id!r:.120}",
            problems={"id": ["标识须以字母或汉字开头，只含文字、数字、“-”“_”“.”，不超过 100 字。"]},
        )
    name = (live or draft)[0]["resource"] if live or draft else NAMED[kind].format(id)
    resource = Resource(name, content.encode())
    # Whoever may draw does so as a designer, administrators too: what handlers demand of those who deploy, the two of them answer for.
    known = replace(references(engine, actor), roles=actor.groups | {DESIGNER})
    verdict = engine.gate.check([resource], known)
    facts = verdict.facts.get(name)
    if facts is None:
        raise Refused(f"Expected content that can be read, but {verdict.problems[0].sentence}", problems=verdict.problems)
    expect_own_id(kind, id, facts)
    with engine.store.transaction() as transaction:
        taken = list(taken_from_others(transaction, kind, id, name, facts))
    return Drawn(resource, facts, verdict.problems + taken, called(kind, id, facts, content))


def expect_own_id(kind, id, facts):
    """Raises Invalid where the content is another design's."""
    found = {
        "bpmn": lambda: [one["id"] for one in facts["processes"]],
        "dmn": lambda: [facts["requirements"]["id"]],
        "form": lambda: [facts["id"]],
    }[facts["kind"]]()
    if id not in found:
        inside = "、".join(map(str, filter(None, found))) or "没有标识"
        raise Invalid(
            f"Expected the content to be {kind} {id}, but its id is {', '.join(map(str, found)) or 'missing'}",
            problems={"content": [f"文件里的标识是“{inside}”，不是“{id}”。标识不能改；要另起一份，请新建。"]},
        )


def taken_from_others(transaction, kind, id, name, facts):
    """Problem of each decision, or further process, in the content that is live as part of another file: it would be in two."""
    if kind == "decision":
        for one in facts["decisions"]:
            found = transaction.fetch(designs.REQUIREMENTS_OF, id=one["id"])
            if found and found[0]["requirements_id"] != id:
                yield _taken(name, one["id"], f"decision {one['id']} of {found[0]['requirements_id']}")
    elif kind == "process":
        for one in facts["processes"]:
            found = one["id"] != id and transaction.fetch(designs.LIVE["process"], id=one["id"])
            if found and found[0]["resource"] != name:
                yield _taken(name, one["id"], f"process {one['id']} of {found[0]['resource']}")


def _taken(name, element, whose):
    sentence = f"Expected ids of its own, but {name} holds {whose} too."
    return Problem(element, "ID_OF_ANOTHER_DESIGN", sentence, "Give it an id of its own.", resource=name)


def called(kind, id, facts, content):
    """The name that people read; None where there is none."""
    if kind == "process":
        return next((one["name"] for one in facts["processes"] if one["id"] == id), None)
    return facts["requirements"]["name"] if kind == "decision" else heading(content)


def heading(text):
    """The first heading of a form's text: what stands over it in the inbox. `text` is of a form that the gate has read."""
    todo = json.loads(text).get("components", [])[::-1]
    while todo:
        one = todo.pop()
        if not isinstance(one, dict):
            continue
        found = _HEADING.search(one["text"]) if one.get("type") == "text" and isinstance(one.get("text"), str) else None
        if found:
            return _PLACEHOLDER.sub("", found[1]).strip() or None
        if isinstance(one.get("components"), list):
            todo += one["components"][::-1]
    return None


def lock(step, kind, id):
    """Nobody else changes this design's draft any more."""
    step.begin_writing()
    messages.lock_names(step.transaction, [design_lock(kind, id)])


def design_lock(kind, id):
    """The name of that lock."""
    return "design", f"{kind} {id}"


def expect_etag(step, kind, id, etag):
    """The draft's row, or None before the first one (`etag` None). Raises Conflict, naming who saved when, where it is another one."""
    found = step.transaction.fetch(designs.FIND, kind=kind, id=id)
    row = found[0] if found else None
    if (row["etag"] if row else None) != etag:
        raise conflict(kind, id, etag, row)
    return row


def conflict(kind, id, etag, row):
    """The Conflict of somebody who goes on from a draft that is not the one that is there; `details["draft"]`: the one that is, or None."""
    if row is None:
        sentence = f"Expected draft {etag} of {kind} {id}, but there is none any more: it was published or discarded"
        return Conflict(sentence, draft=None)
    expected = f"draft {etag}" if etag is not None else "no draft"
    sentence = f"Expected {expected} of {kind} {id}, but {row['author']} saved another one at {row['saved'].isoformat()}"
    return Conflict(sentence, draft={name: row[name] for name in ("etag", "author", "saved")})
