"""What holds for every page: its policy, its language, errors that are pages, and who may do what with a task of the inbox."""

import re

import pytest

from engine.domain.people import Actor
from web.layout.view import posts
from web.policies import DESIGNERS, USERS


def policy(answer):
    return dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))


def test_a_page_loads_nothing_from_elsewhere_and_no_script_of_its_own(of, browser):
    for answer in (of("li").get("/inbox"), browser.get("/login"), browser.get("/nothing")):
        told = policy(answer)
        assert told["script-src"] == told["style-src"] == told["connect-src"] == told["default-src"] == "'self'"
        assert told["object-src"] == told["base-uri"] == "'none'"
        assert not re.search(r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son\w+=", answer.text)
        assert '<html lang="zh-CN">' in answer.text
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_designers_policy_differs_in_style_alone():
    assert "unsafe-inline" not in USERS and "unsafe-eval" not in DESIGNERS
    assert DESIGNERS.replace("style-src-elem 'self'; style-src-attr 'unsafe-inline'", "style-src 'self'") == USERS


REFUSED = [
    ("/nothing", 404, "没有这一页"),
    ("/tasks/77", 404, "没有找到您要看的内容"),
    ("/tasks/abc", 400, "不符合要求"),
    ("/inbox?after=x", 400, "不符合要求"),
    ("/inbox?role=复查组", 403, "只有复查组的人员可以办理，您（李娜）不在其中"),
    ("/designer", 403, "只有流程设计人员和管理员可以看，您（李娜）不在其中"),
]


@pytest.mark.parametrize(("path", "status", "said"), REFUSED)
def test_an_error_is_a_page_for_people_and_a_problem_for_programs(of, path, status, said):
    browser = of("li")
    page = browser.get(path)
    assert (page.status_code, page.mimetype) == (status, "text/html")
    assert said in page.text and "李娜" in page.text and "Expected" not in page.text

    told = browser.client.get(path)
    assert (told.status_code, told.mimetype) == (status, "application/problem+json")


def test_the_doors_answer_a_browser_as_they_answer_anybody(of):
    answer = of("li").get("/v2/user-tasks/77")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_roles_are_said_with_the_units_in_which_they_are_held():
    actor = Actor("lu", "陆", frozenset({"居村", "居村@陈坊村", "执法队", "执法队@执法队", "审计"}))
    assert posts(actor) == ["居村（陈坊村）", "执法队", "审计"]


@pytest.fixture
def task(ask):
    """The key of an open task of the queue 居村."""
    ask.deploy("repair.bpmn", "repair_report.form")
    instance = ask.json("POST", "/process-instances", {"processDefinitionId": "repair"})["processInstanceKey"]
    (key,) = ask.tasks(instance)
    return key


def test_a_task_is_claimed_put_back_and_passed_on_and_each_answer_is_its_row(of, task):
    li, sun = of("li"), of("sun")
    assert f'id="task-{task}"' in li.get("/inbox").text

    row = li.post(f"/tasks/{task}/claim", HX_Request="true")
    assert row.status_code == 200 and "退回" in row.text and row.headers["HX-Trigger"] == "inbox-changed"
    assert "我签收的" in li.get("/inbox?mine=1").text and task in li.get("/inbox?mine=1").text

    late = sun.post(f"/tasks/{task}/claim", HX_Request="true")
    assert late.status_code == 409
    assert re.search(r"李娜已于 \d\d:\d\d 签收此任务，您无需再办。", late.text)
    assert "只有签收人可以这样办" in sun.post(f"/tasks/{task}/release", HX_Request="true").text

    people = li.get(f"/tasks/{task}/pass", HX_Request="true").text
    assert "孙强" in people and "李娜" not in people and "赵敏" not in people
    li.post(f"/tasks/{task}/pass", {"assignee": "sun"}, HX_Request="true")
    assert task in sun.get("/inbox?mine=1").text
    assert "签收" in sun.post(f"/tasks/{task}/release", HX_Request="true").text


def test_a_write_without_the_session_s_token_is_refused(of, task):
    answer = of("li").client.post(f"/tasks/{task}/claim", headers={"Accept": "text/html", "HX-Request": "true"})
    assert answer.status_code == 403


def test_a_task_is_handed_in_by_its_page_and_told_what_is_wrong_in_chinese(of, task):
    li = of("li")
    li.post(f"/tasks/{task}/claim")

    page = li.get(f"/tasks/{task}").text
    assert '"editable":true' in page.replace(" ", "") and "提交" in page
    wrong = li.post(f"/tasks/{task}/complete", b'{"variables": {"nothing": 1}}')
    assert wrong.status_code == 400 and "此表没有字段「nothing」" in str(wrong.json["problems"])
    assert "Expected" not in wrong.json["sentence"]
    assert li.post(f"/tasks/{task}/complete", b"[]").status_code == 400


def test_who_only_watches_is_offered_nothing_to_do(of, task):
    auditor = of("auditor")
    assert task in auditor.get("/inbox").text
    assert 'hx-post="/tasks/' not in auditor.get("/inbox").text
    page = auditor.get(f"/tasks/{task}").text
    assert "您的角色只能查看" in page and 'id="submit"' not in page


def test_what_another_queue_has_is_not_there(of, task):
    assert of("zhao").get(f"/tasks/{task}").status_code == 404
    assert task not in of("zhao").get("/inbox").text


def test_pages_of_a_queue_follow_each_other(of, ask, task, monkeypatch):
    from web.inbox import view

    monkeypatch.setattr(view, "LIMIT", 2)
    for _ in range(4):
        ask.json("POST", "/process-instances", {"processDefinitionId": "repair"})
    li, path, seen = of("li"), "/inbox?order=created", []
    while path:
        page = li.get(path).text
        seen += re.findall(r'<tr id="task-(\d+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        path = following and following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) >= 5
