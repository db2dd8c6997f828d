"""engine/store/search.py: what operators mean, orders, and pages by offset and by cursor in both directions."""

from itertools import pairwise

import pytest
from sqlalchemy import insert, update

from engine.domain.errors import Invalid
from engine.store import search
from engine.store.models import ElementInstance, UserTask
from engine.store.search_instances import ELEMENTS, INSTANCES
from engine.store.search_pages import Page
from engine.store.search_tasks import TASKS
from tests.engine.store.filled import ADMIN, LI, MIDNIGHT

EVERY = [1001, 1002, 2001, 2002, 3001, 3002]


@pytest.fixture
def found(filled):
    """found(wanted, sort, **page) -> the keys of the user tasks on that page."""

    def ask(wanted=None, sort=(), **page):
        return keys(search.search(filled, TASKS, ADMIN, wanted, sort, Page(**page)))

    return ask


def keys(page):
    return [row["user_task_key"] for row in page.items]


def hours(number):
    return MIDNIGHT.replace(hour=number)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"assignee": {"eq": "li"}}, [1002, 2002, 3002]),
        ({"assignee": {"neq": "li"}}, [1001, 2001, 3001]),  # also those that nobody has
        ({"assignee": {"exists": True}}, [1002, 2002, 3002]),
        ({"assignee": {"exists": False}}, [1001, 2001, 3001]),
        ({"assignee": {"in": ["li", "sun"]}}, [1002, 2002, 3002]),
        ({"assignee": {"in": []}}, []),
        ({"assignee": {"not_in": ["sun"]}}, EVERY),
        ({"assignee": {"not_in": ["li"]}}, [1001, 2001, 3001]),
        ({"user_task_key": {"gt": 2001}}, [2002, 3001, 3002]),
        ({"user_task_key": {"gte": 2001, "lt": 3002}}, [2001, 2002, 3001]),
        ({"user_task_key": {"lte": 1001}}, [1001]),
        ({"creation_date": {"gt": hours(2)}}, [2001, 2002, 3001, 3002]),
        ({"due_date": {"lt": hours(23)}}, [1002, 2002, 3002]),
        ({"due_date": {"exists": False}}, [1001, 2001, 3001]),
        ({"priority": {"eq": 52}, "process_instance_key": {"eq": 2000}}, [2002]),
        ({"process_instance_key": {"neq": 2000}}, [1001, 1002, 3001, 3002]),
        ({"business_id": {"like": "case-?"}, "element_id": {"eq": "repair1"}}, [1001, 2001, 3001]),
        ({"or_": [{"user_task_key": {"eq": 1001}}, {"priority": {"eq": 52}, "business_id": {"eq": "case-3"}}]}, [1001, 3002]),
        ({"or_": [{"user_task_key": {"eq": 1001}}], "assignee": {"eq": "li"}}, []),
        ({"or_": []}, EVERY),
        ({"or_": [{}]}, EVERY),
    ],
)
def test_an_operator_means_the_same_on_both_databases(found, wanted, expected):
    assert found(wanted) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("A*", True), ("a*", False), ("A[1]*", True), ("A?1?\\*", True), ("*]\\*", True), ("A[1]\\*", True), ("A[1]", False),
        ("a%*", False), ("*", True), ("", False), ("A[1]\\**", True), ("A[1]?", True), ("A[1]??", False),
    ],
)  # fmt: skip
def test_a_pattern_knows_star_and_question_mark_and_takes_everything_else_literally(found, pattern, expected):
    """The name of every first task is A[1]*."""
    assert found({"name": {"like": pattern}, "element_id": {"eq": "repair1"}}) == ([1001, 2001, 3001] if expected else [])


def test_the_wildcards_of_sql_are_none(found):
    """The name of every second task is a%_b."""
    assert found({"name": {"like": "a%_b"}}) == found({"name": {"like": "a??b"}}) == [1002, 2002, 3002]
    assert found({"name": {"like": "%"}}) == found({"name": {"like": "____"}}) == []


def test_candidates_are_many_values_and_the_negative_operators_mean_none_of_them(found):
    assert found({"candidate_group": {"eq": "居村"}}) == EVERY
    assert found({"candidate_group": {"neq": "居村"}}) == []
    assert found({"candidate_group": {"eq": "user:sun"}}) == []
    assert found({"candidate_user": {"eq": "sun"}}) == [1002, 2002, 3002]
    assert found({"candidate_user": {"not_in": ["sun", "li"]}}) == [1001, 2001, 3001]
    assert found({"candidate_user": {"exists": False}}) == [1001, 2001, 3001]
    assert found({"candidate_user": {"like": "s*"}}) == [1002, 2002, 3002]


def test_variables_and_tags(found, filled):
    def instances(wanted):
        return [row["process_instance_key"] for row in search.search(filled, INSTANCES, ADMIN, wanted).items]

    assert instances({"variables": {"has": [("amount", {"eq": "1.50"}), ("level", {"neq": '"low"'})]}}) == [1000]
    assert instances({"variables": {"has": [("level", {"eq": '"own"'})]}}) == []  # of the task, not of the process
    assert instances({"variables": {"has": [("level", {"exists": False})]}}) == [2000, 3000]
    assert found({"local_variables": {"has": [("level", {"eq": '"own"'})]}}) == [1001]
    assert instances({"tags": {"has": ["urgent", "tag_1"]}}) == [1000]
    assert instances({"tags": {"has": ["urgent", "tagx1"]}}) == instances({"tags": {"has": ["urg*"]}}) == []


