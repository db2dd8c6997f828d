"""申报利害关系: somebody tells to which parties they stand too near; from then on they act in no case of theirs."""

from cases import ledger
from cases.interests import Interest
from engine.commands.command import command
from engine.domain.errors import Invalid, NotFound, NotPermitted, WrongState
from engine.store import account_rows


@command
def declare_interest(step, username, party, relation):
    """Write down that `username` stands in a `relation` to `party`, the name of an enterprise or person -> {"key"}.

    People declare their own, administrators anybody's. Raises Invalid where one is blank, NotFound for no such account.
    """
    party, relation = party.strip(), relation.strip()
    if username not in step.actor.names and not step.actor.is_administrator:
        raise NotPermitted(f"Expected {username} or an administrator to declare an interest of {username}, but found {step.actor.username}")
    blank = {name: ["应填写，但没有填写。"] for name, text in (("party", party), ("relation", relation)) if not text}
    if blank:
        raise Invalid(f"Expected a party and a relation to it, but found no {' and no '.join(blank)}", problems=blank)

    step.begin_writing()
    if not step.transaction.fetch(account_rows.FIND, username=username):
        raise NotFound(f"Expected an account with user name {username!r}, but there is none")
    with step.transaction.session() as session:
        row = Interest(username=username, party=party, relation=relation, declared=step.now, declared_by=step.actor.username)
        change = ledger.enter(session, row)
        key = row.no

    told = {"username": username, "party": party, "relation": relation}
    step.record(f"account:{username}", step.key(), "interest:declared", told, [change])
    return step.save({"key": str(key)})


@command
def end_interest(step, key, reason):
    """Write down that an interest is over, with the reason: an administrator's act, for whoever has one does not judge that alone."""
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to end an interest, but {step.actor.username} is not one")
    if not reason.strip():
        raise Invalid("Expected a reason why the interest is over, but found none", problems={"reason": ["应写明理由，但没有填写。"]})

    step.begin_writing()
    with step.transaction.session() as session:
        row = session.get(Interest, key)
        if row is None:
            raise NotFound(f"Expected an interest with key {key}, but there is none")
        if row.ended:
            raise WrongState(f"Expected interest {key} to hold still, but it is over since {row.ended.isoformat()}")
        told = {"username": row.username, "party": row.party, "reason": reason.strip()}
        changes = ledger.amend(session, row, ended=step.now, ended_by=step.actor.username)

    step.record(f"account:{told['username']}", step.key(), "interest:ended", told, changes)
    return step.save()
