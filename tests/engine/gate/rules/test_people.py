"""People: queues, lanes, and the properties that separate and count officers."""

import pytest

from tests.engine.gate.drawn import END, START, around, element, file, found, job, line, person, properties

BARE = "userTask"


def lanes(*names_and_nodes):
    """A lane set: ("name", "id id")."""
    inside = ""
    for number, (name, nodes) in enumerate(names_and_nodes):
        named = f' name="{name}"' if name else ""
        inside += f'<lane id="lane{number}"{named}>' + "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes.split()) + "</lane>"
    return f'<laneSet id="lanes">{inside}</laneSet>'


NESTED = (
    '<laneSet id="lanes"><lane id="outer" name="镇"><flowNodeRef>a</flowNodeRef><childLaneSet id="inside"><lane id="inner" name="复查人">'
    "<flowNodeRef>a</flowNodeRef></lane></childLaneSet></lane></laneSet>"
)
INNER = START.replace('"s"', '"s2"') + person("u", BARE) + END.replace('"e"', '"e2"') + line("s2", "u", "e2")

QUEUES = {
    "candidate groups": (around(person()), []),
    "candidate users": (around(person(extensions='<zeebe:userTask/><zeebe:assignmentDefinition candidateUsers="li"/>')), []),
    "an assignee": (around(person(extensions='<zeebe:userTask/><zeebe:assignmentDefinition assignee="=boss"/>')), []),
    "a lane": (lanes(("复查人", "s a e")) + around(person(extensions=BARE)), []),
    "a lane in a lane": (NESTED + around(person(extensions=BARE)), []),
    "the lane of the sub-process": (lanes(("复查人", "z")) + around(element("subProcess", "z", inside=INNER), "z"), []),
    "nothing": (around(person(extensions=BARE)), [("USER_TASK_WITHOUT_QUEUE", "a")]),
    "an empty assignment": (
        around(person(extensions='<zeebe:userTask/><zeebe:assignmentDefinition candidateGroups=" "/>')),
        [("USER_TASK_WITHOUT_QUEUE", "a")],
    ),
    "a lane without name": (lanes(("", "a")) + around(person(extensions=BARE)), [("USER_TASK_WITHOUT_QUEUE", "a")]),
    "another lane": (lanes(("复查人", "s")) + around(person(extensions=BARE)), [("USER_TASK_WITHOUT_QUEUE", "a")]),
    "a sub-process without lane": (around(element("subProcess", "z", inside=INNER), "z"), [("USER_TASK_WITHOUT_QUEUE", "u")]),
    "two lanes": (lanes(("整改人", "a"), ("复查人", "a")) + around(person(extensions=BARE)), [("IN_TWO_LANES", "a")]),
}


@pytest.mark.parametrize("body, expected", QUEUES.values(), ids=QUEUES)
def test_a_user_task_has_a_queue(body, expected):
    assert found(file(body)) == expected


def test_a_task_with_the_id_of_its_sub_process_is_refused_and_not_looked_for_without_end():
    body = around(element("subProcess", "z", inside=INNER.replace('"u"', '"z"').replace("s2_u", "f").replace("u_e2", "g")), "z")

    assert ("DUPLICATE_ID", "z") in found(file(body))


def with_property(*pairs, tag=person):
    ways = '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=x"/>' if tag is person else '<zeebe:taskDefinition type="t"/>'
    task = person("a", ways + properties(*pairs)) if tag is person else element("serviceTask", "a", ways + properties(*pairs))
    inner = START.replace('"s"', '"s2"') + person("deep") + END.replace('"e"', '"e2"') + line("s2", "deep", "e2")
    return around(task + person("first") + job("machine") + element("subProcess", "z", inside=inner), "a", "first", "machine", "z")


