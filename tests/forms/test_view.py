"""What is hidden or locked for these values, and what expressions see: as the browser shows it."""

import pytest

from tests.forms.making import field, form, group, load, options, problems, refusals, rows

SOURCE = field("select", key="source", label="来源", values=options("排查", "12345"))
TICKET = field("textfield", key="ticket", label="工单号", required=True, hide='=source != "12345"')


def test_a_hidden_field_is_not_asked_for_and_leaves_no_value():
    assert load(form(SOURCE, TICKET), {"source": "排查"}) == {"source": "排查"}
    assert load(form(SOURCE, TICKET), {"source": "排查", "ticket": ""}) == {"source": "排查"}


def test_a_shown_field_is_asked_for():
    assert problems(form(SOURCE, TICKET), {"source": "12345"}) == {"ticket": ["「工单号」为必填项，但没有填写。"]}


def test_a_value_for_a_hidden_field_is_forged():
    assert problems(form(SOURCE, TICKET), {"source": "排查", "ticket": "2024-1"}) == {
        "ticket": ["「工单号」按现有情形不应填写，但填写的是「2024-1」。"]
    }


def test_a_hidden_sensitive_value_is_refused_and_not_repeated():
    made = form(SOURCE, field("textfield", key="ticket", label="手机", hide='=source != "12345"', properties={"sensitive": "true"}))
    (sentence,) = problems(made, {"source": "排查", "ticket": "13800138000"})["ticket"]
    assert sentence == "「手机」按现有情形不应填写，但填写的内容不符（敏感信息，不显示）。"


def test_a_condition_reads_what_the_case_knows():
    made = form(field("textfield", required=True, hide='=risk.level != "重大"'))
    assert load(made, {}, {"risk": {"level": "一般"}}) == {}
    assert list(problems(made, {}, {"risk": {"level": "重大"}})) == ["x"]


def test_a_condition_that_cannot_be_computed_hides_nothing():
    assert list(problems(form(field("textfield", required=True, hide="=nobody.knows > 1")), {})) == ["x"]


def test_what_a_hidden_group_holds_is_hidden_with_it():
    # given
    made = form(
        SOURCE, group(field("textfield", key="a"), group(field("textfield", key="b"), path="deep"), path="more", hide='=source = "排查"')
    )

    # then
    assert load(made, {"source": "排查"}) == {"source": "排查"}
    assert sorted(problems(made, {"source": "排查", "more": {"a": "1", "deep": {"b": "2"}}})) == ["more.a", "more.deep.b"]


def test_a_hidden_list_may_not_be_sent_while_an_empty_one_is_nothing():
    made = form(SOURCE, rows(field("textfield", key="a", required=True), hide='=source = "排查"', properties={"minRows": "1"}))
    assert load(made, {"source": "排查", "rows": []}) == {"source": "排查"}
    assert list(problems(made, {"source": "排查", "rows": [{"a": "1"}]})) == ["rows"]


def test_conditions_in_a_row_see_the_row_its_parents_and_its_number():
    # given
    made = form(
        field("textfield", key="all"),
        rows(
            field("textfield", key="kind"),
            field("textfield", key="note", required=True, hide='=this.kind != "其他"'),
            field("textfield", key="first", required=True, hide="=i[1] != 1"),
            field("textfield", key="when", required=True, hide='=parent.all != "是"'),
            rows(field("textfield", key="deep", required=True, hide='=parent.kind != "其他" or i[2] != 2'), path="inner"),
        ),
    )

    # when
    found = problems(made, {"all": "是", "rows": [{"kind": "其他", "inner": [{}, {}]}, {"kind": "常见", "inner": [{}, {}]}]})

    # then
    assert sorted(found) == ["rows.0.first", "rows.0.inner.1.deep", "rows.0.note", "rows.0.when", "rows.1.when"]


def test_a_condition_does_not_see_the_value_of_a_field_that_is_hidden_itself():
    """As in the browser: what A hides counts as nothing for what B hides."""
    # given
    made = form(
        field("checkbox", key="a"),
        field("textfield", key="b", defaultValue="甲", hide="=a"),
        field("textfield", key="c", required=True, hide="=b = null"),
    )

    # then
    assert load(made, {"a": True}) == {"a": True}
    assert problems(made, {"a": False}) == {"c": ["「字段」为必填项，但没有填写。"]}


