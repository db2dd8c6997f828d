"""/api/queues: what a role and a unit have to do, counted and a page at a time."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, time, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest

PATROL = Path(__file__).with_name("patrol.bpmn")
SHANGHAI = ZoneInfo("Asia/Shanghai")

_names = (f"巡查{number}" for number in count(1))


@pytest.fixture
def role(ask, join):
    """The name of a role that nobody else has: of wu in 陈坊村 and of xu in 汤村, by names that go with it."""
    ask.upload([("patrol.bpmn", PATROL.read_bytes())])
    name = next(_names)
    join(f"wu.{name[2:]}", (name, "陈坊村"), name="吴海")
    join(f"xu.{name[2:]}", (name, "汤村"), name="徐丽")
    return name


@pytest.fixture
def wu(role):
    """The user name of whoever holds the role in 陈坊村."""
    return f"wu.{role[2:]}"


@pytest.fixture
def open_task(ask):
    """open_task(*groups, due=None, priority=50) -> the key of a new task."""

    def start(*groups, due=None, priority=50, business_id=None):
        given = {"groups": groups, "priority": priority, "due": due and due.isoformat()}
        named = {} if business_id is None else {"businessId": business_id}
        return ask.tasks(ask.start("patrol", variables=given, **named))[0]

    return start


def look(api, role, by, **query):
    """The page of a queue."""
    asked = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
    return api.json("GET", f"/queues/{quote(role)}/tasks?{asked}", by=by)


def keys(page):
    return [task["key"] for task in page["tasks"]]


def counts(api, by):
    return {queue.pop("group"): queue for queue in api.json("GET", "/queues", by=by)["queues"]}


def noon(days):
    """Noon in Shanghai, so many days from today."""
    return datetime.combine(datetime.now(SHANGHAI).date() + timedelta(days=days), time(12), SHANGHAI)


def test_a_task_is_shown_as_an_inbox_needs_it(api, ask, open_task, role, wu):
    # when
    key = open_task(role, due=datetime(2030, 1, 31, 9, tzinfo=UTC), priority=70, business_id="YH-2024-0001")

    # then
    (task,) = look(api, role, wu)["tasks"]
    created = datetime.fromisoformat(task.pop("created"))
    assert abs(datetime.now(UTC) - created) < timedelta(minutes=5)
    assert task == {
        "key": key,
        "name": "现场巡查",
        "element": "look",
        "process": "patrol",
        "instance": ask.json("GET", f"/user-tasks/{key}")["processInstanceKey"],
        "business_id": "YH-2024-0001",
        "assignee": None,
        "status": "CREATED",
        "priority": 70,
        "due": "2030-01-31T09:00:00.000Z",
        "groups": [role],
    }


class TestOrder:
    """Of a queue's tasks."""

    def test_by_due_date_those_without_one_last(self, api, open_task, role, wu):
        without, late, soon = open_task(role), open_task(role, due=noon(9)), open_task(role, due=noon(3))
        assert keys(look(api, role, wu)) == keys(look(api, role, wu, order="due")) == [soon, late, without]

    def test_by_age(self, api, open_task, role, wu):
        opened = [open_task(role, due=noon(days)) for days in (9, 3, 6)]
        assert keys(look(api, role, wu, order="created")) == opened

    def test_by_priority_the_most_urgent_first(self, api, open_task, role, wu):
        low, high, middle = (open_task(role, priority=priority) for priority in (10, 90, 50))
        assert keys(look(api, role, wu, order="priority")) == [high, middle, low]


