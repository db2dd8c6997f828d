"""节假日: the years that are published, each as a picture; a year is written down, looked at with what it would move, and published."""

import orjson
from flask import g, render_template, request

from api.access import allow
from api.v2.door import engine
from cases import provisional_terms
from cases.moment import moment
from engine.commands.publish_holidays import publish_holidays
from engine.domain.errors import EngineError, Invalid, NotFound
from engine.domain.people import SYSTEM
from engine.feel.calendar import Calendar
from engine.store import account_lists, holidays, timelines
from web.admin import room
from web.admin.holiday_lines import differences, picture, read, write
from web.admin.users import a_day

#: Years that one may publish.
FIRST, LAST = 2000, 2099
#: Revisions of a year that are listed.
REVISIONS = 20


def add_to(blueprint):
    """The picture of a year, its form, the look before, publishing."""
    blueprint.add_url_rule("/admin/holidays", "admin_holidays", years)
    blueprint.add_url_rule("/admin/holidays/<int:year>/edit", "admin_holidays_edit", edit)
    blueprint.add_url_rule("/admin/holidays/<int:year>/look", "admin_holidays_look", look, methods=["POST"])
    blueprint.add_url_rule("/admin/holidays/<int:year>/publish", "admin_holidays_publish", publish, methods=["POST"])


@allow("administrator")
def years():
    """The years, and the one that was asked for."""
    asked, today = request.args.get("year", ""), engine().day(engine().time())
    year = _known(int(asked)) if asked.isdecimal() and len(asked) == 4 else today.year
    with engine().store.transaction() as transaction:
        connection = transaction.connection
        tables = {table["year"]: table for table in holidays.tables(connection)}
        days = holidays.days_of(connection, year)
        terms = provisional_terms.provisional(connection, g.actor, engine().calendars.current(transaction.cursor))
        revisions = _revisions(connection, year)
    known = sorted({*tables, today.year, max([*tables, today.year]) + 1, year})
    told = {"year": year, "known": known, "tables": tables, "months": picture(year, days), "lines": write(days)}
    return room.page("admin/holidays.html", "web.admin_holidays", terms=terms, revisions=revisions, **told)


def _known(year):
    if not FIRST <= year <= LAST:
        raise NotFound(f"Expected a year from {FIRST} to {LAST}, but found {year}")
    return year


def _revisions(connection, year):
    """[{"at", "who", "source", "effective", "days"}] of what was published of a year, the last first."""
    entries = account_lists.history(connection, f"calendar:{year}", REVISIONS)
    names = {SYSTEM: "系统"} | timelines.display_names(connection, {entry["actor"] for entry in entries})
    told = [(entry, body["data"]) for entry in entries if (body := orjson.loads(entry["body"]))["kind"] == "calendar:changed"]
    return [
        {
            "at": moment(entry["at"]),
            "who": names.get(entry["actor"], entry["actor"]),
            "source": data["source"],
            "effective": data.get("effective"),
            "days": len(data["days"]),
        }
        for entry, data in told
    ]


@allow("administrator")
def edit(year):
    """The form of a year, with what is published of it."""
    _known(year)
    with engine().store.read() as connection:
        table = next((table for table in holidays.tables(connection) if table["year"] == year), None)
        days = holidays.days_of(connection, year)
    given = {"days": "\n".join(write(days)), "source": table["source"] if table and table["source"] != "chinesecalendar" else ""}
    return room.page("admin/edit_holidays.html", "web.admin_holidays", year=year, table=table, given=given, problems={}, seen=None)


@allow("administrator")
def look(year):
    """What would be published, and what it would move."""
    given = request.form
    try:
        days, source, _ = _given(year)
        if not source:
            raise Invalid("Expected the notice that says so, but found none", problems={"source": ["应写明依据的通知，但没有填写。"]})
        seen = _seen(year, days)
    except EngineError as error:
        problems, status = room.refusal(error)
        return render_template("admin/holidays_form.html", year=year, given=given, problems=problems, seen=None, **room.clock()), status
    return render_template("admin/holidays_form.html", year=year, given=given, problems={}, seen=seen, **room.clock())


def _given(year):
    given = request.form
    return read(given.get("days", ""), _known(year)), given.get("source", "").strip()[:200], a_day(given, "effective")


def _seen(year, days):
    """{"months", "changes", "terms", "first", "off", "on"} of days that are not published yet; `first`: nor was the year before."""
    with engine().store.transaction() as transaction:
        current = engine().calendars.current(transaction.cursor)
        others = {day: working for day, working in current.days.items() if day.year != year}
        other = Calendar(others | {day: working for day, working, _ in days}, current.published | {year})
        terms = provisional_terms.provisional(transaction.connection, g.actor, current, other)
        before = holidays.days_of(transaction.connection, year)
    numbers = {name: sum(working is wanted for _, working, _ in days) for name, wanted in (("off", False), ("on", True))}
    told = {"months": picture(year, days), "changes": differences(before, days), "terms": terms, "first": year not in current.published}
    return {**told, **numbers}


@allow("administrator")
def publish(year):
    """公布."""
    return room.do(
        lambda: room.ask(publish_holidays, year, *_given(year)),
        "admin/holidays_form.html",
        ("web.admin_holidays", "published", {"year": year}),
        year=year,
        seen=None,
    )
