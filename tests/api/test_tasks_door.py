"""/api/tasks: the second officer confirms or declines; what is typed is kept until it is handed in."""

import json

import pytest

from tests.api.v2 import people

#: A key with which nothing was ever made.
NOTHING = 77


@pytest.fixture
def filed(ask):
    """The key of an inspection that li filed and that waits for another officer."""
    ask.deploy("officers.bpmn")
    (key,) = ask.tasks(ask.start("officers"))
    assert ask("POST", f"/user-tasks/{key}/completion", {"variables": {"finding": "通道堵塞"}}, by="li").status_code == 204
    return key


@pytest.fixture
def report(ask):
    """The key of a task that stands in the queue of li and sun."""
    ask.deploy("repair.bpmn", "repair_report.form")
    (key,) = ask.tasks(ask.start("repair"))
    return key


def state(ask, key):
    return ask.json("GET", f"/user-tasks/{key}")["state"]


class TestConfirmation:
    """By an officer who is not the one who filed."""

    def test_another_officer_s_confirmation_completes_the_task(self, api, ask, filed):
        # given
        assert state(ask, filed) == "COMPLETING"

        # when
        answer = api("POST", f"/tasks/{filed}/confirmation", by="sun")

        # then
        assert (answer.status_code, answer.data) == (204, b"")
        assert state(ask, filed) == "COMPLETED"

    def test_whoever_filed_cannot_confirm(self, api, ask, filed):
        sentence = api.refused(403, "POST", f"/tasks/{filed}/confirmation", by="li")
        assert "Expected another officer than li" in sentence
        assert api.json("POST", f"/tasks/{filed}/confirmation", by="li", status=403)["title"] == "SEPARATION_OF_DUTY"
        assert state(ask, filed) == "COMPLETING"

    def test_to_another_role_there_is_no_such_task(self, api, filed):
        assert "none that zhao can see" in api.refused(404, "POST", f"/tasks/{filed}/confirmation", by="zhao")

    def test_an_auditor_sees_it_and_may_not(self, api, filed):
        assert "Expected a member of 居村" in api.refused(403, "POST", f"/tasks/{filed}/confirmation", by="auditor")

    def test_what_waits_for_nobody_cannot_be_confirmed(self, api, report):
        assert "waits for no further officer" in api.refused(409, "POST", f"/tasks/{report}/confirmation", by="li")

    def test_a_request_that_is_sent_twice_is_done_once(self, api, filed):
        for _ in range(2):
            answer = api("POST", f"/tasks/{filed}/confirmation", by="sun", headers={"Idempotency-Key": f"confirm {filed}"})
            assert answer.status_code == 204
        api.refused(409, "POST", f"/tasks/{filed}/confirmation", by="sun")

    @pytest.mark.parametrize("key", ["", "x" * 256])
    def test_a_key_for_repeating_has_bounds(self, api, filed, key):
        sentence = api.refused(400, "POST", f"/tasks/{filed}/confirmation", by="sun", headers={"Idempotency-Key": key})
        assert "Idempotency-Key of 1 to 255" in sentence


class TestDeclining:
    """It goes back to whoever filed it."""

    def test_it_is_open_again_with_its_reason_in_the_timeline(self, api, ask, filed):
        # when
        answer = api("DELETE", f"/tasks/{filed}/confirmation", {"reason": " 照片不清 "}, by="sun")

        # then
        assert answer.status_code == 204
        assert state(ask, filed) == "CREATED"
        case = ask.json("GET", f"/user-tasks/{filed}")["processInstanceKey"]
        last = api.json("GET", f"/instances/{case}/timeline")["entries"][-1]
        assert (last["kind"], last["actor_name"], last["data"]["reason"]) == ("task:declined", "孙强", "照片不清")
        assert "照片不清" in last["sentence"]

    @pytest.mark.parametrize("body", [{"reason": ""}, {"reason": " "}, {}, {"reason": None}, {"reason": 5}, {"reason": "x", "more": 1}, []])
    def test_a_reason_is_needed_and_nothing_else(self, api, ask, filed, body):
        assert api.json("DELETE", f"/tasks/{filed}/confirmation", body, by="sun", status=400)["title"] == "INVALID_ARGUMENT"
        assert state(ask, filed) == "COMPLETING"

    def test_whoever_filed_cannot_decline(self, api, filed):
        assert "took part in it already" in api.refused(403, "DELETE", f"/tasks/{filed}/confirmation", {"reason": "重填"}, by="li")


