"""docs/bpmn.md holds every element, attribute and extension that the gate knows, and names tests and diagrams that exist."""

import re
from pathlib import Path

import pytest

from engine.gate import elements, extensions, refused, whitelist
from engine.gate.bpmn import read
from tests.engine.gate.drawn import around, file, job, problems

ENGINE = Path(__file__).parents[1]
TABLE = (ENGINE.parents[1] / "docs" / "bpmn.md").read_text()
DIAGRAMS = sorted(Path(__file__).parent.rglob("*.bpmn"))
TEST = re.compile(r"(?P<file>[\w/]+\.py)(::(?P<name>\w+))?")
GROUPS = {  # what one row says of several elements
    "every": set(whitelist.BPMN),
    "activity": elements.ACTIVITIES,
    "event": elements.EVENTS,
    "gateway": elements.GATEWAYS,
    "expression": {name for name, row in whitelist.BPMN.items() if "language" in row.attributes},
}


def rows():
    """(the section, the names in the first cell, the other cells) of every row."""
    for section in TABLE.split("\n## ")[1:]:
        title, *lines = section.splitlines()
        for line in lines:
            if line.startswith("| `"):
                first, *others = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
                yield title, re.findall("`([^`]+)`", first), others


ROWS = list(rows())
SUPPORTED = [row for row in ROWS if row[0] != "Refused"]


def names_of(entries):
    """Every element of a table of the gate, and its attributes after a dot."""
    return {name for element, entry in entries.items() for name in (element, *(f"{element}.{each}" for each in entry.attributes))}


def expected():
    """All names that have to stand in the table, in any section but the last."""
    dialect = {f"zeebe:{name}" for name in names_of(extensions.ZEEBE)}
    return names_of(whitelist.BPMN) | dialect | set(extensions.PROPERTIES)


def meant(name):
    """The names that a name in the table stands for: `activity.default` for that of each activity that has one."""
    group, _, attribute = name.partition(".")
    if group not in GROUPS:
        return {name}
    return {f"{each}.{attribute}" for each in GROUPS[group] if attribute in whitelist.BPMN[each].attributes} or {name}


def test_everything_that_the_gate_knows_is_in_the_table():
    told = {each for _, names, _ in SUPPORTED for name in names for each in meant(name)}

    assert sorted(expected() - told) == []
    assert sorted(told - expected()) == []


def test_everything_that_is_refused_is_in_its_last_section_with_what_to_use_instead():
    told = {name: others[0] for title, names, others in ROWS if title == "Refused" for name in names}
    advice = {
        **refused.ELEMENTS,
        **{f"@{name}": both for name, both in refused.ATTRIBUTES.items()},
        **{f"zeebe:{name}": both for name, both in refused.ZEEBE.items()},
        **{f"camunda:{name}": ("is of Camunda 7", remedy) for name, remedy in refused.CAMUNDA_7.items()},
        **{namespace: (engine, "") for namespace, engine in refused.ENGINES.items() if engine != "Camunda 7"},
    }

    assert set(told) == set(advice)
    for name, (what, remedy) in advice.items():
        assert what in told[name] and remedy in told[name], name


def test_each_of_them_is_refused_with_what_to_use_instead():
    # given a chain of tasks, each with one of them
    advice = [
        *((job(f"a{place}", inside=f"<{name}/>"), remedy) for place, (name, (_, remedy)) in enumerate(refused.ELEMENTS.items())),
        *((job(f"b{place}", **{name: "x"}), remedy) for place, (name, (_, remedy)) in enumerate(refused.ATTRIBUTES.items())),
        *((job(f"c{place}", **{f"camunda:{name}": "x"}), remedy) for place, (name, remedy) in enumerate(refused.CAMUNDA_7.items())),
    ]
    expected_ = {re.search('id="(\\w+)"', drawn)[1]: remedy for drawn, remedy in advice}
    body = around("".join(drawn for drawn, _ in advice), *expected_)

    # then each is found, and nothing else
    found_ = problems(file(body, more=' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'))
    assert {problem.element: problem.remedy for problem in found_} == expected_
    assert len(found_) == len(advice)


def found(reference):
    """The file that a reference names, from tests/engine/bpmn or tests/engine."""
    return next((place for place in (ENGINE / "bpmn" / reference, ENGINE / reference, ENGINE.parent / reference) if place.is_file()), None)


@pytest.mark.parametrize("title, names, others", SUPPORTED, ids=[", ".join(names)[:60] for _, names, _ in SUPPORTED])
def test_a_row_says_what_happens_and_names_tests_that_exist(title, names, others):
    does, shown = others
    tests = list(TEST.finditer(shown))

    assert does and tests, f"{title}: {', '.join(names)}"
    for test in tests:
        file = found(test["file"])
        assert file is not None, test["file"]
        assert test["name"] is None or f"def {test['name']}(" in file.read_text(), test[0]
    for diagram in re.findall(r"[\w/]+\.bpmn", shown):
        assert found(diagram) is not None, diagram


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=[path.stem for path in DIAGRAMS])
def test_a_diagram_beside_a_test_is_drawn_and_the_gate_has_nothing_to_say(diagram):
    assert [(problem.code, problem.element) for problem in read(diagram.read_bytes(), diagram.name)[0]] == []


def test_every_diagram_is_played_by_a_test_beside_it():
    for folder in {diagram.parent for diagram in DIAGRAMS}:
        played = set(re.findall(r"""["/](\w+)["._]""", "".join(path.read_text() for path in folder.glob("*.py"))))
        assert sorted(diagram.stem for diagram in folder.glob("*.bpmn") if diagram.stem not in played) == []
