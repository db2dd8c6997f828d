"""A year's holidays and make-up working days are published, or corrected."""

from engine.commands.command import command
from engine.domain.errors import Invalid, NotPermitted
from engine.store import holidays


@command
def publish_holidays(step, year, days, source):
    """`days`: (date, working, name) of every day of `year` that is not what its weekday says; `source`: the notice that says so.

    Replaces what was known of the year. Terms that reach into it are no longer provisional.
    """
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to publish holidays, but {step.actor.username} is not one")
    strange = [day for day, _, _ in days if day.year != year]
    if strange:
        raise Invalid(f"Expected days of {year}, but found {strange[0].isoformat()}")
    twice = [day for place, (day, _, _) in enumerate(days) if day in [other for other, _, _ in days[:place]]]
    if twice:
        raise Invalid(f"Expected each day once, but found {twice[0].isoformat()} twice")

    step.begin_writing()
    known = {row["year"]: row["revision"] for row in step.transaction.fetch(holidays.YEARS)}
    rows = [{"day": day, "working": working, "name": name} for day, working, name in days]
    step.batches.append((holidays.CLEAR, [holidays.bounds(year)]))
    if rows:
        step.batches.append((holidays.ADD, rows))
    step.batches.append((holidays.PUBLISH, [{"year": year, "revision": known.get(year, 0) + 1, "source": source}]))

    told = {"year": year, "days": [[day, working, name] for day, working, name in days], "source": source}
    step.record(f"calendar:{year}", step.key(), "calendar:changed", told)
    return step.save()
