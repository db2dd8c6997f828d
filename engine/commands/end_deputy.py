"""终止代理: from now on the deputy acts for nobody but themselves."""

from datetime import timedelta

from engine.commands.command import command
from engine.domain.errors import NotFound, NotPermitted, WrongState
from engine.store import deputies


@command
def end_deputy(step, key):
    """End an appointment: yesterday was its last day. The principal, the deputy, or an administrator may.

    Raises NotFound for one that does not exist or concerns others, WrongState where it is over already.
    """
    found = deputies.read(step.transaction.fetch(deputies.FIND, key=key))
    actor = step.actor
    if not found or not (actor.is_administrator or actor.username in (found[0]["principal"], found[0]["deputy"])):
        raise NotFound(f"Expected an appointment of a deputy with key {key}, but there is none that concerns {actor.username}")
    if actor.behalf_of is not None:
        raise NotPermitted(f"Expected to end an appointment in person, but {actor.username} acts as a deputy")
    row, yesterday = found[0], step.local.date() - timedelta(days=1)
    if row["last"] <= yesterday:
        sentence = f"Expected appointment {key} to hold still, but it ended on {row['last']}"
        raise WrongState(sentence, problems={"": [f"这项代理已于 {row['last']} 结束，无需再办。"]})

    step.begin_writing()
    step.batches.append((deputies.END, [{"key_key": key, "last": yesterday}]))

    told = {"principal": row["principal"], "deputy": row["deputy"], "last": yesterday}
    step.record(f"account:{row['principal']}", step.key(), "deputy:ended", told)
    return step.save()
