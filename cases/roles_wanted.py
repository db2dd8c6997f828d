"""Which roles the deployed diagrams and tables want somebody to hold: a task that comes to a role of nobody waits for ever."""

import functools
import re

from lxml import etree

from engine.store import latest_files

#: A text in FEEL; the role of a queue stands before its unit.
_TEXT = re.compile(r'"([^"\\]*)"')
#: Outputs of tables by which a task finds its queue (acceptance_stages, disposition).
_COLUMNS = ("group", "approver")
#: zeebe has a userTask of its own.
_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_HARDENED = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)


def wanted(connection):
    """{role: [name of a process or table]} of the newest versions."""
    found, computed = {}, []
    for file in latest_files.processes(connection):
        for name, groups, told in _of_diagram(file.content):
            for group in groups:
                found.setdefault(_role(group), {})[name] = True
            computed += [(name, text) for text in told]
    for file in latest_files.decisions(connection):
        for name, role in _of_tables(file.content):
            found.setdefault(role, {})[name] = True
    # An expression compares with other texts too: a role is what stands before an @, or is one elsewhere.
    for name, text in computed:
        if "@" in text or text in found:
            found.setdefault(_role(text), {})[name] = True
    return {role: list(names) for role, names in sorted(found.items()) if role}


@functools.lru_cache(maxsize=100)
def _of_diagram(content):
    """[(process, fixed groups, texts of expressions)] of the user tasks of a diagram; one without groups stands in its lane."""
    found = []
    for process in etree.fromstring(content, _HARDENED).iterfind("{*}process"):
        name = "".join((process.get("name") or process.get("id")).split("\n"))
        lanes = {}
        for lane in process.iter(_BPMN + "lane"):
            # The inner lanes come after the outer ones.
            lanes |= {(node.text or "").strip(): lane.get("name") for node in lane.iterfind("{*}flowNodeRef")}
        for task in process.iter(_BPMN + "userTask"):
            declared = next((each.get("candidateGroups") for each in task.iter("{*}assignmentDefinition")), None) or ""
            if declared.startswith("="):
                found.append((name, (), tuple(_TEXT.findall(declared))))
            elif declared:
                found.append((name, tuple(group.strip() for group in declared.split(",")), ()))
            else:
                found.append((name, tuple(filter(None, [_lane(task, lanes)])), ()))
    return found


def _lane(task, lanes):
    around = [task, *task.iterancestors("{*}subProcess", "{*}adHocSubProcess", "{*}transaction")]
    return next((lanes[each.get("id")] for each in around if lanes.get(each.get("id"))), None)


@functools.lru_cache(maxsize=100)
def _of_tables(content):
    """[(table, role)] of a file of decisions."""
    found = []
    for decision in etree.fromstring(content, _HARDENED).iterfind("{*}decision"):
        for table in decision.iterfind("{*}decisionTable"):
            columns = [place for place, column in enumerate(table.iterfind("{*}output")) if column.get("name") in _COLUMNS]
            for rule in table.iterfind("{*}rule"):
                cells = [cell.findtext("{*}text") or "" for cell in rule.iterfind("{*}outputEntry")]
                found += [(decision.get("name") or decision.get("id"), _role(text)) for at in columns for text in _TEXT.findall(cells[at])]
    return found


def _role(group):
    return group.partition("@")[0].strip()
