"""The people of the story as actors, and who of them takes a task."""

from dataclasses import dataclass

import orjson

from demo import rows
from engine.store import accounts


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `certificate`: the number of theirs, or ""."""

    actor: object
    certificate: str

    @property
    def name(self):
        """As people read it."""
        return self.actor.display_name

    @property
    def unit(self):
        """The first of their units, or ""."""
        return min(self.actor.units, default="")

    def as_officer(self):
        """As forms ask for officers."""
        return {"name": self.name, "cert_no": self.certificate}


class Cast:
    """Everybody, by user name."""

    def __init__(self, engine, usernames):
        with engine.store.transaction() as transaction:
            known = [accounts.account(transaction, username) for username in usernames]
            held = rows.certificates(transaction.connection)
        found = [account.actor for account in known if account is not None]
        self.people = {actor.username: Person(actor, held.get(actor.username, "")) for actor in found}

    def __getitem__(self, username):
        return self.people[username]

    def for_task(self, row, turn, near=()):
        """Who may take a task (a row of user_task), whoever comes first first: those of the units `near`, then by `turn`, a number."""
        groups, users = (set(orjson.loads(row[name])) for name in ("candidate_groups", "candidate_users"))
        found = [each for each in self.people.values() if each.actor.username in users or not each.actor.groups.isdisjoint(groups)]
        first = turn % len(found) if found else 0
        turned = found[first:] + found[:first]
        return sorted(turned, key=lambda each: each.actor.units.isdisjoint(near))

    def of_group(self, group, turn):
        """The user name of somebody of a group. Raises LookupError where there is nobody."""
        found = self.for_task({"candidate_groups": orjson.dumps([group]), "candidate_users": "[]"}, turn)
        if not found:
            raise LookupError(f"Expected somebody in the town for {group}, but there is nobody")
        return found[0].actor.username
