"""A submission as a whole: what the form does not have, what is no shape at all, rows, assertions, and everything wrong at once."""

import pytest

from engine.domain import values
from engine.domain.errors import Invalid
from tests.forms.making import environment, field, form, group, load, problems, refusals, rows


def test_what_the_form_does_not_have_is_refused_by_name():
    # given
    made = form(field("textfield"), group(field("textfield", key="a"), path="g"), rows(field("textfield", key="b")))

    # when
    found = problems(made, {"x": "1", "approved": True, "g": {"a": "1", "role": "管理员"}, "rows": [{"b": "1", "c": 1}]})

    # then
    assert found == {
        "approved": ["此表没有字段「approved」。"],
        "g.role": ["此表没有字段「g.role」。"],
        "rows.0.c": ["此表没有字段「rows.0.c」。"],
    }


@pytest.mark.parametrize("sent", [None, [], "x", 5, True])
def test_what_is_no_set_of_fields_is_refused(sent):
    assert problems(form(field("textfield")), sent) == {"": ["应为一组字段，但收到的不是。"]}


@pytest.mark.parametrize("sent", [5, "甲", [1], True])
def test_an_object_or_a_list_of_another_shape_is_refused_where_it_stands(sent):
    made = form(group(field("textfield", key="a", required=True), path="g"), rows(field("textfield", key="b"), properties={"minRows": "1"}))
    found = problems(made, {"g": sent, "rows": {"0": {}}})
    assert found["g"] == ["应为一组字段，但收到的不是。"]
    assert found["rows"] == ["「各行」应为多行内容，但收到的不是。"]
    assert set(found) == {"g", "rows"}


def test_a_row_of_another_shape_is_refused_in_its_place():
    assert problems(form(rows(field("number", key="n"))), {"rows": [{"n": 1}, "甲", {"n": "乙"}]}) == {
        "rows.1": ["应为一组字段，但收到的不是。"],
        "rows.2.n": ["「字段」应为数字，但填写的是「乙」。"],
    }


def test_a_required_field_in_an_object_that_was_not_sent_is_asked_for():
    made = form(group(field("textfield", key="a", required=True), path="g"))
    for sent in ({}, {"g": None}, {"g": {}}):
        assert problems(made, sent) == {"g.a": ["「字段」为必填项，但没有填写。"]}


def test_every_field_that_was_shown_has_a_value_and_nothing_else():
    made = form(
        field("textfield"), field("checkbox", key="box"), rows(field("number", key="n")), group(field("datetime", key="d"), path="g")
    )
    assert load(made, {}) == {"x": None, "box": False, "rows": [], "g": {"d": None}}


def test_everything_that_is_wrong_is_said_at_once():
    # given
    made = form(
        field("textfield", key="a", required=True),
        field("number", key="b", max=1),
        field("checkbox", key="c"),
        field("textfield", key="d", readonly=True),
    )

    # then
    assert set(problems(made, {"b": 2, "c": "on", "d": "e", "f": 1})) == {"a", "b", "c", "d", "f"}


def test_the_refusal_counts_for_developers_and_explains_to_people():
    with pytest.raises(Invalid) as refused:
        form(field("textfield", required=True)).load({}, {}, environment())
    assert refused.value.sentence == "Expected values that the form made accepts, but 1 of them are not"
    assert refused.value.details["form"] == "made"


def test_what_goes_too_deep_or_computes_too_long_is_refused():
    # given
    deep = {}
    for _ in range(100):
        deep = {"x": deep}
    endless = form(field("number", max="=count(for a in 1..1000, b in 1..1000 return a * b)"))

    # then
    assert problems(form(field("textfield")), deep) == {"": ["填写的内容层级过多。"]}
    assert problems(endless, {"x": 1}) == {"": ["填写的内容过多，表单规则无法全部核对，请减少行数后再提交。"]}


def test_rows_are_counted_by_numbers_or_by_feel():
    # given
    made = form(rows(field("textfield", key="a"), properties={"minRows": "=count(wanted)", "maxRows": "3"}))

    # then
    assert problems(made, {"rows": [{}]}, {"wanted": [1, 2]}) == {"rows": ["「各行」应至少有 2 行，但有 1 行。"]}
    assert problems(made, {"rows": [{}] * 4}, {"wanted": []}) == {"rows": ["「各行」应至多有 3 行，但有 4 行。"]}
    assert problems(made, {"rows": [{}] * 2}) == {"rows": ["「各行」的行数限值应可计算，但现有数据算不出来，请联系流程设计人员。"]}


