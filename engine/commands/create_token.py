"""Somebody, or a program, gets a token to call the API with."""

from engine.commands.command import command
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from engine.store import account_rows, tokens

#: Characters that a token's name may have.
LONGEST = 100


@command
def create_token(step, username, name, digest, expires=None):
    """Let whoever holds the token with the SHA-256 `digest` (hexadecimal) act as `username`, until `expires` (an aware datetime).

    The door makes the token and shows it once; nobody can read it back. People make tokens of their own, administrators anybody's.
    Raises Conflict where the account has a token of that name, NotFound without such an account. Returns {"name", "expires"}.
    """
    expect_own(step.actor, username, "create")
    if not 0 < len(name) <= LONGEST:
        raise Invalid(f"Expected a token's name of 1 to {LONGEST} characters, but it has {len(name)}")
    if expires is not None and expires <= step.now:
        raise Invalid(f"Expected a token to expire in the future, but found {expires.isoformat()}")

    step.begin_writing()
    account = step.transaction.fetch(account_rows.FIND, username=username)
    if not account or not account[0]["active"]:
        raise NotFound(f"Expected an active account with user name {username!r}, but there is none")
    if step.transaction.fetch(tokens.NAMED, username=username, name=name):
        raise Conflict(f"Expected {username} to have no token named {name!r}, but there is one; revoke it first, or choose another name")
    row = {"hash": digest, "username": username, "name": name, "created": step.now, "expires": expires}
    step.batches.append((tokens.CREATE, [row]))

    step.record(f"account:{username}", step.key(), "token:created", {"username": username, "name": name, "expires": expires})
    return step.save({"name": name, "expires": expires and expires.isoformat()})


def expect_own(actor, username, wish):
    """Raises NotPermitted for somebody else's tokens, except to an administrator."""
    if actor.username != username and not actor.is_administrator:
        raise NotPermitted(f"Expected {username} or an administrator to {wish} tokens of {username}, but {actor.username} is neither")
