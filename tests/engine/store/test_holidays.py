"""engine/store/holidays.py: the published table as a calendar, read again only when a year was published or corrected."""

from datetime import date

import pytest

from engine.commands.publish_holidays import publish_holidays
from engine.domain.errors import Invalid, NotPermitted
from engine.store import holidays
from tests.engine.commands.office import ADMIN, LI

#: 2024: Tomb-sweeping day on Thursday and Friday, for which Sunday the 7th is worked.
DAYS = [(date(2024, 4, 4), False, "清明节"), (date(2024, 4, 5), False, "清明节"), (date(2024, 4, 7), True, "调休")]


def calendar(office):
    with office.engine.store.transaction() as transaction:
        return office.engine.calendars.current(transaction.cursor)


def test_before_anything_is_published_there_are_weekends_and_fixed_days(office):
    found = calendar(office)

    assert (found.published, found.version) == (frozenset(), "unpublished")
    assert [found.is_working(date(2024, 4, day)) for day in (4, 6, 7)] == [True, False, False]


def test_a_published_year_has_its_holidays_and_make_up_days(office):
    publish_holidays(office.engine, ADMIN, 2024, DAYS, "国办发明电〔2023〕7号")

    found = calendar(office)
    assert (found.published, found.version) == (frozenset({2024}), "2024r1")
    assert [found.is_working(date(2024, 4, day)) for day in (3, 4, 5, 6, 7)] == [True, False, False, False, True]


def test_a_correction_replaces_the_year_and_no_other(office):
    publish_holidays(office.engine, ADMIN, 2023, [(date(2023, 1, 2), False, "元旦")], "notice")
    publish_holidays(office.engine, ADMIN, 2024, DAYS, "notice")
    before = calendar(office)
    publish_holidays(office.engine, ADMIN, 2024, DAYS[:1], "correction")

    after = calendar(office)
    assert (before.version, after.version) == ("2023r1+2024r1", "2023r1+2024r2")
    assert after.days == {date(2023, 1, 2): False, date(2024, 4, 4): False}
    with office.engine.store.read() as connection:
        assert holidays.published_years(connection) == [(2023, 1), (2024, 2)]


def test_an_unchanged_table_is_not_read_again(office):
    publish_holidays(office.engine, ADMIN, 2024, DAYS, "notice")

    assert calendar(office) is calendar(office)
    before = calendar(office)
    publish_holidays(office.engine, ADMIN, 2024, DAYS, "notice")
    assert calendar(office) is not before


def test_only_an_administrator_publishes_and_only_days_of_that_year(office):
    with pytest.raises(NotPermitted, match="Expected an administrator to publish holidays, but li is not one"):
        publish_holidays(office.engine, LI, 2024, DAYS, "notice")
    with pytest.raises(Invalid, match="Expected days of 2025, but found 2024-04-04"):
        publish_holidays(office.engine, ADMIN, 2025, DAYS, "notice")
    assert calendar(office).published == frozenset()
