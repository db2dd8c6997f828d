"""Tables that cannot be run are refused when they are read, by the element's id."""

import pytest

from tests.engine.decisions.written import decision, item, read, refused, table


def problem(logic):
    """The one problem of a table."""
    (found,) = refused(decision("d", logic))
    return found


def test_an_unknown_hit_policy_is_refused():
    found = problem(table("x", "y", "- >> 1", policy="LAST", more='id="t"'))

    assert (found.element, found.code) == ("t", "HIT_POLICY")
    assert found.sentence.endswith("but found LAST")


def test_an_unknown_aggregation_is_refused():
    assert problem(table("x", "y", "- >> 1", policy="COLLECT", more='aggregation="AVG"')).sentence.endswith("but found AVG")


def test_an_aggregation_is_only_for_collect():
    found = problem(table("x", "y", "- >> 1", policy="FIRST", more='aggregation="SUM"'))

    assert found.sentence == "Expected aggregation SUM with hit policy COLLECT, but found FIRST"


def test_an_aggregation_takes_one_output():
    found = problem(table("x", "y; z", "- >> 1 | 2", policy="COLLECT", more='aggregation="SUM"'))

    assert found.sentence == "Expected one output for aggregation SUM, but found 2"


@pytest.mark.parametrize("policy", ["PRIORITY", "OUTPUT ORDER"])
def test_an_ordered_policy_needs_output_values(policy):
    found = problem(table("x", "y", "- >> 1", policy=policy))

    assert found.sentence == f"Expected output values in their order for hit policy {policy}, but found none"
    assert problem(table("x", "y [< 5]", "- >> 1", policy=policy)).code == "HIT_POLICY"


def test_a_rule_needs_an_entry_per_column():
    narrow, wide = problem(table("x; z", "y", "- >> 1")), problem(table("x", "y", "- >> 1 | 2"))

    assert (narrow.element, narrow.sentence) == ("r1", "Expected one entry per input (2) in rule 1, but found 1")
    assert (wide.element, wide.sentence) == ("r1", "Expected one entry per output (1) in rule 1, but found 2")


def test_a_rule_may_not_have_more_annotations_than_columns_of_them():
    found = problem(table("x", "y", "- >> 1 // basis").replace('<annotation name="basis"/>', ""))

    assert found.sentence == "Expected at most one annotation per column of them (0) in rule 1, but found 1"


def test_a_table_needs_an_output():
    without = problem('<decisionTable id="t"><input><inputExpression><text>x</text></inputExpression></input></decisionTable>')

    assert (without.element, without.code) == ("t", "TABLE_WITHOUT_OUTPUT")


def test_several_outputs_need_names():
    assert problem(table("x", "y; z", "- >> 1 | 2").replace('name="z"', "")).code == "MISSING_NAME"


def test_an_input_needs_an_expression():
    assert problem(table("x", "y", "- >> 1").replace("<text>x</text>", "")).code == "MISSING_EXPRESSION"
    without = table("x", "y", "- >> 1").replace("<inputExpression ><text>x</text></inputExpression>", "")
    assert problem(without).code == "MISSING_ELEMENT"


def test_a_cell_in_another_language_is_refused():
    assert (
        problem(table("x", "y", "- >> 1").replace("<inputEntry>", '<inputEntry expressionLanguage="juel">')).code == "UNSUPPORTED_LANGUAGE"
    )


def test_every_cell_that_is_no_feel_is_told_at_once_with_its_rule():
    found = refused(decision("d", table("x", "y", "- >> 1", "> > >> 1", "1..2] >> if")))

    assert [each.element for each in found] == ["r2", "r3", "r3"]
    assert {each.code for each in found} == {"FEEL_SYNTAX"}


def test_an_output_without_a_name_is_called_by_its_label():
    labelled = table("x", "y", "- >> 1").replace('name="y"', 'label="结果"')

    assert read(decision("d", labelled)).decisions["d"].table.outputs[0].name == "结果"


def test_an_input_that_is_a_variable_has_the_variables_type():
    typed = '<inputData id="x" name="x"><variable name="x" typeRef="t"/></inputData>'
    elements = item("t", "string", '"a","b"'), typed

    for reference in ("x", "x: string"):
        (column,) = read(*elements, decision("d", table(reference, "y", "- >> 1"), ["input:x"])).decisions["d"].table.inputs
        assert [limit.text for limit in column.type.limits] == ['"a","b"']


def test_a_fixed_output_that_could_never_be_the_columns_is_refused():
    typed, limited = problem(table("x", "y: number", "- >> 1", '- >> "seven"')), problem(table("x", 'y ["红","蓝"]', '- >> "绿"'))

    assert (typed.element, typed.code) == ("r2", "OUTPUT_MISFIT")
    assert typed.sentence == 'Expected output y of rule 2 to be number, but found "seven"'
    assert limited.sentence == 'Expected output y of rule 1 to be one of "红","蓝", but found "绿"'


def test_a_default_that_could_never_be_the_columns_is_refused():
    assert problem(table("x", "y: number = true", "- >> 1")).sentence == "Expected the default of output y to be number, but found true"


def test_output_values_that_are_no_feel_are_told_once_and_not_held_against_the_rules():
    assert problem(table("x", "y [< <]", "- >> 1")).code == "FEEL_SYNTAX"


def test_null_and_what_is_computed_may_stand_as_an_output():
    assert read(decision("d", table("x", "y: number [1, 2]", "- >> ", "- >> null", "- >> x + 1")))
