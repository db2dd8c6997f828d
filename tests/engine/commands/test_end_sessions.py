"""Everybody who is signed in with an account is signed out; an account that failed sign-ins have closed is opened."""

import pytest
from sqlalchemy import select

from engine.commands.change_account import change_account
from engine.commands.end_sessions import end_sessions
from engine.commands.reopen_account import reopen_account
from engine.domain.errors import NotFound, NotPermitted
from engine.store import sign_ins
from engine.store.people import Account, FailedSignIn
from tests.engine.commands.office import ADMIN, LI, TANG
from tests.engine.commands.watching import recorded, row, unchanged


def changed(office):
    """Since when the sessions of 李 hold."""
    return row(office, Account, Account.username == "li")["changed"]


@pytest.mark.parametrize("by", [ADMIN, LI], ids=["administrator", "themselves"])
def test_sessions_end_because_they_are_older_than_the_account(office, by):
    before = changed(office)

    with recorded(office) as told:
        end_sessions(office.engine, by, "li")

    assert changed(office) > before
    (body,) = told
    assert (body["kind"], body["actor"], body["data"]) == ("account:signed-out", by.username, {"username": "li"})


def test_nobody_ends_the_sessions_of_others(office):
    with unchanged(office):
        with pytest.raises(NotPermitted, match="Expected li or an administrator to end the sessions of li, but found tang"):
            end_sessions(office.engine, TANG, "li")
        with pytest.raises(NotFound):
            end_sessions(office.engine, ADMIN, "wu")


@pytest.fixture
def closed(office):
    """李 has failed to sign in too often, 汤 once."""
    now = office.engine.time()
    for _ in range(sign_ins.MOST):
        sign_ins.failed(office.engine.store, "li", now)
    sign_ins.failed(office.engine.store, "tang", now)
    assert sign_ins.too_many(office.engine.store, "li", now)
    return now


def test_a_closed_account_is_opened_and_no_other(office, closed):
    with recorded(office) as told:
        reopen_account(office.engine, ADMIN, "li")

    assert not sign_ins.too_many(office.engine.store, "li", closed)
    assert [found["username"] for found in office.db(select(FailedSignIn.username))] == ["tang"]
    assert [(body["kind"], body["data"]) for body in told] == [("account:reopened", {"username": "li"})]


def test_a_new_password_opens_it_too(office, closed):
    change_account(office.engine, ADMIN, "li", {"display_name": "李娜"})
    assert sign_ins.too_many(office.engine.store, "li", closed)

    change_account(office.engine, ADMIN, "li", {"password_hash": "another"})
    assert not sign_ins.too_many(office.engine.store, "li", closed)


def test_only_an_administrator_opens_one(office, closed):
    with unchanged(office):
        with pytest.raises(NotPermitted):
            reopen_account(office.engine, LI, "li")
        with pytest.raises(NotFound):
            reopen_account(office.engine, ADMIN, "wu")
