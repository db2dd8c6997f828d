"""From bytes to a requirements graph: versions of DMN, languages, what is told of a refusal."""

from pathlib import Path

import pytest

from engine import decisions
from engine.decisions.vocabulary import FEEL, MODELS
from tests.engine.decisions.written import data, decision, environment, file, literal, refused, table

HERE = Path(__file__).parent


@pytest.mark.parametrize("namespace", MODELS)
def test_all_versions_of_dmn_from_1_1_are_read(namespace):
    (found,) = decisions.read(file(decision("d", table("x", "y", "> 1 >> 2")), namespace=namespace))

    assert decisions.evaluate(found, "d", {"x": 2}, environment()).result == 2


@pytest.mark.parametrize("content", [b"<definitions/>", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', b"<a/>"])
def test_other_documents_are_refused(content):
    with pytest.raises(decisions.Unreadable, match="Expected <definitions> of DMN"):
        decisions.read(content)


@pytest.mark.parametrize("language", sorted({*FEEL, "FEEL"}))
def test_feel_is_known_by_all_its_names(language):
    (found,) = decisions.read(
        file(decision("d", literal("1", f'expressionLanguage="{language}"')), attributes=f'typeLanguage="{language}"')
    )

    assert decisions.evaluate(found, "d", {}, environment()).result == 1


def test_other_expression_languages_are_refused_by_name():
    (found,) = refused(decision("d", literal("1", 'id="e" expressionLanguage="groovy"')))
    (of_file,) = refused(attributes='expressionLanguage="http://www.w3.org/1999/XPath"')

    assert (found.element, found.code) == ("e", "UNSUPPORTED_LANGUAGE")
    assert found.sentence == "Expected expressionLanguage to be FEEL, but found groovy"
    assert of_file.element == "file"


def test_a_refusal_carries_all_problems_and_speaks_of_the_first():
    content = file("\n", decision("d", literal("1 +")), "\n", decision("e", literal("")), data("x", "unknown"))

    with pytest.raises(decisions.Unreadable) as refusal:
        decisions.read(content)

    assert [(each.element, each.code) for each in refusal.value.problems] == [
        ("x", "UNKNOWN_TYPE"), ("d", "FEEL_SYNTAX"), ("e", "MISSING_EXPRESSION"),
    ]  # fmt: skip
    assert refusal.value.sentence == str(refusal.value) == refusal.value.problems[0].sentence
    assert (refusal.value.element, refusal.value.line) == ("x", 3)


def test_a_problem_is_told_once_and_two_hundred_are_enough():
    twice = decision("d", literal("1")).replace('<variable name="d" />', '<variable name="d" /><variable name="d" />')

    assert len(refused(twice)) == 1
    assert len(refused(*(decision(f"d{number}", literal("1 +")) for number in range(250)))) == 200


def test_a_syntax_error_says_what_was_expected_and_where():
    (found,) = refused(decision("d", literal("1 +")))

    assert found.sentence == "Expected a value, but found the end (line 1, column 4) in '1 +'"


@pytest.mark.parametrize("logic", [literal("1") + literal("2"), "<literalExpression><text>1</text><text>2</text></literalExpression>"])
def test_an_element_of_which_there_can_be_one_may_not_stand_twice(logic):
    assert refused(decision("d", logic))[0].code == "DUPLICATE_ELEMENT"


def test_a_file_has_an_id_a_name_and_a_weight():
    content = file(decision("d", literal("1")))
    (found,) = decisions.read(content)

    assert (found.id, found.name) == ("file", "File")
    assert found.weight > len(content)


def test_a_file_without_decisions_is_empty():
    assert decisions.read(file())[0].decisions == {}


def test_the_towns_tables_are_read_as_a_modeler_saves_them():
    (risk,) = decisions.read((HERE / "risk_level.dmn").read_bytes())
    (deadlines,) = decisions.read((HERE / "deadlines.dmn").read_bytes())

    assert [(each.id, each.name, each.type, each.required, each.version_tag) for each in risk.decisions.values()] == [
        ("risk_level", "隐患等级", "DECISION_TABLE", ("risk_score",), "2025-03"),
        ("risk_score", "隐患分值", "DECISION_TABLE", (), None),
    ]
    assert [each.type for each in deadlines.decisions.values()] == ["DECISION_TABLE", "CONTEXT"]