PROPERTIES = {
    "a tool's own": ([("camundaModeler:exampleOutputJson", "{}")], []),
    "another task": ([("bihuan:separateFrom", "first")], []),
    "several, one deep inside": ([("bihuan:separateFrom", "first, deep/unit")], []),
    "a task that is not there": ([("bihuan:separateFrom", "first, second")], ["BAD_SEPARATE_FROM"]),
    "a task that nobody does": ([("bihuan:separateFrom", "machine")], ["BAD_SEPARATE_FROM"]),
    "the task itself": ([("bihuan:separateFrom", "a")], ["BAD_SEPARATE_FROM"]),
    "nobody": ([("bihuan:separateFrom", "")], ["BAD_SEPARATE_FROM"]),
    "something else than the unit": ([("bihuan:separateFrom", "first/team")], ["BAD_SEPARATE_FROM"]),
    "a task of the case's own process elsewhere": ([("bihuan:separateFrom", "p#first, p#deep/unit")], []),
    "a process without its task": ([("bihuan:separateFrom", "elsewhere#")], ["BAD_SEPARATE_FROM"]),
    "a task of no process": ([("bihuan:separateFrom", "#first")], ["BAD_SEPARATE_FROM"]),
    "two officers": ([("bihuan:officers", "2")], []),
    "no officer": ([("bihuan:officers", "0")], ["BAD_OFFICERS"]),
    "ten officers": ([("bihuan:officers", "10")], ["BAD_OFFICERS"]),
    "some officers": ([("bihuan:officers", "two")], ["BAD_OFFICERS"]),
    "a certificate": ([("bihuan:certificate", "行政执法证")], []),
    "no certificate": ([("bihuan:certificate", " ")], ["VALUE_MISSING"]),
    "a legal basis": ([("bihuan:legalBasis", "行政处罚法 42")], []),
    "an empty legal basis": ([("bihuan:legalBasis", "")], ["VALUE_MISSING"]),
    "a property that does not exist": ([("bihuan:separatefrom", "first")], ["UNKNOWN_PROPERTY"]),
    "a property twice": ([("bihuan:officers", "2"), ("bihuan:officers", "3")], ["PROPERTY_TWICE", "PROPERTY_TWICE"]),
}


@pytest.mark.parametrize("pairs, expected", PROPERTIES.values(), ids=PROPERTIES)
def test_a_property_says_something_that_can_be_enforced(pairs, expected):
    assert found(file(with_property(*pairs))) == [(code, "a") for code in expected]


def test_a_task_that_several_do_may_be_kept_apart_from_itself():
    ways = '<zeebe:userTask/><zeebe:assignmentDefinition assignee="=x"/>' + properties(("bihuan:separateFrom", "a"))
    several = "<multiInstanceLoopCharacteristics><extensionElements>"
    several += '<zeebe:loopCharacteristics inputCollection="=[1, 2]"/></extensionElements></multiInstanceLoopCharacteristics>'

    assert found(file(around(person("a", ways, several)))) == []


@pytest.mark.parametrize("holder", ["participant", "lane", "sequenceFlow"])
def test_a_property_that_does_not_exist_is_found_wherever_it_stands(holder):
    carried = f"<extensionElements>{properties(('bihuan:officer', '2'))}</extensionElements>"
    pool = f'<collaboration id="c"><participant id="x" processRef="p">{carried}</participant></collaboration>'
    lane = f'<laneSet id="l"><lane id="x" name="r">{carried}</lane></laneSet>'
    flow = around(job()).replace(
        '<sequenceFlow id="s_a" sourceRef="s" targetRef="a">', f'<sequenceFlow id="x" sourceRef="s" targetRef="a">{carried}'
    )
    body, top = {"participant": (around(job()), pool), "lane": (lane + around(job()), ""), "sequenceFlow": (flow, "")}[holder]

    assert found(file(body, top=top)) == [("UNKNOWN_PROPERTY", "x")]


@pytest.mark.parametrize("pair", [("bihuan:officers", "2"), ("bihuan:certificate", "证"), ("bihuan:separateFrom", "first")])
def test_separation_officers_and_certificates_stand_where_somebody_is_asked(pair):
    assert found(file(with_property(pair, tag=job))) == [("PROPERTY_MISPLACED", "a")]
