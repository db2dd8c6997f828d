"""Required, ranges, lengths, patterns, options: what form-js asks, asked again on the server, in Chinese."""

import pytest

from tests.forms.making import NOW, field, form, options, problems, refusals, rows


@pytest.mark.parametrize(
    "type_, nothing",
    [
        ("textfield", ""),
        ("textfield", "   "),
        ("textfield", None),
        ("textarea", "\n"),
        ("number", None),
        ("datetime", None),
        ("filepicker", []),
        ("filepicker", None),
        ("filepicker", ""),
    ],
)
def test_what_is_required_and_empty_is_named(type_, nothing):
    made = form(field(type_, required=True))
    assert problems(made, {"x": nothing}) == {"x": ["「字段」为必填项，但没有填写。"]}
    assert problems(made, {}) == {"x": ["「字段」为必填项，但没有填写。"]}


def test_a_required_box_has_to_be_ticked_while_a_radio_may_answer_no():
    # given
    answers = [{"label": "是", "value": True}, {"label": "否", "value": False}]
    made = form(field("checkbox", key="read", label="已阅", required=True), field("radio", key="ok", required=True, values=answers))

    # then
    assert problems(made, {"read": False, "ok": False}) == {"read": ["「已阅」应当勾选，但没有勾选。"]}
    assert problems(made, {"read": True}) == {"ok": ["「字段」为必填项，但没有填写。"]}


@pytest.mark.parametrize("type_", ["select", "radio", "checklist", "taglist"])
def test_a_required_choice_has_to_be_made(type_):
    made = form(field(type_, required=True, values=options("甲", "乙")))
    assert problems(made, {"x": [] if type_ in ("checklist", "taglist") else ""}) == {"x": ["「字段」为必填项，但没有填写。"]}


@pytest.mark.parametrize("value, says", [(0, "「字段」应不小于 1，但填写的是「0」。"), (10.5, "「字段」应不大于 10，但填写的是「10.5」。")])
def test_a_number_outside_of_its_range_is_named(value, says):
    assert problems(form(field("number", min=1, max=10)), {"x": value}) == {"x": [says]}


def test_limits_may_be_feel_over_what_the_case_knows_and_what_is_filled_in():
    # given
    made = form(field("number", max="=term.n + extra"), field("number", key="extra"))

    # then
    assert problems(made, {"x": 16, "extra": 1}, {"term": {"n": 15}}) == {}
    assert problems(made, {"x": 17, "extra": 1}, {"term": {"n": 15}}) == {"x": ["「字段」应不大于 16，但填写的是「17」。"]}


def test_a_limit_that_cannot_be_computed_lets_nothing_pass():
    assert problems(form(field("number", max="=term.n")), {"x": 1}) == {
        "x": ["「字段」不大于的限值应可计算，但现有数据算不出来，请联系流程设计人员。"]
    }


@pytest.mark.parametrize(
    "value, says",
    [("一 ", "「字段」应至少 2 个字，但填写了 1 个字。"), ("一二三四", "「字段」应至多 3 个字，但填写了 4 个字。"), (" 一二三 ", None)],
)
def test_lengths_are_those_of_the_trimmed_text(value, says):
    found = problems(form(field("textfield", minLength=2, maxLength="=1 + 2")), {"x": value})
    assert found == ({"x": [says]} if says else {})


def test_a_pattern_is_looked_for_anywhere_and_may_bring_its_own_words():
    # given
    bare, spoken = form(field("textfield", pattern="\\d")), form(field("textfield", pattern="^\\d+$", patternErrorMessage="应为编号"))

    # then
    assert problems(bare, {"x": "第3号"}) == {}
    assert problems(bare, {"x": "三"}) == {"x": ["「字段」应符合格式 \\d，但填写的是「三」。"]}
    assert problems(spoken, {"x": "3号"}) == {"x": ["「字段」应为编号，但填写的是「3号」。"]}


@pytest.mark.parametrize(
    "value, fits", [("a.b+c@example.com", True), ("a@b", True), ("a@b..c", False), ("@b.c", False), ("a b@c.d", False)]
)
def test_an_address_of_mail_is_one(value, fits):
    found = problems(form(field("textfield", validationType="email")), {"x": value})
    assert found == ({} if fits else {"x": [f"「字段」应为有效的电子邮箱，但填写的是「{value}」。"]})