class TestDrafts:
    """Of a person, for a task."""

    def keep(self, api, key, values, revision=None, by="li", status=200):
        body = {"values": values} if revision is None else {"values": values, "revision": revision}
        return api.json("PUT", f"/tasks/{key}/draft", body, by, status)

    def read(self, api, key, by="li"):
        return api.json("GET", f"/tasks/{key}/draft", by=by)

    def test_whoever_has_not_begun_has_an_empty_one(self, api, report):
        assert self.read(api, report) == {"values": {}, "revision": 0, "saved": None}

    def test_what_was_typed_is_there_again(self, api, report):
        # when
        kept = self.keep(api, report, {"done": "已清理通道", "cost": None})

        # then
        assert (kept["values"], kept["revision"]) == ({"done": "已清理通道", "cost": None}, 1)
        found = self.read(api, report)
        assert (found["values"], found["revision"]) == (kept["values"], 1)
        assert found["saved"].endswith("Z") and kept["saved"] == found["saved"]

    def test_numbers_are_kept_as_they_were_typed(self, api, report):
        # when
        body = '{"values": {"cost": 12345678901234567890.123456789, "sum": 0.1}, "revision": 0}'
        api("PUT", f"/tasks/{report}/draft", by="li", data=body, content_type="application/json")

        # then
        assert '"cost":12345678901234567890.123456789,"sum":0.1' in api("GET", f"/tasks/{report}/draft", by="li").text

    def test_the_second_of_two_windows_is_told(self, api, report):
        # given
        self.keep(api, report, {"done": "第一次"})

        # when: two windows show revision 1, and both save
        self.keep(api, report, {"done": "窗口一"}, 1)
        refused = self.keep(api, report, {"done": "窗口二"}, 1, status=409)

        # then
        assert refused["title"] == "CONFLICT"
        assert refused["detail"] == f"Expected to go on from draft 1 of user task {report}, but it is at 2"
        assert self.read(api, report)["values"] == {"done": "窗口一"}
        assert self.keep(api, report, {"done": "窗口二"}, 2)["revision"] == 3

    def test_a_first_draft_is_guarded_too(self, api, report):
        self.keep(api, report, {"done": "第一次"})
        assert "but it is at 1" in self.keep(api, report, {"done": "又一次"}, status=409)["detail"]

    def test_everybody_has_their_own(self, api, report):
        self.keep(api, report, {"done": "李娜的"})
        assert self.read(api, report, by="sun")["values"] == {}
        assert self.keep(api, report, {"done": "孙强的"}, by="sun")["revision"] == 1
        assert self.read(api, report)["values"] == {"done": "李娜的"}

    def test_it_is_no_act_and_stands_in_no_history(self, api, ask, report):
        self.keep(api, report, {"done": "草稿"})
        case = ask.json("GET", f"/user-tasks/{report}")["processInstanceKey"]
        answer = api("GET", f"/instances/{case}/timeline")
        assert "草稿" not in answer.text and len(answer.json["entries"]) == 1

    def test_the_database_holds_no_readable_draft(self, app, api, report):
        self.keep(api, report, {"done": "310101199001011234"})
        engine = app.extensions["engine"]
        with engine.store.read() as connection:
            rows = connection.exec_driver_sql(f"SELECT form_values FROM draft WHERE task_key = {int(report)}").all()
        assert len(rows) == 1 and "310101" not in rows[0][0]

    def test_who_may_not_work_on_the_task_keeps_no_draft_of_it(self, api, ask, report):
        # given
        assert ask("POST", f"/user-tasks/{report}/assignment", {"assignee": "li"}, by="li").status_code == 204

        # then
        assert "none that zhao can see" in self.keep(api, report, {}, by="zhao", status=404)["detail"]
        assert "as li, who holds it, but the caller is sun" in self.keep(api, report, {}, by="sun", status=403)["detail"]
        assert self.keep(api, NOTHING, {}, status=404)["title"] == "NOT_FOUND"

    def test_a_closed_task_takes_no_draft(self, api, ask, report):
        assert ask("POST", f"/user-tasks/{report}/completion", {"variables": {"done": "已整改"}}, by="li").status_code == 204
        assert "but it is COMPLETED" in self.keep(api, report, {}, status=409)["detail"]

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            "[]",
            "{}",
            '{"values": []}',
            '{"values": {}, "revision": "1"}',
            '{"values": {}, "revision": 1.5}',
            '{"values": {}, "revision": -1}',
            '{"values": {}, "revision": 1e999999999}',
            '{"values": {}, "revisio": 1}',
            '{"values": {"a": "\\ud800"}}',
            '{"values": {"a": "\\u0000"}}',
            '{"values": {"a": NaN}}',
            '{"values": {"a": 1e999999999}}',
            '{"values": ' + "[" * 5000,
        ],
    )
    def test_what_is_no_draft_is_refused(self, api, report, text):
        answer = api("PUT", f"/tasks/{report}/draft", by="li", data=text, content_type="application/json")
        assert answer.status_code == 400
        assert json.loads(answer.data)["detail"]
        assert self.read(api, report)["revision"] == 0


@pytest.mark.parametrize(("method", "path"), [("POST", "confirmation"), ("DELETE", "confirmation"), ("GET", "draft"), ("PUT", "draft")])
class TestKeys:
    """Of every route about a task."""

    @pytest.mark.parametrize("key", ["x", "-1", "9223372036854775808", "99999999999999999999999", "%00"])
    def test_a_key_that_is_none_is_refused(self, api, method, path, key):
        assert "Expected key to be a key" in api.refused(400, method, f"/tasks/{key}/{path}", {"reason": "x"}, by="li")

    def test_whoever_is_not_signed_in_is_told_so(self, app, method, path):
        people.Caller(app.test_client(), "/api").refused(401, method, f"/tasks/1/{path}", by=None)