class TestPages:
    """A queue is read a page at a time."""

    @pytest.mark.parametrize("order", ["due", "created", "priority"])
    def test_pages_follow_one_another_without_a_gap_and_without_doubles(self, api, open_task, role, wu, order):
        # given: several with the same due date and priority
        for days in (5, 5, None, None, 5):
            open_task(role, due=days and noon(days))
        whole = keys(look(api, role, wu, order=order))

        # when
        seen, after, pages = [], None, 0
        while pages == 0 or after:
            page = look(api, role, wu, order=order, limit=2, **({"after": after} if after else {}))
            seen, after, pages = seen + keys(page), page["after"], pages + 1

        # then
        assert (seen, pages, len(whole)) == (whole, 3, 5)

    def test_a_page_that_is_just_full_is_the_last_one(self, api, open_task, role, wu):
        opened = [open_task(role), open_task(role)]
        page = look(api, role, wu, limit=2, order="created")
        assert (keys(page), page["after"]) == (opened, None)

    def test_what_is_done_between_two_pages_moves_nothing(self, api, ask, open_task, role, wu):
        # given
        first, second, third = (open_task(role) for _ in range(3))
        page = look(api, role, wu, limit=1, order="created")
        assert keys(page) == [first]

        # when
        ask("POST", f"/user-tasks/{first}/completion", by=wu)

        # then
        assert keys(look(api, role, wu, order="created", after=page["after"])) == [second, third]

    @pytest.mark.parametrize(
        "position",
        [
            None,
            5,
            "abc",
            [],
            ["2024-01-01T00:00:00+00:00"],
            ["2024-01-01T00:00:00+00:00", 1, 2],
            ["2024-01-01T00:00:00", 1],
            ["0001-01-01T00:00:00+08:00", 1],
            [5, 1],
            ["\x00", 1],
            ["2024-01-01T00:00:00+00:00", "1"],
            ["2024-01-01T00:00:00+00:00", 1.5],
            ["2024-01-01T00:00:00+00:00", True],
            ["2024-01-01T00:00:00+00:00", 10**19],
            ["2024-01-01T00:00:00+00:00", 10**30],
            {"2024-01-01T00:00:00+00:00": 1, "1": 1},
        ],
    )
    def test_what_is_no_cursor_is_refused(self, api, position):
        cursor = urlsafe_b64encode(json.dumps(position).encode()).decode()
        sentence = api.refused(400, "GET", f"/queues/{quote('居村')}/tasks?after={cursor}", by="li")
        assert sentence == "Expected `after` to be the cursor of the page before, but it is not one"

    @pytest.mark.parametrize("cursor", ["x", "%FF", "e30", "====", "é"])
    def test_what_is_not_even_encoded_is_refused(self, api, cursor):
        assert "cursor of the page before" in api.refused(400, "GET", f"/queues/{quote('居村')}/tasks?after={cursor}", by="li")

    def test_a_cursor_of_another_order_is_refused(self, api, open_task, role, wu):
        open_task(role), open_task(role)
        after = look(api, role, wu, limit=1, order="due")["after"]
        assert "cursor" in api.refused(400, "GET", f"/queues/{quote(role)}/tasks?order=priority&after={after}", by=wu)

    @pytest.mark.parametrize(
        ("query", "field"),
        [("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("order=name", "order"), ("assignee=li", "assignee")],
    )
    def test_a_parameter_out_of_bounds_is_named(self, api, query, field):
        assert api.refused(400, "GET", f"/queues/{quote('居村')}/tasks?{query}", by="li").startswith(f"{field}: ")


def test_only_mine_only_nobody_s_or_all(api, ask, open_task, role, wu):
    # given
    mine, free, other = (open_task(role) for _ in range(3))
    ask("POST", f"/user-tasks/{mine}/assignment", {"assignee": wu}, by=wu)
    ask("POST", f"/user-tasks/{other}/assignment", {"assignee": f"xu.{role[2:]}"}, by="admin")

    # then
    assert keys(look(api, role, wu, order="created")) == [mine, free, other]
    assert keys(look(api, role, wu, assignee="me")) == [mine]
    assert keys(look(api, role, wu, assignee="nobody")) == [free]


class TestWho:
    """May look into which queue."""

    def test_a_unit_s_queue_is_its_own(self, api, open_task, role, wu):
        # given
        ours, theirs, everybody_s = open_task(f"{role}@陈坊村"), open_task(f"{role}@汤村"), open_task(role)

        # then
        assert keys(look(api, f"{role}@陈坊村", wu)) == [ours]
        assert keys(look(api, role, wu)) == [everybody_s]
        sentence = api.refused(403, "GET", f"/queues/{quote(role)}@{quote('汤村')}/tasks", by=wu)
        assert sentence == f"Expected a member of {role}@汤村 to look into its queue, but {wu} is not one"
        assert keys(look(api, f"{role}@汤村", f"xu.{role[2:]}")) == [theirs]

    @pytest.mark.parametrize("other", ["li", "zhao", "drawer"])
    def test_other_roles_are_refused(self, api, role, other):
        assert "Expected a member of" in api.refused(403, "GET", f"/queues/{quote(role)}/tasks", by=other)

    @pytest.mark.parametrize("overseer", ["admin", "auditor", "robot"])
    def test_those_who_see_everything_look_into_every_queue(self, api, open_task, role, overseer):
        key = open_task(role)
        assert keys(look(api, role, overseer)) == [key]
        assert counts(api, overseer)[role]["open"] == 1

    def test_a_queue_that_does_not_exist_is_empty_to_them(self, api):
        assert look(api, "没有这个岗位", "auditor") == {"tasks": [], "after": None}

    def test_a_name_that_no_database_could_hold_is_refused(self, api):
        assert "without NUL" in api.refused(400, "GET", "/queues/%00/tasks", by="auditor")

    def test_whoever_is_not_signed_in_learns_nothing(self, api, role):
        api.refused(401, "GET", "/queues", by=None)
        api.refused(401, "GET", f"/queues/{quote(role)}/tasks", by=None)


class TestCounts:
    """Of the caller's queues."""

    def test_every_queue_of_the_caller_is_there_also_an_empty_one(self, api, role, wu):
        nothing = {"open": 0, "mine": 0, "due": 0, "overdue": 0}
        assert counts(api, wu) == {role: nothing, f"{role}@陈坊村": nothing}

    def test_what_is_open_mine_due_today_and_overdue(self, api, ask, open_task, role, wu):
        # given
        mine = open_task(role)
        ask("POST", f"/user-tasks/{mine}/assignment", {"assignee": wu}, by=wu)
        open_task(role, due=datetime.now(UTC) - timedelta(minutes=1))
        open_task(role, due=noon(-3))
        open_task(role, due=noon(1))
        open_task(f"{role}@陈坊村", due=noon(-1))

        # then
        assert counts(api, wu) == {
            role: {"open": 4, "mine": 1, "due": 0, "overdue": 2},
            f"{role}@陈坊村": {"open": 1, "mine": 0, "due": 0, "overdue": 1},
        }
        assert counts(api, f"xu.{role[2:]}")[role]["mine"] == 0

    def test_today_ends_at_midnight_in_shanghai(self, api, ask, open_task, role, wu):
        # given: it is half past eleven in the evening there
        evening = datetime.combine(noon(30).date(), time(23, 30), SHANGHAI)
        open_task(role, due=evening + timedelta(minutes=29))
        open_task(role, due=evening + timedelta(minutes=31))

        # when
        ask("PUT", "/clock", {"timestamp": int(evening.timestamp() * 1000)})
        try:
            found = counts(api, wu)[role]
        finally:
            ask("POST", "/clock/reset")

        # then
        assert found == {"open": 2, "mine": 0, "due": 1, "overdue": 0}

    def test_what_is_done_counts_no_more(self, api, ask, open_task, role, wu):
        key = open_task(role)
        assert counts(api, wu)[role]["open"] == 1
        ask("POST", f"/user-tasks/{key}/completion", by=wu)
        assert counts(api, wu)[role]["open"] == 0
        assert keys(look(api, role, wu)) == []