def test_only_what_is_offered_can_be_chosen():
    # given
    made = form(field("select", values=options("排查", "12345")), field("checklist", key="y", label="多选", values=options("甲", "乙")))

    # then
    assert problems(made, {"x": "举报", "y": ["甲", "丙"]}) == {
        "x": ["「字段」应从所列选项中选择（排查、12345），但填写的是「举报」。"],
        "y": ["「多选」应从所列选项中选择（甲、乙），但填写的是「丙」。"],
    }


@pytest.mark.parametrize("offered, sent", [(1, True), (True, 1), ("1", 1), (0, False)])
def test_an_option_is_chosen_by_its_value_and_not_by_one_that_looks_alike(offered, sent):
    made = form(field("select", values=[{"label": "甲", "value": offered}]))
    assert list(problems(made, {"x": sent})) == ["x"]
    assert problems(made, {"x": offered}) == {}


def test_options_may_come_from_a_variable_or_from_feel():
    # given
    made = form(
        field("select", key="a", valuesKey="units"),
        field("taglist", key="b", valuesExpression='=for u in units return u + "村"'),
        rows(field("select", key="c", valuesExpression="=b")),
    )

    # when
    found = problems(made, {"a": "陈坊", "b": ["陈坊村"], "rows": [{"c": "陈坊村"}, {"c": "大港村"}]}, {"units": ["陈坊", "大港"]})

    # then
    assert found == {"rows.1.c": ["「字段」应从所列选项中选择（陈坊村），但填写的是「大港村」。"]}


def test_where_a_variable_offers_nothing_nothing_can_be_chosen():
    assert problems(form(field("select", valuesKey="units")), {"x": "陈坊"}) == {"x": ["「字段」目前没有可选项，但填写的是「陈坊」。"]}


@pytest.mark.parametrize("multiple, allowed", [(None, False), (False, False), (True, True), ("=many", True)])
def test_several_files_only_where_several_are_asked_for(multiple, allowed):
    # given
    made = form(field("filepicker", **({} if multiple is None else {"multiple": multiple})))
    files = [{"key": str(n), "name": f"{n}.pdf", "sha256": "0" * 64, "size": 1} for n in (1, 2)]

    # then
    assert problems(made, {"x": files}, {"many": True}) == ({} if allowed else {"x": ["「字段」只需一个附件，但有 2 个。"]})


def test_a_date_that_may_not_lie_in_the_past_begins_today():
    made = form(field("datetime", subtype="date", disallowPassedDates=True))
    assert problems(made, {"x": "2024-04-01"}, now=NOW) == {}
    assert problems(made, {"x": "2024-03-31"}, now=NOW) == {"x": ["「字段」不得早于今天，但填写的是「2024-03-31」。"]}


@pytest.mark.parametrize(
    "component, says",
    [
        (field("textfield", validationType="phone"), "country code"),
        (field("textfield", validationType="url"), "validationType email or custom"),
        (field("textfield", pattern="(a"), "pattern of the textfield x"),
        (field("textfield", pattern=5), "pattern of the textfield x"),
        (field("number", min=5, max=4), "a value of the number x to be possible"),
        (field("number", min="a"), "min of the number x"),
        (field("number", min=1.2, max=1.8, decimalDigits=0), "to be possible"),
        (field("number", min=1, max=4, increment=5), "to be possible"),
        (field("textfield", minLength=5, maxLength=4), "to be possible"),
        (field("textfield", minLength=-1), "a whole number from 0"),
        (field("textfield", maxLength=1.5), "a whole number from 0"),
        (field("number", max="=1 +"), "max of the number x"),
        (field("textfield", required="=true"), "required of the textfield x"),
        (field("select"), "one source of the options"),
        (field("select", values=options("甲"), valuesKey="k"), "but found values and valuesKey"),
        (field("select", values=[]), "a label and a value"),
        (field("select", values=options("甲", "甲")), "every option of the select x once"),
        (field("select", values=[{"label": "甲"}]), "a label and a value"),
        (field("select", valuesExpression="for"), "Expected FEEL with = before it"),
        (field("filepicker", multiple="yes"), "multiple of the filepicker x"),
    ],
)
def test_validation_that_nobody_could_satisfy_or_read_is_refused(component, says):
    (sentence,) = refusals(component)
    assert says in sentence
    assert sentence.count("Expected") == 1
