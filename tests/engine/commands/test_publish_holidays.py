"""A year's holidays and make-up working days are published, or corrected; terms that reach into it are no longer provisional."""

from datetime import date, timedelta

import pytest

from engine.commands.publish_holidays import publish_holidays
from engine.domain.errors import Invalid, NotPermitted
from engine.engine import Engine
from engine.store.records import Holiday, HolidayYear
from tests.engine.commands.office import ADMIN, LI
from tests.engine.commands.watching import recorded, row, rows, subject, unchanged

NOTICE = "国办发明电〔2030〕7号"
#: National day of 2031 with a Sunday worked before it, as the notice would have it.
DAYS = [(date(2031, 9, 28), True, "国庆调休")] + [(date(2031, 10, day), False, "国庆") for day in range(1, 8)]


def publish(office, days=DAYS, year=2031, by=ADMIN, source=NOTICE):
    """Somebody, as a rule the administrator, publishes a year."""
    publish_holidays(office.engine, by, year, days, source)


def calendar(office, engine=None):
    """The calendar that is in force, as a step reads it."""
    engine = engine or office.engine
    with engine.store.transaction() as transaction:
        return engine.calendars.current(transaction.cursor)


def test_a_published_year_is_what_its_notice_says(office):
    # when
    with recorded(office) as told:
        publish(office)

    # then
    (body,) = told
    assert (body["kind"], body["actor"], [body]) == ("calendar:changed", "admin", subject(office, "calendar:2031"))
    assert (body["data"]["year"], body["data"]["source"], len(body["data"]["days"])) == (2031, NOTICE, 8)
    assert body["data"]["days"][0] == ["2031-09-28", True, "国庆调休"]
    assert dict(row(office, HolidayYear)) == {"year": 2031, "revision": 1, "source": NOTICE}
    found = calendar(office)
    assert found.is_working(date(2031, 9, 28)) and not found.is_working(date(2031, 10, 7)) and found.is_working(date(2031, 10, 8))
    assert found.version == "2031r1"


def test_a_term_is_provisional_until_the_year_is_published(office):
    # given: weekends and the fixed days of National day are all that is known
    before = calendar(office).deadline(date(2031, 9, 26), 5, "wd")
    assert (before.date, before.provisional, before.version) == (date(2031, 10, 8), True, "unpublished")

    # when
    publish(office)

    # then: a Sunday is worked, two days more are holidays
    after = calendar(office).deadline(date(2031, 9, 26), 5, "wd")
    assert (after.date, after.provisional, after.version) == (date(2031, 10, 9), False, "2031r1")
    assert calendar(office).deadline(date(2031, 12, 31), 1, "wd").provisional


def test_a_correction_replaces_the_year_and_only_it(office):
    # given
    publish(office)
    publish(office, [(date(2032, 1, 2), False, "元旦")], 2032)

    # when
    with recorded(office) as told:
        publish(office, [(date(2031, 10, 8), False, "国庆")], source="更正")

    # then
    assert [(body["kind"], body["data"]["source"]) for body in told] == [("calendar:changed", "更正")]
    assert [one["day"] for one in rows(office, Holiday)] == [date(2031, 10, 8), date(2032, 1, 2)]
    assert [(one["year"], one["revision"]) for one in rows(office, HolidayYear)] == [(2031, 2), (2032, 1)]
    found = calendar(office)
    assert found.is_working(date(2031, 10, 7)) and not found.is_working(date(2031, 10, 8)) and found.version == "2031r2+2032r1"


def test_a_year_without_a_single_exception_is_published_all_the_same(office):
    publish(office, [])

    assert not calendar(office).deadline(date(2031, 5, 5), 3, "wd").provisional
    assert calendar(office).is_working(date(2031, 10, 1))


def test_another_process_counts_by_the_new_table_at_once(office):
    another = Engine(office.engine.store, office.engine.vault)
    assert calendar(office, another).is_working(date(2031, 10, 6))

    publish(office)

    assert not calendar(office, another).is_working(date(2031, 10, 6))


def test_days_of_another_year_are_refused(office):
    with unchanged(office), pytest.raises(Invalid, match="Expected days of 2031, but found 2032-01-01"):
        publish(office, [*DAYS, (date(2032, 1, 1), False, "元旦")])


def test_a_day_is_a_holiday_or_a_working_day_and_not_both(office):
    with unchanged(office), pytest.raises(Invalid, match="Expected each day once, but found 2031-10-01 twice"):
        publish(office, [*DAYS, (date(2031, 10, 1), True, "调休")])


def test_only_an_administrator_publishes_holidays(office):
    with unchanged(office), pytest.raises(NotPermitted, match="Expected an administrator to publish holidays, but li is not one"):
        publish(office, by=LI)


def test_a_notice_holds_already_and_says_which_one_it_is(office):
    tomorrow = office.engine.day(office.engine.time()) + timedelta(days=1)
    with unchanged(office):
        with pytest.raises(Invalid, match="Expected a notice that holds already"):
            publish_holidays(office.engine, ADMIN, 2031, DAYS, NOTICE, tomorrow)
        with pytest.raises(Invalid, match="Expected the notice that says so as source"):
            publish(office, source=" ")
    with recorded(office) as told:
        publish_holidays(office.engine, ADMIN, 2031, DAYS, NOTICE, tomorrow - timedelta(days=1))
    assert told[0]["data"]["effective"] == (tomorrow - timedelta(days=1)).isoformat()
