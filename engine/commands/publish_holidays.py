"""A year's holidays and make-up working days are published, or corrected."""

from engine.commands.command import command
from engine.domain.errors import Invalid, NotPermitted
from engine.store import holidays, terms


@command
def publish_holidays(step, year, days, source, effective=None):
    """`days`: (date, working, name) of every day of `year` that is not what its weekday says; `source`: the notice that says so.

    `effective`: the date from which the notice holds, for history; None for today. Replaces what was known of the year: what is computed
    from now on is computed by it, and terms that reach into it are no longer provisional; where the year was not known before, those of
    running instances are computed again (recompute_terms.py). Raises Invalid for days or a date that cannot be.
    """
    if not step.actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to publish holidays, but {step.actor.username} is not one")
    strange = [day for day, _, _ in days if day.year != year]
    if strange:
        sentence = f"Expected days of {year}, but found {strange[0].isoformat()}"
        raise Invalid(sentence, problems={"days": [f"应为 {year} 年的日期，但有 {strange[0].isoformat()}。"]})
    twice = [day for place, (day, _, _) in enumerate(days) if day in [other for other, _, _ in days[:place]]]
    if twice:
        sentence = f"Expected each day once, but found {twice[0].isoformat()} twice"
        raise Invalid(sentence, problems={"days": [f"每个日期只能出现一次，但 {twice[0].isoformat()} 出现了两次。"]})
    if not source.strip():
        raise Invalid("Expected the notice that says so as source, but found none", problems={"source": ["应写明依据的通知，但没有填写。"]})
    effective = effective or step.local.date()
    if effective > step.local.date():
        sentence = f"Expected a notice that holds already, because terms are computed by it at once, but it holds from {effective} on"
        raise Invalid(sentence, problems={"effective": ["公布后立即按新日历计算期限，生效日期不能晚于今天。"]})

    step.begin_writing()
    known = {row["year"]: row["revision"] for row in step.transaction.fetch(holidays.YEARS)}
    rows = [{"day": day, "working": working, "name": name} for day, working, name in days]
    step.batches.append((holidays.CLEAR, [holidays.bounds(year)]))
    if rows:
        step.batches.append((holidays.ADD, rows))
    step.batches.append((holidays.PUBLISH, [{"year": year, "revision": known.get(year, 0) + 1, "source": source}]))

    if year not in known and step.transaction.fetch(terms.HOLDERS):
        step.send("calendar", {"year": year}, at_once=False)
    told = {"year": year, "days": [[day, working, name] for day, working, name in days], "source": source, "effective": effective}
    step.record(f"calendar:{year}", step.key(), "calendar:changed", told)
    return step.save()
