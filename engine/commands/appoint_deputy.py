"""委托代理: somebody who is away lets another person act for them, openly, from one day to another."""

from engine.commands.command import command
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.domain.people import WATCHING
from engine.store import accounts, deputies

#: So long may one appointment hold. Days.
LONGEST = 366


@command
def appoint_deputy(step, principal, deputy, first, last):
    """Let `deputy` do what `principal` may do in cases, from the day `first` to the day `last` (dates, both included) -> {"key"}.

    People appoint their own deputy, administrators anybody's. Each act names both, and a separation of duty keeps both away. Raises
    Invalid for days or people that cannot be, NotFound where either has no active account, NotPermitted for who may not.
    """
    if step.actor.username != principal and not step.actor.is_administrator:
        raise NotPermitted(f"Expected {principal} or an administrator to appoint a deputy of {principal}, but found {step.actor.username}")
    if step.actor.behalf_of is not None:
        raise NotPermitted(f"Expected {principal} to appoint a deputy in person, but {step.actor.username} acts as one")
    if principal == deputy:
        raise Invalid("Expected somebody else as deputy", problems={"deputy": ["代理人应为他人，但填写的是本人。"]})
    today = step.local.date()
    if not max(first, today) <= last or (last - first).days > LONGEST:
        raise Invalid(
            f"Expected a first and a last day in their order, the last from {today} on and {LONGEST} days after the first at most",
            problems={"last": [f"代理期限的末日应不早于首日和今天，且不超过 {LONGEST} 日，但填写的是 {first} 至 {last}。"]},
        )
    for field, name in (("principal", principal), ("deputy", deputy)):
        account = accounts.account(step.transaction, name)
        if account is None:
            sentence = f"Expected an active account with user name {name!r}, but there is none"
            raise NotFound(sentence, problems={field: [f"没有用户名为“{name}”的有效账号。"]})
        if not account.actor.groups.isdisjoint(WATCHING):
            sentence = f"Expected somebody who works on cases, but {name} only watches, or draws processes"
            raise Invalid(sentence, problems={field: [f"{account.display_name}只查看案件或者只设计流程，不代理，也不由人代理。"]})

    step.begin_writing()
    key = step.key()
    row = {"key": key, "principal": principal, "deputy": deputy, "first": first, "last": last}
    step.batches.append((deputies.APPOINT, [row]))

    told = {"principal": principal, "deputy": deputy, "first": first, "last": last}
    step.record(f"account:{principal}", step.key(), "deputy:appointed", told)
    return step.save({"key": key})