def test_a_list_that_says_nothing_is_not_endless():
    assert list(problems(form(rows(field("textfield", key="a"))), {"rows": [{}] * 501})) == ["rows"]


def test_a_value_may_not_repeat_where_it_has_to_be_distinct():
    made = form(rows(field("textfield", key="name"), properties={"distinct": "name"}))
    assert problems(made, {"rows": [{"name": "李立"}, {"name": ""}, {"name": ""}, {"name": "李立 "}]}) == {
        "rows": ["「各行」各行不应重复，但「李立」重复。"]
    }


def test_an_assertion_says_its_own_sentence():
    # given
    says = "「隐患编号」应以「案件号」开头，台账上已有编号的不得改动，但填写的不是。"
    made = form(field("textfield", key="no"), field("textfield", properties={"assert": "=starts with(x, no)", "assertMessage": says}))

    # then
    assert problems(made, {"no": "A-1", "x": "B-1-01"}) == {"x": [says]}
    assert problems(made, {"no": "A-1", "x": "A-1-01"}) == {}
    assert problems(made, {"no": "A-1", "x": ""}) == {}

    # and may make it of what was filled in
    told = {"assert": "=starts with(x, no)", "assertMessage": '=if no = "0" then 0 else "应以" + no + "开头。"'}
    made = form(field("textfield", key="no"), field("textfield", properties=told))
    assert problems(made, {"no": "A-1", "x": "B"}) == {"x": ["应以A-1开头。"]}
    assert problems(made, {"no": "0", "x": "B"}) == {"x": ["「字段」应符合表单的规则，但填写的是「B」。"]}


def test_an_assertion_in_a_row_and_on_a_list():
    # given
    made = form(
        rows(
            field("number", key="n", properties={"assert": "=this.n > 0", "assertMessage": "应为正数。"}),
            properties={"assert": "=sum(rows.n) = 100", "assertMessage": "合计应为 100。"},
        )
    )

    # then
    assert problems(made, {"rows": [{"n": -1}, {"n": 101}]}) == {"rows.0.n": ["应为正数。"]}
    assert problems(made, {"rows": [{"n": 1}]}) == {"rows": ["合计应为 100。"]}


@pytest.mark.parametrize(
    "component, says",
    [
        (field("textfield", properties={"assert": "=true"}), "assert and assertMessage together"),
        (field("textfield", properties={"assertMessage": "a"}), "together"),
        (field("textfield", properties={"assert": "=true", "assertMessage": "=1 +"}), "assertMessage of the textfield x"),
        (field("textfield", properties={"assert": "true", "assertMessage": "a"}), "assert of the textfield x"),
        (field("textfield", properties={"minRows": "1"}), "on a dynamiclist"),
        ({"type": "text", "id": "t", "text": "a", "properties": {"assert": "=true", "assertMessage": "a"}}, "only shows something"),
        (rows(field("textfield"), properties={"minRows": "3", "maxRows": "2"}), "number of rows"),
        (rows(field("textfield"), properties={"minRows": "two"}), "a whole number"),
        (rows(field("textfield"), properties={"distinct": "name"}), "there is no name"),
    ],
)
def test_a_property_that_could_not_be_applied_is_refused(component, says):
    (sentence,) = refusals(component)
    assert says in sentence


def test_what_was_cleaned_can_be_kept():
    made = form(field("datetime", subtype="datetime"), field("number", key="n"), rows(field("datetime", key="d", subtype="date")))
    text = values.write(load(made, {"x": "2024-04-01T09:30", "n": 1.10, "rows": [{"d": "2024-04-02"}]}))
    assert text == '{"x":"2024-04-01T09:30:00+08:00","n":1.1,"rows":[{"d":"2024-04-02"}]}'


def test_a_form_is_compiled_once_and_loads_any_number_of_times():
    # given
    made = form(rows(field("number", key="n", max="=limit")))

    # then
    for limit in range(5):
        assert bool(problems(made, {"rows": [{"n": 2}]}, {"limit": limit})) is (limit < 2)


def test_the_places_of_what_is_sensitive_and_of_files_are_known():
    # given
    secret = {"sensitive": "true"}
    made = form(
        field("textfield", key="a.id_no", properties=secret),
        rows(field("textfield", key="mobile", properties=secret), field("filepicker", key="scan"), path="people"),
        field("filepicker", key="photos"),
    )

    # then
    assert set(made.sensitive) == {"a.id_no", "people.mobile"}
    assert made.files == {"people.scan", "photos"}