def test_untouched_fields_count_as_the_browser_sends_them():
    made = form(field("textfield", key="a"), field("textfield", required=True, hide='=a = ""'))
    assert load(made, {}) == {"a": None}


@pytest.mark.parametrize("lock", [{"readonly": True}, {"readonly": "=locked"}, {"disabled": True}])
def test_what_is_locked_keeps_the_value_of_the_case(lock):
    # given
    made, known = form(field("textfield", key="no", label="编号", **lock)), {"no": "A-1", "locked": True}

    # then
    assert load(made, {"no": "A-1"}, known) == {}
    assert load(made, {}, known) == {}
    assert load(made, {"no": ""}, known) == {}
    assert problems(made, {"no": "A-2"}, known) == {"no": ["「编号」不可更改，应为「A-1」，但填写的是「A-2」。"]}
    assert problems(made, {"no": "A-2"}, {"locked": True}) == {"no": ["「编号」不可更改，但填写的是「A-2」。"]}


def test_a_lock_that_is_open_lets_the_value_change():
    assert load(form(field("textfield", readonly="=locked")), {"x": "新"}, {"x": "旧", "locked": False}) == {"x": "新"}


def test_a_locked_value_may_come_back_written_in_another_way():
    # given
    made = form(
        field("datetime", key="at", subtype="datetime", readonly=True),
        field("number", key="n", readonly=True),
        field("textarea", key="t", readonly=True),
    )

    # then
    known = {"at": "2024-04-01T09:30:00+08:00", "n": 5, "t": "a\nb"}
    assert load(made, {"at": "2024-04-01T01:30Z", "n": 5.0, "t": "a\nb "}, known) == {}


def test_a_locked_value_inside_an_object_is_not_lost():
    made = form(group(field("textfield", key="a", readonly=True), field("textfield", key="b"), path="g"))
    assert load(made, {"g": {"b": "新"}}, {"g": {"a": "甲", "b": "旧"}}) == {"g": {"a": "甲", "b": "新"}}


def test_locked_values_stand_in_the_rows_in_which_they_were():
    # given
    made = form(rows(field("textfield", key="what", label="要求", readonly=True), field("textfield", key="done"), allowAddRemove=False))
    known = {"rows": [{"what": "甲"}, {"what": "乙"}]}

    # then
    assert load(made, {"rows": [{"done": "是"}, {"what": "乙", "done": "否"}]}, known) == {
        "rows": [{"what": "甲", "done": "是"}, {"what": "乙", "done": "否"}]
    }
    assert list(problems(made, {"rows": [{"what": "乙"}, {"what": "乙"}]}, known)) == ["rows.0.what"]


def test_rows_that_are_given_may_not_be_added_or_removed():
    # given
    made, known = form(rows(field("textfield", key="a"), allowAddRemove=False, defaultRepetitions=2)), {"rows": [{}, {}, {}]}

    # then
    assert problems(made, {"rows": [{}, {}]}, known) == {"rows": ["「各行」应为 3 行，不可增减，但有 2 行。"]}
    assert problems(made, {"rows": [{}, {}]}) == {}


def test_a_default_stands_where_nothing_was_sent():
    made = form(field("number", defaultValue=3), field("number", key="y", max="=x"))
    assert load(made, {"y": 3}) == {"x": 3, "y": 3}
    assert list(problems(made, {"y": 4})) == ["y"]
    assert load(made, {"x": None, "y": None}) == {"x": None, "y": None}


def test_a_computed_value_is_computed_here_whatever_was_sent():
    # given
    made = form(
        field("number", key="a"),
        {"type": "expression", "key": "sum.all", "expression": "=a + 0.2"},
        field("textfield", hide="=sum.all < 1"),
    )

    # then
    (computed,) = load(made, {"a": 0.1, "sum": {"all": 99}})["sum"].values()
    assert str(computed) == "0.3"


