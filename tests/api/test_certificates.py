"""Officers' certificates from the command line to the door: entered, asked for when a task is done, ended; each in history."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from cases.organisation import Certificate
from engine import history
from engine.store.records import History, HistoryChain
from tests.api.v2.people import HERE

KIND = "行政执法证"
SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def run(app):
    """run("add", …) -> the result of `flask --app wsgi certificate add …`."""

    def invoke(*words):
        with app.app_context():
            return app.test_cli_runner().invoke(args=["certificate", *words])

    return invoke


@pytest.fixture
def add(run):
    """add(username, no, first, last) enters one."""
    return lambda username, no, first, last, *more: run("add", username, no, "--issuer", "区政府", "--from", first, "--to", last, *more)


@pytest.fixture
def noon(ask):
    """noon("2024-05-07"): the clock stands at noon of that day; afterwards it is right again."""

    def move(day):
        at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=SHANGHAI)
        assert ask("PUT", "/clock", {"timestamp": round(at.timestamp() * 1000)}).status_code == 204

    yield move
    ask("POST", "/clock/reset")


def rows(app, query):
    with app.extensions["engine"].store.read() as connection:
        return connection.execute(query).mappings().all()


def told(app, username, kind):
    """(what the timeline would say, the entry's body as text) of the last entry of a kind of an account's chain."""
    chain = select(HistoryChain.chain).where(HistoryChain.subject == f"account:{username}").scalar_subquery()
    found = rows(app, select(History.body).where(History.chain == chain, History.kind == kind).order_by(History.seq))[-1]["body"]
    data = app.json.loads(found)["data"]
    return history.wording(kind, "系统", data=data), found


def test_officers_act_from_the_day_on_which_theirs_is_valid_until_it_is_ended(app, api, ask, join, add, run, noon):
    # given two officers, of whom one has a certificate for that year
    for name in ("officer.wu", "officer.jin"):
        join(name, ("居村", "陈坊村"))
    path = HERE.parent / "certified.bpmn"
    answer = ask.upload([(path.name, path.read_bytes())])
    assert answer.status_code == 200, answer.data
    entered = add("officer.wu", "0917-A", "2024-01-01", "2024-12-31")
    assert (entered.exit_code, entered.output) == (0, f"Entered {KIND} 0917-A of officer.wu, valid from 2024-01-01 to 2024-12-31\n")
    noon("2024-05-07")
    (task,) = ask.tasks(ask.start("certified"))

    # when the one files it, and the other, who is a lawyer and no officer, confirms
    add("officer.jin", "A2010", "2010-01-01", "9999-12-31", "--kind", "法律职业资格证书")
    assert ask("POST", f"/user-tasks/{task}/completion", {}, by="officer.wu").status_code == 204
    refused = api.json("POST", f"/tasks/{task}/confirmation", by="officer.jin", status=403)

    # then
    assert refused["title"] == "NO_VALID_CERTIFICATE"
    assert refused["problems"] == {"": [f"办理本任务应持有2024年5月7日有效的{KIND}，但officer.jin没有登记{KIND}。"]}
    add("officer.jin", "0917-B", "2024-05-07", "2029-05-06")
    assert api("POST", f"/tasks/{task}/confirmation", by="officer.jin").status_code == 204

    # and whose certificate was ended acts no more
    ended = run("end", "0917-A", "--on", "2024-05-07", "--reason", "调离执法岗位")
    assert (ended.exit_code, ended.output) == (0, "0917-A is valid until 2024-05-07\n")
    noon("2024-05-08")
    (task,) = ask.tasks(ask.start("certified"))
    assert "0917-A was valid until 2024-05-07" in ask.refused(403, "POST", f"/user-tasks/{task}/completion", {}, by="officer.wu")


def test_what_is_entered_and_ended_stands_in_the_history_of_its_account(app, join, add, run):
    join("officer.he")
    add("officer.he", "A2024", "2024-01-01", "9999-12-31", "--kind", "法律职业资格证书")
    sentence, body = told(app, "officer.he", "certificate:entered")
    assert sentence == "系统 登记了 officer.he 的法律职业资格证书（A2024，2024-01-01 至 9999-12-31）"
    assert '"before":null' in body and '"table":"certificate"' in body and '"issuer":"区政府"' in body

    run("end", "A2024", "--on", "2024-06-30", "--reason", "吊销")
    sentence, body = told(app, "officer.he", "certificate:ended")
    assert sentence == "系统 将 officer.he 的法律职业资格证书（A2024）的有效期截止于 2024-06-30，理由：吊销"
    assert '"before":{"valid_to":"9999-12-31"}' in body and '"after":{"valid_to":"2024-06-30"}' in body


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["add", "nobody", "X", "--issuer", "区政府", "--from", "2024-01-01", "--to", "2024-12-31"],
            "'nobody', but there is none",
        ),
        (["add", "li", "TAKEN", "--issuer", "区政府", "--from", "2024-01-01", "--to", "2024-12-31"], "to be a new one, but sun holds it"),
        (["add", "li", "X", "--issuer", "区政府", "--from", "2024-12-31", "--to", "2024-01-01"], "from a day to a later one"),
        (["add", "li", " ", "--issuer", "区政府", "--from", "2024-01-01", "--to", "2024-12-31"], "found nothing for one of them"),
        (["add", "li", "X", "--issuer", "区政府", "--from", "1.1.2024", "--to", "2024-12-31"], "Expected a day such as 2024-05-01"),
        (["add", "li", "X", "--issuer", "区", "--from", "2024-01-01", "--to", "2024-12-31", "--kind", "驾驶证"], "is not one of"),
        (["end", "NONE", "--on", "2024-01-01", "--reason", "遗失"], "with number 'NONE', but there is none"),
        (["end", "TAKEN", "--on", "2025-01-01", "--reason", "遗失"], "to end before 2024-12-31"),
        (["end", "TAKEN", "--on", "2024-06-01", "--reason", " "], "Expected a reason"),
    ],
)
def test_what_is_refused_is_told_and_changes_nothing(app, run, add, words, sentence):
    add("sun", "TAKEN", "2024-01-01", "2024-12-31")
    before = rows(app, select(Certificate.__table__)), rows(app, select(History.hash).order_by(History.chain, History.seq))

    result = run(*words)

    assert result.exit_code != 0 and sentence in result.output
    assert (rows(app, select(Certificate.__table__)), rows(app, select(History.hash).order_by(History.chain, History.seq))) == before
