"""An account changes: its name, its password, its roles, or whether it may sign in at all."""

from engine.commands.command import command
from engine.commands.create_account import check_memberships, check_name
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.domain.people import ADMINISTRATOR
from engine.store import account_rows

CHANGEABLE = ("display_name", "email", "password_hash", "active")


@command
def change_account(step, username, changes, memberships=None):
    """`changes`: some of display_name, email, password_hash, active. `memberships`: all (role, unit) pairs from now on; None leaves them.

    Sessions and remembered credentials of the account end. People change their own password; everything else is an administrator's act,
    and none takes away their own rights: somebody has to be left who can give them back. A new password ends a closure by failed sign-ins.
    """
    if not step.actor.is_administrator and not (
        step.actor.username == username and set(changes) == {"password_hash"} and memberships is None
    ):
        raise NotPermitted(f"Expected an administrator to change account {username!r}, but {step.actor.username} is not one")
    unknown = sorted(set(changes) - set(CHANGEABLE))
    if unknown:
        raise Invalid(f"Expected changes among {', '.join(CHANGEABLE)}, but found {', '.join(unknown)}")
    if "display_name" in changes:
        check_name(changes["display_name"])
    if step.actor.username == username and (changes.get("active") is False or _gives_up(step.actor, memberships)):
        sentence = f"Expected another administrator to take the rights of {username}, but found {username}"
        raise Invalid(sentence, problems={"": ["不能停用本人的账号，也不能取消本人的管理员角色。请由另一名管理员办理。"]})

    step.begin_writing()
    found = step.transaction.fetch(account_rows.FIND, username=username)
    if not found:
        raise NotFound(f"Expected an account with user name {username!r}, but there is none")
    row = {name: found[0][name] for name in CHANGEABLE} | changes
    step.batches.append((account_rows.CHANGE, [{"key_username": username, "changed": step.now, **row}]))
    if "password_hash" in changes:
        step.batches.append((account_rows.REOPEN, [{"username": username}]))
    if memberships is not None:
        check_memberships(memberships)
        step.batches.append((account_rows.LEAVE, [{"username": username}]))
        step.batches += account_rows.memberships(username, memberships)

    told = {name: value for name, value in changes.items() if name != "password_hash"} | {"password": "password_hash" in changes}
    roles = None if memberships is None else [list(pair) for pair in memberships]
    step.record(f"account:{username}", step.key(), "account:changed", {"username": username, **told, "roles": roles})
    return step.save({"username": username})


def _gives_up(actor, memberships):
    return actor.is_administrator and memberships is not None and ADMINISTRATOR not in {role for role, _ in memberships}
