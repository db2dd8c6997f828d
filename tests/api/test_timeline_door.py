"""/api/instances/{key}/timeline: what happened to a case, as people read it."""

import json
from base64 import urlsafe_b64encode
from datetime import datetime

import pytest

from tests.api.v2 import people


@pytest.fixture(scope="module")
def case(app):
    """The key of a case of li's that was started, taken and reported."""
    ask = people.Caller(app.test_client())
    ask.deploy("repair.bpmn", "repair_report.form")
    key = ask.start("repair", by="li", variables={"place": "陈坊村18号"}, businessId="YH-2024-0007")
    (task,) = ask.tasks(key, by="li")
    assert ask("POST", f"/user-tasks/{task}/assignment", {"assignee": "li", "allowOverride": False}, by="li").status_code == 204
    assert ask("POST", f"/user-tasks/{task}/completion", {"variables": {"done": "已整改", "cost": 12.5}}, by="li").status_code == 204
    return key


def told(api, case, by="li", **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return api.json("GET", f"/instances/{case}/timeline?{asked}", by=by)


def test_it_tells_who_did_what_in_the_order_of_time(api, case):
    # when
    entries = told(api, case)["entries"]

    # then
    assert [entry["kind"] for entry in entries] == ["instance:started", "task:claimed", "task:completed"]
    assert [entry["seq"] for entry in entries] == [1, 2, 3]
    assert {(entry["actor"], entry["actor_name"], entry["behalf_of"], entry["chain"]) for entry in entries} == {("li", "李娜", None, case)}
    assert [entry["element_name"] for entry in entries] == [None, "报告整改情况", "报告整改情况"]
    moments = [datetime.fromisoformat(entry["at"]) for entry in entries]
    assert moments == sorted(moments) and moments[0].utcoffset() is not None


def test_each_entry_is_a_sentence_in_chinese_and_in_english(api, case):
    started, claimed, completed = told(api, case)["entries"]
    assert started["sentence"].startswith("李娜 启动了流程")
    assert started["english"].startswith("李娜 started process")
    for entry in (claimed, completed):
        assert "李娜" in entry["sentence"] and "报告整改情况" in entry["sentence"]
        assert "李娜" in entry["english"]
        assert entry["sentence"] != entry["english"]


def test_it_tells_what_was_filed_with_exact_numbers(api, case):
    answer = api("GET", f"/instances/{case}/timeline", by="li")
    assert '"cost":"12.5"' in answer.text
    assert "陈坊村18号" in answer.text


def test_pages_follow_one_another(api, case):
    # given
    whole = told(api, case)

    # when
    first = told(api, case, limit=2)
    second = told(api, case, limit=2, after=first["after"])

    # then
    assert first["entries"] + second["entries"] == whole["entries"]
    assert (len(first["entries"]), second["after"], whole["after"]) == (2, None, None)


@pytest.mark.parametrize("by", ["li", "sun", "admin", "auditor", "robot"])
def test_whoever_sees_the_case_sees_its_timeline(api, case, by):
    assert len(told(api, case, by)["entries"]) == 3


@pytest.mark.parametrize("by", ["zhao", "drawer"])
def test_to_anybody_else_there_is_no_such_case(api, case, by):
    assert api.refused(404, "GET", f"/instances/{case}/timeline", by=by) == (
        f"Expected a process instance with key {case}, but there is none that {by} can see"
    )
    assert "there is none" in api.refused(404, "GET", "/instances/77/timeline", by=by)


@pytest.mark.parametrize("key", ["x", "-1", "1.5", "9223372036854775808", "99999999999999999999999"])
def test_a_key_that_is_none_is_refused(api, key):
    assert "Expected key to be a key" in api.refused(400, "GET", f"/instances/{key}/timeline", by="li")


@pytest.mark.parametrize(
    "position",
    [
        None,
        "abc",
        [],
        ["2024-01-01T00:00:00Z", 1],
        ["1", 1, 1],
        [1, 1, 1],
        ["\x00", 1, 1],
        ["2024-01-01T00:00:00Z", "1", 1],
        ["2024-01-01T00:00:00Z", 1, 1.5],
        ["2024-01-01T00:00:00Z", 10**19, 1],
        ["2024-01-01T00:00:00Z", 1, 1 << 31],
        ["2024-01-01T00:00:00Z", 1, 10**30],
    ],
)
def test_what_is_no_cursor_is_refused(api, case, position):
    cursor = urlsafe_b64encode(json.dumps(position).encode()).decode()
    sentence = api.refused(400, "GET", f"/instances/{case}/timeline?after={cursor}", by="li")
    assert sentence == "Expected `after` to be the cursor of the page before, but it is not one"


@pytest.mark.parametrize("limit", ["0", "1001", "x"])
def test_a_page_has_bounds(api, case, limit):
    assert api.refused(400, "GET", f"/instances/{case}/timeline?limit={limit}", by="li").startswith("limit: ")
