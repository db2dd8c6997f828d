"""Signing in by a page, being sent there and back, and leaving; what a browser is not to be asked."""

from datetime import timedelta

import pytest

from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM, ZONE
from engine.store.sign_ins import MOST
from tests.api.v2.people import PASSWORD
from tests.passwords import hasher
from tests.web.conftest import Browser
from web.login.view import inside


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(browser):
    sent = browser.get("/inbox?role=居村&order=created")
    assert sent.status_code == 302
    assert sent.location == "/login?next=/inbox?role%3D%E5%B1%85%E6%9D%91%26order%3Dcreated"

    answer = browser.sign_in("li", next="/inbox?role=居村")

    assert (answer.status_code, answer.location) == (302, "/inbox?role=%E5%B1%85%E6%9D%91")
    page = browser.get("/inbox")
    assert page.status_code == 200 and "李娜" in page.text and "居村（陈坊村）" in page.text
    assert browser.get("/login").location == "/"


@pytest.mark.parametrize(("username", "place"), [("li", "/inbox"), ("admin", "/inbox"), ("auditor", "/audit"), ("drawer", "/designer")])
def test_whoever_opens_the_address_finds_their_work(of, username, place):
    assert of(username).get("/").location == place


#: What is no path of ours to be sent on to.
ELSEWHERE = [
    "//elsewhere.example",
    "/\\elsewhere.example",
    "https://elsewhere.example/inbox",
    "/login",
    "inbox",
    "",
    "/a\nb",
    "javascript:1",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_nobody_is_sent_elsewhere(app, path):
    with app.test_request_context():
        assert inside(path) == "/"
        assert inside("/tasks/1?a=b") == "/tasks/1?a=b"


@pytest.mark.parametrize(
    ("username", "password", "status", "said"),
    [
        ("li", "wrong", 401, "用户名或密码不正确"),
        ("nobody", "wrong", 401, "用户名或密码不正确"),
        ("li", "", 400, "请填写用户名和密码"),
        ("a\x00b", "x", 401, "不正确"),
    ],
)
def test_a_refusal_says_what_to_do_and_not_what_was_wrong(browser, username, password, status, said):
    answer = browser.sign_in(username, password)
    assert answer.status_code == status
    assert said in answer.text
    assert browser.get("/inbox").status_code == 302


def test_who_guesses_has_to_wait(app, browser, of):
    create_account(app.extensions["engine"], THE_SYSTEM, "guessed", "被猜的人", hasher.hash(PASSWORD), None, [])
    for _ in range(MOST):
        assert browser.sign_in("guessed", "wrong").status_code == 401
    answer = browser.sign_in("guessed")
    assert answer.status_code == 429 and "10 分钟内不能登录" in answer.text
    of("sun")


def test_no_other_site_signs_anybody_in(app):
    told = {"Accept": "text/html", "Sec-Fetch-Site": "cross-site"}
    answer = app.test_client().post("/login", data={"username": "li", "password": "x"}, headers=told)
    assert answer.status_code == 403


def test_whoever_leaves_is_gone(of):
    browser = of("li")
    assert browser.client.post("/logout", headers={"Accept": "text/html"}).status_code == 403, "without the token"
    answer = browser.post("/logout")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/login")
    assert browser.get("/inbox").status_code == 302


def test_a_part_of_a_page_whose_session_is_over_sends_the_whole_page_to_sign_in(browser):
    answer = browser.get("/inbox/queues", HX_Request="true", HX_Current_URL="http://localhost/inbox?role=a")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login?next=/inbox?role%3Da")


@pytest.mark.parametrize(
    ("headers", "challenged"),
    [
        ({}, True),
        ({"Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Mode": "cors"}, False),
        ({"Sec-Fetch-Mode": "no-cors"}, False),
        ({"X-Requested-With": "XMLHttpRequest"}, False),
    ],
)
def test_a_browser_is_not_asked_for_a_password_by_what_a_page_loads(app, headers, challenged):
    answer = app.test_client().get("/api/queues", headers=headers)
    assert answer.status_code == 401
    assert ("WWW-Authenticate" in answer.headers) is challenged


def test_nor_is_one_whose_session_is_over(app):
    client = app.test_client()
    client.set_cookie("session", "over")
    assert "WWW-Authenticate" not in client.get("/api/queues").headers


def test_a_deputy_acts_openly_as_one_until_they_are_themselves_again(app, of):
    # given
    today = app.extensions["engine"].time().astimezone(ZONE).date()
    days = {"first": today.isoformat(), "last": (today + timedelta(days=2)).isoformat()}
    made = app.test_client().post("/api/deputies", json={"deputy": "robot", **days}, auth=("sun", PASSWORD))
    assert made.status_code == 201, made.text
    deputy = of("robot")
    assert "代孙强办理" in deputy.get("/me").text

    # when
    answer = deputy.post("/me/principal", {"principal": "sun"})

    # then
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/inbox")
    page = deputy.get("/inbox").text
    assert 'class="bar-deputy">代孙强办理<' in page and "居村" in page
    deputy.post("/me/principal")
    assert "bar-deputy" not in deputy.get("/inbox").text

    # and whose appointment is over is told so, and is themselves from then on
    deputy.post("/me/principal", {"principal": "sun"})
    app.test_client().delete(f"/api/deputies/{made.json['key']}", auth=("sun", PASSWORD))
    assert "代理已经结束" in deputy.get("/inbox").text
    assert deputy.get("/inbox").status_code == 200


@pytest.mark.parametrize("path", ["/", "/inbox", "/ledger"])
def test_whoever_comes_to_a_page_by_hand_is_led_to_the_sign_in_and_a_script_is_told(app, path):
    client = app.test_client()

    led = client.get(path, headers={"Accept": "*/*"}, follow_redirects=True)
    told = client.get(path, headers={"Accept": "*/*", "Sec-Fetch-Mode": "cors"})

    assert (led.status_code, led.request.path) == (200, "/login")
    assert (told.status_code, told.mimetype) == (401, "application/problem+json")


def test_people_change_their_own_password_and_are_signed_out_elsewhere(app, browser):
    # given two browsers of one person
    create_account(app.extensions["engine"], THE_SYSTEM, "changing", "改密码的人", hasher.hash(PASSWORD), None, [("居村", "陈坊村")])
    elsewhere = Browser(app)
    assert [each.sign_in("changing").status_code for each in (browser, elsewhere)] == [302, 302]
    assert 'href="/me/password"' in browser.get("/me").text and browser.get("/me/password").status_code == 200

    # when they send what is wrong, each is said at its field and nothing changes
    for now, new, again, said in (
        ("", "a new password", "a new password", "请填写现在的密码"),
        (PASSWORD, "short", "short", "应不少于 8 个字符，现在是 5 个"),
        (PASSWORD, PASSWORD, PASSWORD, "与现在的密码相同"),
        (PASSWORD, "a new password", "another one", "两次填写的新密码不一样"),
        ("not the one", "a new password", "a new password", "现在的密码不正确"),
    ):
        answer = browser.post("/me/password", {"now": now, "new": new, "again": again})
        assert answer.status_code == 400 and said in answer.text and new not in answer.text
    assert elsewhere.get("/inbox").status_code == 200

    # and when it is right, they go on, the other browser does not, and the old password is of no use
    done = browser.post("/me/password", {"now": PASSWORD, "new": "a new password", "again": "a new password"})
    assert (done.status_code, done.headers["HX-Redirect"]) == (204, "/me?did=password")
    assert "密码已修改" in browser.get("/me?did=password").text
    assert elsewhere.get("/inbox").status_code == 302
    assert [elsewhere.sign_in("changing", each).status_code for each in (PASSWORD, "a new password")] == [401, 302]
