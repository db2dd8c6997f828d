"""A token ends before its time."""

from engine.commands.command import command
from engine.commands.create_token import expect_own
from engine.domain.errors import NotFound
from engine.store import tokens


@command
def revoke_token(step, username, name):
    """Nobody acts as `username` by the token of this name any more. Raises NotFound where there is none."""
    expect_own(step.actor, username, "revoke")

    step.begin_writing()
    if not step.transaction.fetch(tokens.NAMED, username=username, name=name):
        raise NotFound(f"Expected {username} to have a token named {name!r}, but there is none")
    step.batches.append((tokens.REVOKE, [{"username": username, "name": name}]))

    step.record(f"account:{username}", step.key(), "token:revoked", {"username": username, "name": name})
    return step.save()
