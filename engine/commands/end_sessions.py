"""Everybody who is signed in with an account is signed out of it: a telephone was lost, or somebody forgot to leave."""

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted
from engine.store import account_rows


@command
def end_sessions(step, username):
    """End every session and remembered credential of an account; its tokens stay (revoke_token). People end their own, administrators any.

    Raises NotFound where there is no such account.
    """
    if not step.actor.is_administrator and step.actor.username != username:
        raise NotPermitted(f"Expected {username} or an administrator to end the sessions of {username}, but found {step.actor.username}")

    step.begin_writing()
    found = step.transaction.fetch(account_rows.FIND, username=username)
    if not found:
        raise NotFound(f"Expected an account with user name {username!r}, but there is none")
    step.batches.append((account_rows.TOUCH, [{"key_username": username, "changed": step.now}]))

    step.record(f"account:{username}", step.key(), "account:signed-out", {"username": username})
    return step.save({"username": username})
