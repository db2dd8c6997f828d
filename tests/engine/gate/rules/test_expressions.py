"""Values and expressions: every kind of value, right and wrong, and where a fault in FEEL is shown."""

import pytest

from engine.gate import extensions, whitelist
from tests.engine.gate.drawn import END, START, around, element, event, file, flows, found, job, line, person, problems


def condition(text):
    return START + element("exclusiveGateway", "g", default="g_e") + job() + END + flows("s g", f"g a {text}", "g e", "a e")


def mapped(source="=a", target="b"):
    return around(
        element(
            "serviceTask",
            "x",
            f'<zeebe:taskDefinition type="t"/><zeebe:ioMapping><zeebe:input source="{source}" target="{target}"/></zeebe:ioMapping>',
        ),
        "x",
    )


def assigned(**attributes):
    given = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return around(person("x", f"<zeebe:userTask/><zeebe:assignmentDefinition {given}/>"), "x")


def scheduled(text):
    return around(person("x", f'<zeebe:userTask/><zeebe:assignmentDefinition assignee="a"/><zeebe:taskSchedule dueDate="{text}"/>'), "x")


def ranked(text):
    return around(
        person("x", f'<zeebe:userTask/><zeebe:assignmentDefinition assignee="a"/><zeebe:priorityDefinition priority="{text}"/>'), "x"
    )


def retried(text):
    return around(element("serviceTask", "x", f'taskDefinition type="t" retries="{text}"'), "x")


VALUES = {
    "a condition": (condition("=amount > 5"), []),
    "a condition without =": (condition("amount > 5"), ["NOT_AN_EXPRESSION"]),
    "an empty condition": (condition(" "), ["NOT_AN_EXPRESSION"]),
    "a condition of Camunda 7": (condition("${amount > 5}"), ["JUEL_EXPRESSION"]),
    "a condition that is no FEEL": (condition("=amount >"), ["FEEL_SYNTAX"]),
    "a condition with a name in Chinese": (condition('=风险等级 = "重大"'), []),
    "a fixed source": (mapped("text with ${ in it"), []),
    "a source of Camunda 7": (mapped("${a}"), ["JUEL_EXPRESSION"]),
    "a source that is no FEEL": (mapped("=(a"), ["FEEL_SYNTAX"]),
    "a target inside a variable": (mapped(target="a.b.c"), []),
    "a target in Chinese": (mapped(target="隐患.等级"), []),
    "a target that is no name": (mapped(target="$.a"), ["BAD_VARIABLE_NAME"]),
    "a target that is an expression": (mapped(target="=a"), ["BAD_VARIABLE_NAME"]),
    "a target with a word of FEEL": (mapped(target="null"), ["BAD_VARIABLE_NAME"]),
    "fixed groups": (assigned(candidateGroups="a, b"), []),
    "computed groups": (assigned(candidateGroups="=[&quot;a&quot;, unit]"), []),
    "groups of Camunda 7 among others": (assigned(candidateGroups="clerks, ${team}"), ["JUEL_EXPRESSION"]),
    "a dollar in FEEL": (mapped("=&quot;${a}&quot;"), []),
    "groups of Camunda 7": (assigned(candidateUsers="#{users}"), ["JUEL_EXPRESSION"]),
    "a due date": (scheduled("2026-03-01T09:00:00+08:00"), []),
    "a computed due date": (scheduled("=now() + duration(&quot;P3D&quot;)"), []),
    "a due date without zone": (scheduled("2026-03-01T09:00:00"), ["BAD_VALUE"]),
    "a due date that is none": (scheduled("next week"), ["BAD_VALUE"]),
    "a priority": (ranked("100"), []),
    "a priority past the last": (ranked("101"), ["BAD_VALUE"]),
    "retries": (retried("0"), []),
    "computed retries": (retried("=n"), []),
    "negative retries": (retried("-1"), ["BAD_VALUE"]),
    "retries that are no number": (retried("many"), ["BAD_VALUE"]),
    "a flag that is none": (around(event("boundaryEvent", "b", "timer", attachedToRef="a", cancelActivity="no") + job()), ["BAD_VALUE"]),
    "a number of tokens": (around(job(completionQuantity="2")), []),
    "a number of tokens that is none": (around(job(startQuantity="0")), ["BAD_VALUE"]),
    "a number of tokens that is no number": (around(job(completionQuantity="many")), ["BAD_VALUE"]),
    "a word that is none of the choice": (around(element("parallelGateway", "x", gatewayDirection="Sideways"), "x"), ["BAD_VALUE"]),
}


