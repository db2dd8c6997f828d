"""An account that too many failed sign-ins have closed for some minutes is opened at once."""

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted
from engine.store import account_rows


@command
def reopen_account(step, username):
    """Forget the failed sign-ins of an account. An administrator's act. Raises NotFound where there is no such account."""
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to reopen account {username!r}, but {step.actor.username} is not one")

    step.begin_writing()
    if not step.transaction.fetch(account_rows.FIND, username=username):
        raise NotFound(f"Expected an account with user name {username!r}, but there is none")
    step.batches.append((account_rows.REOPEN, [{"username": username}]))

    step.record(f"account:{username}", step.key(), "account:reopened", {"username": username})
    return step.save({"username": username})
