"""Somebody gets an account, with the roles that they hold in their units."""

import pytest

from engine.commands.create_account import create_account
from engine.domain.errors import Conflict, Invalid, NotPermitted
from engine.store import accounts
from engine.store.people import Membership, Role, Unit
from tests.engine.commands.office import ADMIN, LI
from tests.engine.commands.watching import recorded, rows, subject, unchanged


def create(office, username, memberships=(), by=ADMIN):
    """An account with a display name."""
    return create_account(office.engine, by, username, "吴村长", "a hash", "wu@example.org", memberships)


def actor(office, username):
    """The Actor that signing in makes of a user name."""
    with office.engine.store.transaction() as transaction:
        found = accounts.account(transaction, username)
    return found and found.actor


def test_an_account_holds_its_roles_in_its_units(office):
    # when
    with recorded(office) as told:
        create(office, "wu", [("居村", "吴村"), ("复查组", "")])

    # then
    (body,) = told
    assert (body["kind"], body["actor"]) == ("account:created", "admin") and [body] == subject(office, "account:wu")
    assert body["data"] == {"username": "wu", "display_name": "吴村长", "roles": [["居村", "吴村"], ["复查组", ""]]}
    wu = actor(office, "wu")
    assert wu.display_name == "吴村长" and wu.groups == {"居村", "居村@吴村", "复查组"} and wu.units == {"吴村"}
    assert {"居村", "复查组"} <= {one["name"] for one in rows(office, Role)} and "吴村" in {one["name"] for one in rows(office, Unit)}


def test_its_password_never_stands_in_history(office):
    with recorded(office) as told:
        create(office, "wu")

    assert "a hash" not in str(told)


def test_a_role_that_is_named_twice_is_held_once(office):
    create(office, "wu", [("居村", "吴村"), ("居村", "吴村"), ("复查组", ""), ("复查组", None)])

    held = rows(office, Membership, Membership.username == "wu")
    assert sorted((one["role"], one["unit"]) for one in held) == [("复查组", ""), ("居村", "吴村")]


def test_a_user_name_is_given_once(office):
    with unchanged(office), pytest.raises(Conflict, match="Expected user name 'li' to be free, but there is an account with it"):
        create(office, "li")


def test_nobody_is_called_like_the_engine_itself(office):
    with unchanged(office), pytest.raises(Conflict, match="Expected a user name of a person, but 'system' is what the engine itself is"):
        create(office, "system")


def test_a_user_name_is_one_that_the_api_can_carry(office):
    for name in ("", "吴", "wu wu", "w" * 65, "wu\n"):
        with unchanged(office), pytest.raises(Invalid, match="Expected a user name of 1 to 64 letters, digits and"):
            create(office, name)


def test_designers_and_auditors_hold_no_other_role(office):
    for alone in ("流程设计", "审计"):
        with unchanged(office), pytest.raises(Invalid, match=f"Expected {alone} to hold no other role, but found 居村 too"):
            create(office, "wu", [(alone, ""), ("居村", "吴村")])


def test_only_an_administrator_creates_accounts(office):
    with unchanged(office), pytest.raises(NotPermitted, match="Expected an administrator to create accounts, but li is not one"):
        create(office, "wu", by=LI)
