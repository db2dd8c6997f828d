"""Item definitions and type references, as files write them."""

import pytest

from engine import decisions
from tests.engine.decisions.written import data, decision, environment, file, item, literal, read, refused


def input_type(*elements, reference, attributes=""):
    """The Type of an input data with that typeRef."""
    (requirements,) = decisions.read(file(*elements, data("x", reference), attributes=attributes))
    return requirements.inputs["x"].type


@pytest.mark.parametrize(
    "reference, base",
    [
        ("string", "string"), ("number", "number"), ("dateTime", "date and time"), ("date and time", "date and time"),
        ("dayTimeDuration", "days and time duration"), ("yearMonthDuration", "years and months duration"), ("Any", "Any"),
        ("feel:string", "string"),
    ],
)  # fmt: skip
def test_the_types_of_feel_are_known_under_all_their_names(reference, base):
    prefix = 'xmlns:feel="http://www.omg.org/spec/DMN/20180521/FEEL/"'

    assert input_type(reference=reference, attributes=prefix).base == base


def test_a_definition_may_come_after_the_one_that_uses_it():
    found = input_type(item("outer", "inner", collection=True), item("inner", "number"), reference="outer")

    assert (found.base, found.items.base, found.items.name) == ("list", "number", "inner")


def test_a_definition_that_narrows_another_keeps_its_limits():
    found = input_type(item("small", "number", "< 10"), item("tiny", "small", "< 5"), reference="tiny")

    assert [limit.text for limit in found.limits] == ["< 10", "< 5"]


def test_allowed_values_of_a_collection_speak_of_its_items():
    found = input_type(item("grades", "string", '"A","B"', collection=True), reference="grades")

    assert found.limits == ()
    assert found.items.limits[0].order == ("A", "B")


def test_a_type_constraint_of_a_collection_speaks_of_the_whole():
    constrained = item("grades", "string", collection=True).replace(
        "</itemDefinition>", "<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>"
    )

    assert input_type(constrained, reference="grades").limits[0].text == "count(?) < 3"


def test_components_make_a_context_inside_another():
    parts = '<itemComponent name="address"><itemComponent name="street name"><typeRef>string</typeRef></itemComponent></itemComponent>'

    found = input_type(item("person", components=parts), reference="person")

    assert found.base == "context"
    assert dict(dict(found.parts)["address"].parts)["street name"].base == "string"


def test_a_function_type_says_what_the_function_answers():
    function = item("f", components='<functionItem outputTypeRef="number"><parameters name="a" typeRef="string"/></functionItem>')

    assert input_type(function, reference="f").result.base == "number"


def test_a_definition_that_contains_itself_is_refused_with_the_path():
    (found,) = refused(item("a", "b"), item("b", "c"), item("c", "a"))

    assert found.sentence == "Expected item definitions that end, but found a → b → c → a"


def test_an_unknown_type_is_refused_by_name():
    (found,) = refused(data("x", "tPerson"))

    assert (found.element, found.code) == ("x", "UNKNOWN_TYPE")
    assert found.sentence == "Expected variable to have a type of FEEL or of this file, but found tPerson"


def test_a_type_of_another_file_is_refused():
    assert refused(data("x", "other:tPerson"), attributes='xmlns:other="urn:other"')[0].code == "UNKNOWN_TYPE"


def test_a_definition_in_another_type_language_is_refused():
    foreign = item("a", "string").replace("<itemDefinition", '<itemDefinition typeLanguage="http://www.w3.org/2001/XMLSchema"')

    assert [found.code for found in refused(foreign)] == ["UNSUPPORTED_LANGUAGE"]
    assert [found.code for found in refused(attributes='typeLanguage="java"')] == ["UNSUPPORTED_LANGUAGE"]


@pytest.mark.parametrize("computed", ["x, 2", "for i in 1..1000000 return i"])
def test_allowed_values_that_are_computed_have_no_order(computed):
    assert input_type(item("a", "number", computed), reference="a").limits[0].order == ()


def test_allowed_values_that_are_no_list_are_refused_with_their_place():
    (found,) = refused(item("a", "number", "1..3"))

    assert (found.code, "(line 1, column 2)" in found.sentence) == ("FEEL_SYNTAX", True)


def test_two_definitions_of_one_name_are_refused():
    assert refused(item("a", "string"), item("a", "number"))[0].code == "DUPLICATE_NAME"


def test_a_definition_is_either_a_reference_or_components():
    assert refused(item("a", "string", components='<itemComponent name="b"/>'))[0].code == "TYPE_UNCLEAR"


def test_names_of_components_with_spaces_are_read_after_a_dot():
    parts = '<itemComponent name="first name"><typeRef>string</typeRef></itemComponent>'
    requirements = read(item("p", components=parts), data("x", "p"), decision("d", literal("x.first name"), ["input:x"]))

    assert decisions.evaluate(requirements, "d", {"x": {"first name": "李"}}, environment()).result == "李"
