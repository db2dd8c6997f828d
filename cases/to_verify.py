"""待核实: figures and articles of the law that whoever wrote a table or a diagram has not been able to check, and says so.

They are read where they are said: in the newest deployed tables and diagrams, and in the README.md of each process's folder.
"""

import re
from dataclasses import dataclass

from lxml import etree

MARK = "待核实"
#: An output of a table that says so of its row.
FLAG = "verify"
_SENTENCE = re.compile(r"[；。\n]+")
_HARDENED = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`file` it stands in; `where`: the table or heading in words, `row` of a table or None; `said`: what is in doubt.

    `values`: of a row of a table, [(column, text)] of what it says now.
    """

    file: str
    where: str
    row: int | None
    said: str
    values: tuple = ()


def of_readmes(folder):
    """[Doubt] of the section 待核实 of every README.md one below a folder (Path), a sentence each."""
    found = []
    for path in sorted(folder.glob("*/README.md")):
        text = path.read_text()
        title = re.search(r"^# (.+)$", text, re.M)
        section = re.search(rf"^## {MARK}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
        file = f"{folder.name}/{path.parent.name}/{path.name}"
        for sentence in _SENTENCE.split(section[1] if section else ""):
            if sentence.strip("- \n"):
                found.append(Doubt(file, title[1] if title else path.parent.name, None, sentence.strip("- \n")))
    return found


def of_tables(file, content):
    """[Doubt] of a DMN file (bytes): rows whose note says 待核实 or whose output `verify` is true, and what tables say of themselves."""
    found = []
    for decision in etree.fromstring(content, _HARDENED).iterfind("{*}decision"):
        name = decision.get("name") or decision.get("id")
        note = decision.findtext("{*}description") or ""
        found += [Doubt(file, name, None, sentence.strip()) for sentence in _SENTENCE.split(note) if MARK in sentence]
        for table in decision.iterfind("{*}decisionTable"):
            found += _rows(file, name, table)
    return found


def _rows(file, name, table):
    inputs = [_label(each, each.findtext("{*}inputExpression/{*}text")) for each in table.iterfind("{*}input")]
    outputs = list(table.iterfind("{*}output"))
    flag = next((place for place, each in enumerate(outputs) if each.get("name") == FLAG), None)
    for number, rule in enumerate(table.iterfind("{*}rule"), 1):
        note = rule.findtext("{*}description") or ""
        given = [_text(each) for each in rule.iterfind("{*}inputEntry")]
        told = [_text(each) for each in rule.iterfind("{*}outputEntry")]
        flagged = flag is not None and flag < len(told) and told[flag] == "true"
        if MARK in note or flagged:
            named = [(label, text) for label, text in zip(inputs, given, strict=False) if text not in ("", "-")]
            named += [
                (_label(each, each.get("name")), text)
                for place, (each, text) in enumerate(zip(outputs, told, strict=False))
                if place != flag
            ]
            yield Doubt(file, name, number, note or MARK, tuple((label, text) for label, text in named if text not in ("", "null")))


def _label(column, otherwise):
    return column.get("label") or otherwise or ""


def _text(entry):
    return (entry.findtext("{*}text") or "").strip()


def of_diagram(file, content):
    """[Doubt] of a BPMN file (bytes): sentences of its elements' documentation that say so."""
    found = []
    for note in etree.fromstring(content, _HARDENED).iter("{*}documentation"):
        element = note.getparent()
        name = "".join((element.get("name") or element.get("id") or "").split("\n"))
        found += [Doubt(file, name, None, sentence.strip()) for sentence in _SENTENCE.split(note.text or "") if MARK in sentence]
    return found
