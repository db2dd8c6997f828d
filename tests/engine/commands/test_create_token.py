"""Tokens: made once, kept as a hash, valid until they expire or are revoked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.commands.change_account import change_account
from engine.commands.create_token import create_token
from engine.commands.move_clock import move_clock
from engine.commands.revoke_token import revoke_token
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from engine.store import accounts
from engine.store.people import Token
from engine.store.records import HistoryChain
from tests.engine.commands.office import ADMIN, LI, SUN

DIGEST = "ab" * 32


def holder(office, digest=DIGEST):
    with office.engine.store.transaction() as transaction:
        found = accounts.of_token(transaction, digest, office.engine.clock.now(transaction.cursor))
    return found and found.actor


def chain_of(office, username):
    (row,) = office.db(select(HistoryChain.chain).where(HistoryChain.subject == f"account:{username}"))
    return row["chain"]


def test_a_token_stands_for_its_account_until_it_expires(office):
    # given
    expires = office.engine.time() + timedelta(days=1)

    # when
    create_token(office.engine, LI, "li", "报表", DIGEST, expires)

    # then
    assert holder(office).groups == LI.groups
    assert office.kinds(chain_of(office, "li")) == ["token:created"]
    move_clock(office.engine, ADMIN, expires + timedelta(seconds=1))
    assert holder(office) is None


def test_a_revoked_token_stands_for_nobody(office):
    # given
    create_token(office.engine, LI, "li", "报表", DIGEST)

    # when
    revoke_token(office.engine, LI, "li", "报表")

    # then
    assert holder(office) is None
    assert office.kinds(chain_of(office, "li"))[-1] == "token:revoked"


def test_the_token_of_a_closed_account_stands_for_nobody(office):
    create_token(office.engine, ADMIN, "li", "报表", DIGEST)

    change_account(office.engine, ADMIN, "li", {"active": False})

    assert holder(office) is None


def test_nobody_makes_or_revokes_tokens_for_somebody_else(office):
    create_token(office.engine, LI, "li", "报表", DIGEST)

    with pytest.raises(NotPermitted, match="Expected li or an administrator to create tokens of li, but sun is neither"):
        create_token(office.engine, SUN, "li", "别的", "cd" * 32)
    with pytest.raises(NotPermitted, match="Expected li or an administrator to revoke tokens of li, but sun is neither"):
        revoke_token(office.engine, SUN, "li", "报表")

    assert holder(office) is not None
    assert len(office.db(select(Token.__table__))) == 1


def test_a_bad_token_is_refused_with_what_was_expected(office):
    create_token(office.engine, LI, "li", "报表", DIGEST)

    with pytest.raises(Conflict, match="Expected li to have no token named '报表', but there is one"):
        create_token(office.engine, LI, "li", "报表", "cd" * 32)
    with pytest.raises(Invalid, match="Expected a token's name of 1 to 100 characters, but it has 0"):
        create_token(office.engine, LI, "li", "", "cd" * 32)
    with pytest.raises(Invalid, match="Expected a token to expire in the future"):
        create_token(office.engine, LI, "li", "旧", "cd" * 32, office.engine.time())
    with pytest.raises(NotFound, match="Expected an active account with user name 'nobody'"):
        create_token(office.engine, ADMIN, "nobody", "x", "cd" * 32)
    with pytest.raises(NotFound, match="Expected li to have a token named '没有'"):
        revoke_token(office.engine, LI, "li", "没有")
