"""What a form may consist of: everything that is not applied is refused by name, all of it at once."""

import json

import pytest

from forms import tree
from forms.compile import check, compile_form
from tests.forms.making import content, field, form, group, options, refusals, rows


def test_a_form_of_every_type_that_is_served_is_accepted():
    # given
    inputs = ["textfield", "textarea", "number", "datetime", "checkbox", "filepicker"]
    choices = ["radio", "select", "checklist", "taglist"]
    shown = [
        {"type": "text", "text": "# {{x}}"},
        {"type": "html", "content": "<b>{{x}}</b>"},
        {"type": "image", "source": "=logo", "alt": "徽"},
        {"type": "table", "label": "表", "dataSource": "=rows", "columns": [{"label": "a", "key": "a"}]},
        {"type": "spacer", "height": 20},
        {"type": "separator"},
        {"type": "button", "label": "提交", "action": "submit"},
    ]

    # when
    made = form(
        *[field(each, key=each) for each in inputs],
        *[field(each, key=each, values=options("甲", "乙")) for each in choices],
        {"type": "expression", "key": "computed", "expression": "=1 + 1"},
        group(field("textfield", key="in_group")),
        rows(field("textfield", key="in_row")),
        *shown,
    )

    # then
    assert made.id == "made"
    assert set(made.schema().fields) == {*inputs, *choices, "computed", "in_group", "rows"}


@pytest.mark.parametrize("type_, says", [("iframe", "another host"), ("documentPreview", "document store"), ("phonefield", "phonefield")])
def test_a_type_that_is_not_served_is_refused_by_name(type_, says):
    (sentence,) = refusals({"type": type_, "id": "Field_1"})
    assert "Field_1" in sentence and says in sentence


@pytest.mark.parametrize("type_", [None, 5, ["textfield"], {}])
def test_a_type_that_is_no_word_is_refused(type_):
    (sentence,) = refusals({"type": type_, "id": "Field_1"})
    assert sentence.startswith("Expected a component type that this engine serves, but Field_1 is of the type")


def test_an_attribute_that_would_be_dropped_is_refused_with_its_component():
    (sentence,) = refusals(field("textfield", key="name", tooltip="提示"))
    assert sentence == "Expected only attributes that the textfield name can have, but it has tooltip"


@pytest.mark.parametrize("conditional, found", [({"show": "=true"}, "found show"), ("=true", "found str"), ([{}, {}], "found list")])
def test_a_condition_that_is_none_is_refused(conditional, found):
    (sentence,) = refusals(field("textfield", key="name", conditional=conditional))
    assert sentence.endswith(found)


def test_validation_that_the_type_does_not_have_is_refused():
    (sentence,) = refusals(field("textarea", key="text", pattern="a"))
    assert sentence == "Expected only validation that the textarea text can have, but it has pattern"


def test_all_that_is_wrong_is_said_at_once_and_each_problem_names_its_component():
    # when
    with pytest.raises(tree.NotSupported) as refused:
        form(field("textfield", key="a", colour="red"), field("iframe", key="b"), field("number", key="9c"))

    # then
    assert [problem.element for problem in refused.value.problems] == ["a", "b", "9c"]
    assert {problem.code for problem in refused.value.problems} == {"FORM_NOT_SUPPORTED"}


@pytest.mark.parametrize("key", ["", None, "a b", "a..b", ".a", "1a", "a.0", "__proto__", "a.constructor", "Meta"])
def test_a_key_that_names_no_place_is_refused(key):
    (sentence,) = refusals(field("textfield", key=key))
    assert sentence.startswith("Expected the key of the textfield")


@pytest.mark.parametrize(
    "first, second",
    [
        (field("textfield", key="a"), field("number", key="a")),
        (field("textfield", key="a"), field("number", key="a.b")),
        (field("textfield", key="a.b"), field("number", key="a")),
        (field("textfield", key="g.x"), group(field("number", key="x"), path="g")),
        (rows(field("textfield", key="b"), path="a"), field("number", key="a.b")),
        (rows(field("textfield", key="b"), path="a"), rows(field("textfield", key="c"), path="a")),
    ],
)
def test_two_components_for_one_place_are_refused(first, second):
    (sentence,) = refusals(first, second)
    assert sentence.startswith("Expected one component")


def test_keys_with_dots_and_a_group_share_an_object():
    made = form(field("textfield", key="a.b"), field("textfield", key="a.c"), group(field("number", key="d"), path="a"))
    assert set(made.schema().fields["a"].schema.fields) == {"b", "c", "d"}


def test_an_id_that_stands_twice_is_refused():
    assert refusals(field("textfield", key="a", id="F"), field("textfield", key="b", id="F")) == [
        "Expected the id F once, but the textfield b has it again"
    ]


@pytest.mark.parametrize("version", [None, 0, 20, "19", True])
def test_a_schema_version_that_form_js_1_23_does_not_write_is_refused(version):
    (sentence,) = refusals(field("textfield"), schemaVersion=version)
    assert sentence.startswith("Expected a schemaVersion from 1 to 19")


def test_a_form_without_an_id_is_refused():
    assert refusals(field("textfield"), id=" ") == ["Expected the form to have an id, but it has none"]


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"[]", b"5", b'{"type":"process"}', b'{"type":"default","id":"a","schemaVersion":19}', b'{"a":1,"a":2}', b"\xff\xfe"],
)
def test_what_is_no_form_is_refused_with_a_sentence(broken):
    with pytest.raises(ValueError, match="Expected"):
        compile_form(broken)


@pytest.mark.parametrize(
    "component",
    [
        5,
        None,
        [],
        {"type": "group", "id": "g", "components": 5},
        {"type": "group", "id": "g"},
        field("textfield", properties=5),
        {**field("textfield"), "validate": 5},
        {**field("textfield"), "conditional": "=true"},
        {**field("textfield"), "conditional": {"show": "=true"}},
        field("textfield", id=5),
        field("textfield", properties={"sensitive": True}),
        field("textfield", properties={"colour": "red"}),
    ],
)
def test_a_component_of_another_shape_is_refused_and_nothing_breaks(component):
    made = {"type": "default", "id": "made", "schemaVersion": 19, "components": [component]}
    with pytest.raises(tree.NotSupported, match="Expected"):
        compile_form(json.dumps(made).encode())


def test_too_many_components_are_refused_once():
    made = [field("textfield", key=f"k{n}") for n in range(tree.COMPONENTS + 5)]
    assert refusals(*made) == [f"Expected at most {tree.COMPONENTS} components in a form, but there are more"]


def test_the_gate_gets_a_list_with_the_form():
    (made,) = check(content(field("textfield"), versionTag="v2"))
    assert (made.id, made.version_tag) == ("made", "v2")