def test_an_order_ends_with_the_key_in_its_own_direction_and_what_is_absent_comes_last(found):
    assert found(sort=[("due_date", True)]) == [1002, 2002, 3002, 1001, 2001, 3001]
    assert found(sort=[("due_date", False)]) == [3002, 2002, 1002, 3001, 2001, 1001]
    assert found(sort=[("assignee", True), ("user_task_key", False)]) == [3002, 2002, 1002, 3001, 2001, 1001]
    assert found(sort=[("tenant_id", False)]) == found(sort=[("user_task_key", False)]) == EVERY[::-1]


@pytest.mark.parametrize(
    "sort",
    [
        [],
        [("creation_date", False)],
        [("due_date", True)],
        [("due_date", False)],
        [("assignee", True), ("priority", False)],
        [("element_id", False), ("due_date", True)],
    ],
    ids=str,
)
@pytest.mark.parametrize("limit", [1, 2, 4])
def test_cursors_lead_through_all_pages_and_back(filled, found, sort, limit):
    # given
    whole, pages = found(sort=sort), []

    # when
    page = search.search(filled, TASKS, ADMIN, None, sort, Page(limit=limit))
    while page.items:
        pages.append(page)
        page = search.search(filled, TASKS, ADMIN, None, sort, Page(limit=limit, after=page.end))

    # then
    assert [key for page in pages for key in keys(page)] == whole
    for earlier, later in pairwise(pages):
        assert keys(search.search(filled, TASKS, ADMIN, None, sort, Page(limit=limit, before=later.start))) == keys(earlier)
    assert search.search(filled, TASKS, ADMIN, None, sort, Page(limit=limit, before=pages[0].start)).items == []
    assert {page.total for page in pages} == {6}


def test_a_cursor_loses_and_doubles_nothing_while_rows_come_and_go(filled):
    sort = [("creation_date", True)]
    first = search.search(filled, TASKS, ADMIN, None, sort, Page(limit=3))

    filled.execute(update(UserTask).where(UserTask.key == 1002).values(created=MIDNIGHT.replace(year=2025)))
    filled.execute(update(UserTask).where(UserTask.key == 3002).values(created=MIDNIGHT.replace(year=2023)))
    second = search.search(filled, TASKS, ADMIN, None, sort, Page(limit=9, after=first.end))

    assert (keys(first), keys(second)) == ([1001, 1002, 2001], [2002, 3001, 1002])


@pytest.mark.parametrize("text", ["", "x", "bm8=", "W10=", "WyJ1c2VyX3Rhc2tfa2V5IixbXV0=", "WyJ1c2VyX3Rhc2tfa2V5IixbInRydWUiXV0="])
def test_what_is_no_cursor_is_refused_by_the_name_of_its_field(found, text):
    with pytest.raises(Invalid, match=r"Expected page\.after to be a cursor that this search gave out") as raised:
        found(after=text)
    assert list(raised.value.details["problems"]) == ["page.after"]


def test_a_cursor_of_another_order_is_refused(filled, found):
    other = search.search(filled, TASKS, ADMIN, None, [("priority", True)]).end

    with pytest.raises(Invalid, match="but it belongs to another order"):
        found(sort=[("priority", False)], before=other)


def test_an_offset_leaves_rows_out_and_the_total_stays(filled):
    page = search.search(filled, TASKS, ADMIN, None, (), Page(start=4, limit=10))
    assert (keys(page), page.total, page.more) == ([3001, 3002], 6, False)
    beyond = search.search(filled, TASKS, ADMIN, None, (), Page(start=40))
    assert (beyond.items, beyond.total, beyond.start, beyond.end) == ([], 6, None, None)


def test_counting_stops_at_ten_thousand_and_says_that_there_are_more(filled):
    def elements(numbers):
        of_case = {"instance_key": 1000, "root_key": 1000, "scope": 1, "element_id": "again", "type": "USER_TASK", "status": "COMPLETED"}
        filled.execute(insert(ElementInstance), [{**of_case, "key": 10**6 + n, "number": n, "started": MIDNIGHT} for n in numbers])
        page = search.search(filled, ELEMENTS, ADMIN, {"element_id": {"eq": "again"}}, (), Page(limit=1))
        return page.total, page.more

    assert elements(range(100, 10_100)) == (10_000, False)
    assert elements([20_000]) == (10_000, True)


def test_one_is_found_by_its_key(filled):
    row = search.get(filled, TASKS, LI, 1002)

    assert (row["user_task_key"], row["name"], row["process_name"], row["custom_headers"]) == (1002, "a%_b", "整改", {"a": "b"})
    assert (row["candidate_groups"], row["tags"]) == (["居村"], ["urgent", "tag_1"])
    assert search.get(filled, TASKS, LI, 999) is None