def test_a_hidden_computation_leaves_nothing():
    made = form(field("checkbox", key="a"), {"type": "expression", "key": "n", "expression": "=1", "conditional": {"hide": "=a"}})
    assert load(made, {"a": True}) == {"a": True}
    assert load(made, {"a": False}) == {"a": False, "n": 1}


def test_neither_what_was_sent_nor_what_is_known_is_changed():
    # given
    made = form(
        rows(field("textfield", key="a", defaultValue="甲"), {"type": "expression", "key": "n", "expression": "=i[1]"}),
        field("textfield", key="g.x", readonly=True),
    )
    sent, known = {"rows": [{}, None]}, {"g": {"x": "1"}, "rows": [{"a": "旧"}]}

    # when
    found = load(made, sent, known)

    # then
    assert found["rows"] == [{"a": "甲", "n": 1}, {"a": "甲", "n": 2}]
    assert (sent, known) == ({"rows": [{}, None]}, {"g": {"x": "1"}, "rows": [{"a": "旧"}]})


@pytest.mark.parametrize(
    "component, says",
    [
        (field("textfield", hide="true"), "Expected FEEL with = before it"),
        (field("textfield", hide="=1 +"), "hide of the textfield x"),
        (field("textfield", hide="=is working day(date(y))"), "that a browser knows too"),
        (field("textfield", properties={"assert": "=is working day(date(y))", "assertMessage": "休息日"}), None),
        (field("textfield", readonly="yes"), "readonly of the textfield x"),
        (field("textfield", disabled="=true"), "disabled of the textfield x"),
        ({"type": "expression", "key": "x", "expression": "1"}, "expression of the expression x"),
        ({"type": "expression", "key": "x"}, "expression of the expression x"),
        (rows(field("textfield"), isRepeating=False), "use a group"),
        (rows(field("textfield"), defaultRepetitions=-1), "defaultRepetitions"),
        ({**rows(field("textfield")), "isRepeating": False}, "use a group"),
        ({"type": "text", "id": "t", "text": "{{1 +}}"}, "text of the text t"),
        ({"type": "text", "id": "t", "text": "{{#if a}}b"}, "{{/if}}"),
        ({"type": "text", "id": "t", "text": "{{#if a}}b{{/loop}}"}, "to close what was opened last"),
        ({"type": "text", "id": "t", "text": 5}, "Expected a text"),
        (field("textfield", label="={"), "label of the textfield x"),
        (field("number", appearance={"suffixAdorner": "{{"}), None),
        (field("number", appearance={"suffixAdorner": "{{)}}"}), "appearance.suffixAdorner of the number x"),
        (field("number", decimalDigits=-1), "decimalDigits"),
        (field("number", increment="0"), "increment"),
        (field("datetime", subtype="month"), "subtype"),
        (field("datetime", timeSerializingFormat="iso"), "timeSerializingFormat"),
        (field("filepicker", accept="=a"), "accept"),
        ({"type": "table", "id": "t", "dataSource": "rows"}, "dataSource of the table t"),
    ],
)
def test_what_cannot_be_computed_or_shown_is_refused_when_the_form_is_deployed(component, says):
    assert [says in sentence for sentence in refusals(component)] == ([] if says is None else [True])


def test_expressions_see_a_moment_as_the_case_will_hold_it():
    """form-js sends no seconds, and FEEL asks for them."""
    made = form(
        field("datetime", key="at", subtype="datetime"),
        field("datetime", key="clock", subtype="time"),
        field(
            "textfield",
            required=True,
            hide='=date and time(at) < date and time("2024-04-01T00:00:00+08:00") or time(clock) < time("08:00:00")',
        ),
    )
    assert load(made, {"at": "2024-03-31T09:30+08:00", "clock": "09:30"})["at"] is not None
    assert list(problems(made, {"at": "2024-04-01T09:30+08:00", "clock": "09:30"})) == ["x"]


def test_a_row_of_which_the_browser_shows_nothing_comes_as_null():
    made = form(rows(field("textfield", key="a"), properties={"minRows": "2"}))
    assert load(made, {"rows": [None, {"a": "1"}]}) == {"rows": [{"a": None}, {"a": "1"}]}
