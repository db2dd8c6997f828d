"""A year's holidays are known: terms that were provisional because they reach into it are computed again, and what they date follows.

One command finds the instances, and leaves a row of the outbox for each; another does one instance. So a thousand cases are a thousand
short transactions, and whoever is killed in between loses none.
"""

import orjson

from engine.commands.command import command
from engine.commands.handlers import run_handler
from engine.domain import term, values
from engine.domain.outcome import Call
from engine.feel.calendar import Calendar
from engine.store import messages, terms

#: The handler that is told, where there is one, so that the ledger follows: variables {name: value} of the instance, as they are now, and
#: the header `terms`, the names of those that were computed again.
FOLLOW = "local:terms:recomputed"


@command
def find_provisional(step, outbox_key):
    """Leave a row for every running instance that holds a provisional term."""
    if payload := _begin(step, outbox_key):
        year = payload["year"]
        keys = [row["instance_key"] for row in step.transaction.fetch(terms.HOLDERS)]
        for key in keys:
            step.send("term", {"instance": key, "year": year}, at_once=False)
        step.record(f"calendar:{year}", step.key(), "terms:found", {"year": year, "instances": len(keys)})
    return step.save()


@command
def recompute_terms(step, outbox_key):
    """Compute the provisional terms of one instance under the calendar as it is, move its timers and due dates, and tell the ledger."""
    if payload := _begin(step, outbox_key):
        case, year = step.case(payload["instance"]), payload["year"]
        found = _recomputed(case, step.calendar(), year) if case.is_active else {}
        if found:
            step.advance(case, "recompute_terms", terms=found)
            if FOLLOW in step.engine.handlers:
                told = {"terms": ",".join(sorted({name for _, name in found}))}
                run_handler(step, case, Call(1, case.row["process_id"], "local", FOLLOW, case.variables(), told))
            moved = {name: {"date": value["date"].isoformat(), "provisional": value["provisional"]} for (_, name), value in found.items()}
            case.note("terms:recomputed", year=year, terms=moved)
    return step.save()


def _begin(step, outbox_key):
    """The payload of the row, which goes with this step; None where somebody has done it."""
    step.begin_writing()
    rows = step.transaction.fetch(messages.LOCK_OUTBOX, key=outbox_key)
    if not rows:
        return None
    step.batches.append((messages.DONE, [{"key": outbox_key}]))
    return orjson.loads(rows[0]["payload"])


def _recomputed(case, now, year):
    """{(scope, name): value} of the terms of an instance that the year's calendar settles."""
    before = Calendar({day: working for day, working in now.days.items() if day.year != year}, now.published - {year})
    found = {
        (scope, name): term.recomputed(values.read(text), before, now)
        for scope, held in case.state.variables.items()
        for name, text in held.items()
        if '"provisional":true' in text
    }
    # What another year still has to settle stays as it is, and is not told as if something had happened.
    return {at: value for at, value in found.items() if value is not None and not value["provisional"]}
