"""Filters by place and by condition."""

import pytest

from engine import feel

PEOPLE = [{"name": "李娜", "age": 31}, {"name": "王伟", "age": 25}, {"name": "张敏", "age": None}]


@pytest.mark.parametrize(
    "text, value",
    [
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][n]", "2"),
        ("[1, 2, 3][count([1, 2])]", "2"),
        ("[1, 2, 3][item > 1]", "[2, 3]"),
        ("[1, 2, 3][true]", "[1, 2, 3]"),
        ("[1, 2, 3][false]", "[]"),
        ("[1, 2, 3][null]", "[]"),
        ("people[age > 30].name", '["李娜"]'),
        ("people[age > 30][1].name", '"李娜"'),
        ('people[name = "王伟"].age', "[25]"),
        ("people[item.age = null].name", '["张敏"]'),
        ("5[1]", "5"),
        ("5[item > 3]", "[5]"),
        ("5[item > 9]", "[]"),
        ("[][1]", "null"),
        ("[][item > 1]", "[]"),
        ("[][n]", "null"),
        ("[{item: 1}, {item: 5}][item > 3]", "[{item: 5}]"),
        ("[[1, 2], [3]][1][2]", "2"),
        ("[[1, 2], [3]][count(item) > 1]", "[[1, 2]]"),
        ("people[age > n * 10].name", '["李娜", "王伟"]'),
        ("[1, 2, 3][item > 1][1]", "2"),
        ("[{a: [1, 2]}, {a: [3]}].a", "[[1, 2], [3]]"),
        ("people[-1].name", '"张敏"'),
    ],
)
def test_filters(said, text, value):
    assert said(text, people=PEOPLE, n=2) == value


def test_an_entry_of_the_item_hides_a_variable_outside(said):
    assert said("for age in [30] return count(people[age > 26])", people=PEOPLE) == "[1]"


@pytest.mark.parametrize(
    "text, why",
    [
        ("[1, 2][3]", "Expected a place from 1 to 2, but found number 3"),
        ("[1, 2][0]", "Expected a place from 1 to 2, but found number 0"),
        ("null[1]", "Expected a list to filter, but found null"),
        ("null[item > 1]", "Expected a list to filter, but found null"),
    ],
)
def test_what_is_not_there_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why


def test_an_empty_list_leaves_no_reason():
    scope = feel.Scope({"xs": []})
    assert feel.expression("xs[price > 3]")(scope) == []
    assert scope.env.warnings == []
