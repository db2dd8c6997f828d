"""An account changes: its name, its password, its roles, or whether it may sign in at all."""

import pytest

from engine.commands.change_account import change_account
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.store import accounts
from engine.store.people import Account
from tests.engine.commands.office import ADMIN, LI
from tests.engine.commands.watching import later, recorded, row, subject, unchanged


def change(office, changes, memberships=None, username="li", by=ADMIN):
    """Somebody, as a rule the administrator, changes an account, as a rule that of 李."""
    change_account(office.engine, by, username, changes, memberships)


def account(office):
    """The row of 李's account."""
    return dict(row(office, Account, Account.username == "li"))


def actor(office):
    """李 as signing in makes them; None where they may not."""
    with office.engine.store.transaction() as transaction:
        found = accounts.account(transaction, "li")
    return found and found.actor


def test_what_is_named_changes_and_the_rest_stays(office):
    # given
    before = account(office)
    later(office, minutes=1)

    # when
    with recorded(office) as told:
        change(office, {"display_name": "李村长", "email": "li@example.org"})

    # then
    (body,) = told
    assert (body["kind"], body["actor"], body["data"]["display_name"]) == ("account:changed", "admin", "李村长")
    assert [each["kind"] for each in subject(office, "account:li")] == ["account:changed"]
    after = account(office)
    assert after["changed"] > before["changed"]  # sessions from before are void
    assert after == {**before, "display_name": "李村长", "email": "li@example.org", "changed": after["changed"]}
    assert actor(office).groups == LI.groups


def test_roles_are_replaced(office):
    with recorded(office) as told:
        change(office, {}, [("消防", "消防站")])

    assert told[0]["data"]["roles"] == [["消防", "消防站"]]
    assert actor(office).groups == {"消防", "消防@消防站"} and actor(office).units == {"消防站"}


def test_an_account_that_is_not_active_is_nobody_until_it_is_again(office):
    change(office, {"active": False})
    assert actor(office) is None

    change(office, {"active": True})
    assert actor(office).groups == LI.groups


def test_people_change_their_own_password_and_history_does_not_know_it(office):
    # when
    with recorded(office) as told:
        change(office, {"password_hash": "another hash"}, by=LI)

    # then
    assert account(office)["password_hash"] == "another hash"
    assert [(body["actor"], body["data"]["password"]) for body in told] == [("li", True)] and "another hash" not in str(told)


def test_people_change_nothing_else(office):
    for changes, memberships, username in [
        ({"password_hash": "x"}, None, "sun"),
        ({"display_name": "李村长"}, None, "li"),
        ({"password_hash": "x", "active": True}, None, "li"),
        ({"password_hash": "x"}, [("管理员", "")], "li"),
        ({}, None, "li"),
    ]:
        with unchanged(office), pytest.raises(NotPermitted, match=f"Expected an administrator to change account '{username}', but li"):
            change(office, changes, memberships, username, by=LI)


def test_there_has_to_be_such_an_account(office):
    with unchanged(office), pytest.raises(NotFound, match="Expected an account with user name 'wu', but there is none"):
        change(office, {"active": False}, username="wu")


def test_what_no_account_has_cannot_be_changed(office):
    with unchanged(office), pytest.raises(Invalid, match=r"Expected changes among display_name, email, .* but found shoe_size, username"):
        change(office, {"username": "root", "shoe_size": 43})


def test_a_designer_gets_no_role_beside(office):
    with unchanged(office), pytest.raises(Invalid, match="Expected 流程设计 to hold no other role, but found 居村 too"):
        change(office, {}, [("流程设计", ""), ("居村", "陈坊村")])


def test_nobody_takes_their_own_rights_away(office):
    for changes, memberships in (({"active": False}, None), ({}, [("居村", "陈坊村")])):
        with unchanged(office), pytest.raises(Invalid, match="Expected another administrator to take the rights of admin, but found admin"):
            change(office, changes, memberships, username="admin")
    change(office, {"display_name": "管理员"}, [("管理员", ""), ("安委办", "")], username="admin")


def test_a_name_that_nobody_can_read_is_none(office):
    with unchanged(office), pytest.raises(Invalid, match="Expected a name that people read"):
        change(office, {"display_name": "  "})
