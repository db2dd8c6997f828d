"""Nothing in a file is dropped in silence: what is understood is listed, everything else is refused by name."""

from tests.engine.decisions.written import data, decision, literal, read, refused, table

CAMUNDA_7 = 'xmlns:camunda="http://camunda.org/schema/1.0/dmn"'


def only(*elements, **arguments):
    (found,) = refused(*elements, **arguments)
    return found


def test_an_unknown_element_is_refused_with_the_id_of_the_one_around_it():
    found = only(decision("d", "<script/>" + literal("1")))

    assert (found.element, found.code, found.line) == ("d", "UNSUPPORTED_ELEMENT", 1)
    assert found.sentence == "Expected only what decisions here can use, but found element script in decision"


def test_an_element_in_a_wrong_place_is_refused():
    assert only(decision("d", "<rule/>" + literal("1"))).code == "UNSUPPORTED_ELEMENT"


def test_an_unknown_attribute_is_refused():
    found = only(decision("d", literal("1", 'id="e" cached="true"')))

    assert (found.element, found.sentence) == (
        "e", "Expected only what decisions here can use, but found attribute cached of literalExpression",
    )  # fmt: skip


def test_an_attribute_of_another_engine_that_changes_a_result_is_refused():
    found = only(data("x").replace("<inputData", '<inputData camunda:inputVariable="y"'), attributes=CAMUNDA_7)

    assert "inputVariable of http://camunda.org/schema/1.0/dmn" in found.sentence


def test_notes_of_modelers_are_accepted():
    noted = table("x", "y", "- >> 1").replace("<input ", '<input biodi:width="192" ')
    namespaces = 'xmlns:biodi="http://bpmn.io/schema/dmn/biodi/2.0"'

    assert read(decision("d", noted.replace("<decisionTable", f"<decisionTable {namespaces}"))).decisions


def test_drawings_are_accepted():
    drawing = '<dmndi:DMNDI xmlns:dmndi="https://www.omg.org/spec/DMN/20230324/DMNDI/"><dmndi:DMNDiagram/></dmndi:DMNDI>'

    assert read(decision("d", literal("1")), drawing).decisions


def test_notes_of_modelers_among_the_extensions_are_accepted():
    note = '<extensionElements><kie:attachment xmlns:kie="https://kie.org/dmn/extensions/1.0" url="x"/></extensionElements>'

    assert read(decision("d", literal("1"), more=note)).decisions


def test_an_element_of_another_namespace_is_refused():
    assert only(decision("d", '<x:script xmlns:x="urn:x"/>' + literal("1"))).sentence.endswith("element script of urn:x in decision")


def test_an_expression_in_a_wrong_place_is_refused():
    assert only(decision("d", table("x", "y", "- >> 1").replace("</rule>", f"{literal('1')}</rule>"))).element == "r1"


def test_an_extension_that_is_not_known_is_refused():
    extension = '<extensionElements><x:cache xmlns:x="urn:x"/></extensionElements>'

    assert only(decision("d", literal("1"), more=extension)).code == "UNSUPPORTED_EXTENSION"


def test_a_version_tag_holds_a_value_and_nothing_else():
    tag = '<extensionElements><zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" {}/></extensionElements>'

    assert read(decision("d", literal("1"), more=tag.format('value="1"'))).decisions["d"].version_tag == "1"
    assert only(decision("d", literal("1"), more=tag.format('value="1" until="2026"'))).code == "UNSUPPORTED_ATTRIBUTE"


def test_imported_values_are_refused_by_name():
    found = only(decision("d", "<literalExpression><importedValues/><text>1</text></literalExpression>"))

    assert (found.code, found.remedy) == ("UNSUPPORTED_ELEMENT", "Write the values into this file.")


def test_text_that_stands_between_elements_is_refused():
    assert only(decision("d", literal("1") + "forgotten")).code == "STRAY_TEXT"


def test_everything_that_is_not_understood_is_told_at_once():
    found = refused(decision("d", "<script/>" + literal("1", 'cached="true"')), "<rule/>")

    assert [each.code for each in found] == ["UNSUPPORTED_ELEMENT", "UNSUPPORTED_ATTRIBUTE", "UNSUPPORTED_ELEMENT"]
