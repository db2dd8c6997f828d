"""What an auditor looks at is written down in a chain of their own; what others look at, and what is nobody's secret, is not."""

import pytest
from sqlalchemy import select

from engine.store.records import History, HistoryChain
from tests.api.v2.people import Caller


@pytest.fixture
def noted(app):
    """noted(username="auditor") -> [(subject, reason)] of the looks that were added since the test began."""

    def told(username):
        chain = select(HistoryChain.chain).where(HistoryChain.subject == f"access:{username}").scalar_subquery()
        with app.extensions["engine"].store.read() as connection:
            bodies = connection.execute(select(History.body).where(History.chain == chain).order_by(History.seq)).scalars()
            return [(data["subject"], data["reason"]) for data in (app.json.loads(body)["data"] for body in bodies)]

    before = {name: len(told(name)) for name in ("auditor", "li", "admin")}
    return lambda username="auditor": told(username)[before[username] :]


@pytest.fixture(scope="module")
def case(app):
    """The key of a case of li's."""
    ask = Caller(app.test_client())
    ask.deploy("straight.bpmn", "repair.bpmn", "repair_report.form")
    key = ask.start("repair", by="li", variables={"place": "陈坊村18号"})
    (task,) = ask.tasks(key, by="li")
    assert ask("POST", f"/user-tasks/{task}/assignment", {"assignee": "li", "allowOverride": False}, by="li").status_code == 204
    return key


SEARCHES = {
    "for whom a task is": ("user-tasks", {"assignee": "li"}, "跨案件检索（办理人：li）"),
    "for one of several": ("user-tasks", {"assignee": {"$in": ["sun", "li"]}}, "跨案件检索（办理人：sun、li）"),
    "in an alternative": ("user-tasks", {"$or": [{"candidateUser": "li"}, {"state": "CREATED"}]}, "跨案件检索（候选人：li）"),
    "for a value, which is not told": ("variables", {"name": "idcard", "value": '"310117197503120016"'}, "跨案件检索（变量内容）"),
    "for cases that know something": (
        "process-instances", {"variables": [{"name": "place", "value": '"陈坊村18号"'}]}, "跨案件检索（变量内容）"
    ),
    "for all that is open": ("user-tasks", {"state": "CREATED"}, None),
    "for a process": ("process-instances", {"processDefinitionId": "repair"}, None),
    "for anything": ("user-tasks", {}, None),
}  # fmt: skip


@pytest.mark.parametrize(("what", "wanted", "subject"), SEARCHES.values(), ids=SEARCHES)
def test_an_auditor_s_search_for_a_person_or_a_text_across_cases_is_noted(ask, noted, what, wanted, subject):
    for who in ("auditor", "li", "admin"):
        ask.json("POST", f"/{what}/search", {"filter": wanted}, by=who)

    assert noted() == ([(subject, "审计查阅")] if subject else [])
    assert noted("li") == noted("admin") == []


def test_a_search_inside_of_one_case_is_not(ask, noted, case):
    ask.json("POST", "/user-tasks/search", {"filter": {"processInstanceKey": case, "assignee": "li"}}, by="auditor")

    assert noted() == []


def test_the_course_of_a_case_is_noted_once_however_many_pages_it_has(api, noted, case):
    # given
    after = api.json("GET", f"/instances/{case}/timeline?limit=1", by="auditor")["after"]

    # when
    api.json("GET", f"/instances/{case}/timeline?limit=1&after={after}", by="auditor")
    api.json("GET", f"/instances/{case}/timeline", by="li")
    api.refused(404, "GET", "/instances/77/timeline", by="auditor")

    # then
    assert noted() == [(f"流程实例 {case} 的经过", "审计查阅")]
    assert noted("li") == []


class TestTheFile:
    """GET /api/instances/{key}/history"""

    def test_who_takes_it_and_why_is_noted_each_time(self, api, noted, case):
        first = api("GET", f"/instances/{case}/history?reason=案卷评查", by="auditor", headers={"Idempotency-Key": "once"})
        again = api("GET", f"/instances/{case}/history", by="auditor", headers={"Idempotency-Key": "once"})
        by_admin = api("GET", f"/instances/{case}/history", by="admin")

        assert first.mimetype == "application/x-ndjson" and first.text.splitlines()[-1].startswith('{"type":"end"')
        assert first.headers["Content-Disposition"] == f"attachment; filename={case}.jsonl"
        assert first.text == again.text == by_admin.text
        subject = f"流程实例 {case}"
        assert noted() == [(subject, "案卷评查"), (subject, "审计查阅")] and noted("admin") == [(subject, "审计查阅")]

    @pytest.mark.parametrize("who", ["li", "drawer", "robot"])
    def test_it_is_an_auditor_s_or_administrator_s_to_take(self, api, noted, case, who):
        assert "Expected an auditor or administrator" in api.refused(403, "GET", f"/instances/{case}/history", by=who)

    def test_what_is_refused_is_no_look(self, api, noted, case):
        assert "but there is none" in api.refused(404, "GET", "/instances/77/history", by="auditor")
        api.refused(400, "GET", f"/instances/{case}/history?reason=", by="auditor")
        assert noted() == []