@pytest.mark.parametrize("body, expected", VALUES.values(), ids=VALUES)
def test_a_value_has_the_kind_that_its_place_asks_for(body, expected):
    assert [code for code, _ in found(file(body))] == expected


def test_the_sentence_says_where_in_the_expression_the_fault_is():
    (fault,) = problems(file(condition("=amount > 5 and\n  (total >")))

    assert fault.code == "FEEL_SYNTAX"
    assert fault.element == "g_a"
    assert fault.sentence.startswith("Expected ")
    assert "line 2, column " in fault.sentence
    assert "condition expression of the sequence flow (g_a)" in fault.sentence


def test_an_expression_that_is_too_long_has_no_place_and_is_shown_short():
    (fault,) = problems(file(condition("=" + "1 + " * 10_000 + "1")))

    assert fault.code == "FEEL_SYNTAX"
    assert "None" not in fault.sentence
    assert len(fault.sentence) < 400


def test_every_expression_of_a_diagram_is_compiled():
    """A wrong expression is put into every attribute and text that may hold one, one after the other; each is noticed."""
    tables = ((whitelist.BPMN, ""), (extensions.ZEEBE, "zeebe:"))
    places = [
        (f"{prefix}{name}", attribute)
        for table, prefix in tables
        for name, row in table.items()
        for attribute, kind in row.attributes.items()
        if holds(kind)
    ]
    texts = [name for name, row in whitelist.BPMN.items() if holds(row.text)]
    assert len(places) > 25
    assert len(texts) == 8

    for tag, attribute in places:
        assert "FEEL_SYNTAX" in alone(f"<{tag} {attribute}='=(1'/>"), (tag, attribute)
    for tag in texts:
        assert "FEEL_SYNTAX" in alone(f"<{tag}>=(1</{tag}>"), tag


def holds(kind):
    return kind in ("feel", "value", "whole", "priority", "moment", "duration", "cycle")


def alone(xml):
    return [code for code, _ in found(file(around(element("task", "a", inside=xml))))]


START_AT = {
    "a fixed message": ('<message id="N" name="n"/>', '<messageEventDefinition messageRef="N"/>', []),
    "a computed message": ('<message id="N" name="=&quot;n&quot;"/>', '<messageEventDefinition messageRef="N"/>', []),
    "a message that a variable names": (
        '<message id="N" name="=n"/>',
        '<messageEventDefinition messageRef="N"/>',
        [("START_READS_VARIABLES", "x")],
    ),
    "a signal that a variable names": (
        '<signal id="N" name="=n"/>',
        '<signalEventDefinition signalRef="N"/>',
        [("START_READS_VARIABLES", "x")],
    ),
    "a computed date": ("", "<timerEventDefinition><timeDate>=now()</timeDate></timerEventDefinition>", []),
    "a date of a variable": (
        "",
        "<timerEventDefinition><timeDate>=day</timeDate></timerEventDefinition>",
        [("START_READS_VARIABLES", "x")],
    ),
}


@pytest.mark.parametrize("top, definition, expected", START_AT.values(), ids=START_AT)
def test_what_starts_a_process_reads_no_variable(top, definition, expected):
    assert found(file(event("startEvent", "x", definition) + END + line("x", "e"), top=top)) == expected
