"""Somebody gets an account, with the roles that they hold in their units."""

import re

from engine.commands.command import command
from engine.domain.errors import Conflict, Invalid, NotPermitted
from engine.domain.people import AUDITOR, DESIGNER, SYSTEM
from engine.store import account_rows

NAME = re.compile(r"[a-zA-Z0-9_~@.+-]{1,64}")


@command
def create_account(step, username, display_name, password_hash, email=None, memberships=()):
    """Create an account. `memberships`: (role, unit) pairs, the unit empty where the role is not tied to one; both are made if new.

    Raises Invalid for a name that Camunda's API could not carry or roles that exclude each other, Conflict where the name is taken.
    """
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to create accounts, but {step.actor.username} is not one")
    if not NAME.fullmatch(username):
        told = f"用户名应为 1 至 64 个字母、数字或 _~@.+- ，但填写的是“{username}”。"
        sentence = f"Expected a user name of 1 to 64 letters, digits and _~@.+- , but found {username!r}"
        raise Invalid(sentence, problems={"username": [told]})
    if username == SYSTEM:
        sentence = f"Expected a user name of a person, but {username!r} is what the engine itself is called"
        raise Conflict(sentence, problems={"username": [f"“{username}”由系统本身使用，请换一个用户名。"]})
    check_name(display_name)
    check_memberships(memberships)

    step.begin_writing()
    if step.transaction.fetch(account_rows.FIND, username=username):
        sentence = f"Expected user name {username!r} to be free, but there is an account with it"
        raise Conflict(sentence, problems={"username": [f"用户名“{username}”已经有人使用，请换一个。"]})

    account = {"username": username, "display_name": display_name, "email": email, "password_hash": password_hash, "active": True}
    step.batches.append((account_rows.CREATE, [account | {"changed": step.now}]))
    step.batches += account_rows.memberships(username, memberships)

    told = {"username": username, "display_name": display_name, "roles": [list(pair) for pair in memberships]}
    step.record(f"account:{username}", step.key(), "account:created", told)
    return step.save({"username": username})


def check_memberships(memberships):
    """Raises Invalid where a designer or an auditor would hold a role that works on cases (domain rules 7 and 9 on separation of duty)."""
    roles = {role for role, _ in memberships}
    apart = roles & {DESIGNER, AUDITOR}
    if apart and len(roles) > 1:
        held, beside = sorted(apart), sorted(roles - apart)
        sentence = f"Expected {', '.join(held)} to hold no other role, but found {', '.join(beside)} too"
        told = (
            f"“{'、'.join(held)}”不能兼任其他角色，但还选了“{'、'.join(beside)}”。" if beside else f"“{'”和“'.join(held)}”不能由一人兼任。"
        )
        raise Invalid(sentence, problems={"memberships": [told]})


def check_name(display_name):
    """Raises Invalid for a name that nobody could read."""
    if not display_name.strip():
        raise Invalid("Expected a name that people read, but found none", problems={"display_name": ["应填写姓名，但没有填写。"]})
