"""A term with its derivation: what it says of itself, and how pauses and extensions move its end."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from cases import term
from cases.pause import intervals, stands_still
from engine.commands.handlers import HandlerCall
from engine.domain import values
from engine.domain.people import Actor
from tests.cases.published import CALENDAR, rule

SHANGHAI = timezone(timedelta(hours=8))


def pause(first, last=None):
    return {"from": first, "until": last, "reason": "鉴定", "document": "鉴定委托书 1"}


def derived(name, start, **more):
    return term.compute(name, rule(name, "2024-03-01"), start, CALENDAR, **more)


def test_a_term_keeps_what_it_follows_from():
    # when
    found = derived("T11", date(2024, 9, 18))

    # then
    assert found == {
        "rule": "statutory_terms.dmn/statutory_term",
        "step": "T11",
        "basis": "行政处罚法第六十七条",
        "start_event": "决定书送达",
        "start": date(2024, 9, 18),
        "n": Decimal(15),
        "unit": "cd",
        "kind": "期限",
        "pauses": [],
        "extensions": [],
        "date": date(2024, 10, 8),
        "at": datetime(2024, 10, 8, 23, 59, 59, tzinfo=SHANGHAI),
        "provisional": False,
        "calendar": 1,
    }


def test_a_term_can_be_kept_as_a_variable_and_read_again():
    found = derived("T3", date(2024, 3, 1), pauses=[pause(date(2024, 4, 1), date(2024, 4, 10))])
    kept = values.read(values.write(found))
    assert (kept["date"], kept["at"]) == ("2024-06-11", "2024-06-11T23:59:59+08:00")


@pytest.mark.parametrize(
    "name, start, pauses, last",
    [
        # 90 days end on 30 May; ten of them stand still: 9 June, in 端午, so the 11th
        ("T3", date(2024, 3, 1), [pause(date(2024, 4, 1), date(2024, 4, 10))], date(2024, 6, 11)),
        ("T3", date(2024, 3, 1), [], date(2024, 5, 30)),
        ("T3", date(2024, 3, 1), [pause(date(2024, 4, 1), date(2024, 4, 1))], date(2024, 5, 31)),  # both ends inside
        ("T3", date(2024, 3, 1), [pause(date(2024, 4, 1), date(2024, 4, 4)), pause(date(2024, 4, 3), date(2024, 4, 5))], date(2024, 6, 4)),
        ("T3", date(2024, 3, 1), [pause(date(2024, 2, 1), date(2024, 3, 1))], date(2024, 5, 30)),  # over before day 1
        ("T3", date(2024, 3, 1), [pause(date(2024, 5, 31), date(2024, 6, 30))], date(2024, 5, 30)),  # begins too late
        ("T3", date(2024, 3, 1), [pause(date(2024, 5, 30), date(2024, 6, 2))], date(2024, 6, 3)),  # on the last day
        ("T3", date(2024, 3, 1), [pause(date(2024, 5, 31))], date(2024, 5, 30)),  # without end, but after the term
        ("T1", date(2024, 9, 25), [pause(date(2024, 9, 27), date(2024, 9, 29))], date(2024, 10, 12)),  # 26, 30, 8–11, 12
        # 1 June is the last day; it and 31 May stand still, as do the days until the 4th: the 5th and the 6th count instead
        ("申请法院", date(2024, 3, 1), [pause(date(2024, 5, 31), date(2024, 6, 4))], date(2024, 6, 6)),
        ("查封扣押", date(2024, 9, 5), [pause(date(2024, 9, 10), date(2024, 9, 10))], date(2024, 10, 6)),  # not lengthened by 国庆
        ("T3", date(2024, 3, 1), [pause("2024-04-01", "2024-04-10T09:00:00+08:00")], date(2024, 6, 11)),  # as variables keep them
    ],
)
def test_the_days_of_a_pause_do_not_count(name, start, pauses, last):
    assert derived(name, start, pauses=pauses)["date"] == last


def test_while_a_pause_has_no_end_nor_has_the_term():
    # when
    found = derived("T3", date(2024, 3, 1), pauses=[pause(date(2024, 5, 30))])

    # then
    assert (found["date"], found["at"]) == (None, None)


def test_an_extension_counts_from_the_end_before_it():
    extensions = [{"n": 30, "unit": "cd", "reason": "情况复杂", "document": "批准书 1"}]
    found = derived("复议决定", date(2024, 3, 1), extensions=extensions)
    assert found["date"] == date(2024, 5, 30)  # 30 April, and 30 more
    assert found["extensions"] == extensions
    twice = derived("复议决定", date(2024, 3, 1), extensions=extensions + [{"n": 3, "unit": "wd", "reason": "", "document": ""}])
    assert twice["date"] == date(2024, 6, 4)


def test_an_extension_by_hours_counts_from_the_moment():
    start = datetime(2024, 9, 30, 17, 30, tzinfo=SHANGHAI)
    found = derived("移送公安", start, extensions=[{"n": 2, "unit": "h", "reason": "", "document": ""}])
    assert found["at"] == datetime(2024, 10, 1, 19, 30, tzinfo=SHANGHAI)


def test_an_extension_into_a_year_that_is_not_published_makes_a_term_provisional():
    last = max(CALENDAR.published)
    found = derived("复议决定", date(last, 10, 1), extensions=[{"n": 60, "unit": "cd", "reason": "", "document": ""}])
    assert (found["date"].year, found["provisional"]) == (last + 1, True)
    assert not derived("复议决定", date(last, 10, 1))["provisional"]


def test_a_pause_into_a_year_that_is_not_published_makes_a_term_provisional():
    last = max(CALENDAR.published)
    assert derived("T1", date(last, 12, 1), pauses=[pause(date(last, 12, 2), date(last, 12, 31))])["provisional"]
    assert derived("T3", date(last, 9, 1), pauses=[pause(date(last, 10, 1), date(last, 12, 31))])["provisional"]


def test_a_diagram_is_given_a_term_by_its_handler():
    # given
    told = {"step": "T3", "rule": rule("T3", "2024-03-01"), "start": "2024-03-01T10:00:00+08:00"}
    pauses = [pause("2024-04-01", "2024-04-10")]

    # then
    for more, last in (({}, date(2024, 5, 30)), ({"pauses": None}, date(2024, 5, 30)), ({"pauses": pauses}, date(2024, 6, 11))):
        call = HandlerCall({**told, **more}, {}, Actor("ma.li"), None, CALENDAR, 1, 1, None, "compute_due", "enforcement")
        variables, changes = term.derive(None, call)
        assert (variables["term"]["date"], variables["term"]["pauses"], changes) == (last, more.get("pauses") or [], [])


def test_the_day_of_the_event_is_that_in_shanghai():
    late = datetime(2024, 9, 17, 16, 0, tzinfo=UTC)
    assert derived("T11", late)["date"] == derived("T11", "2024-09-18")["date"] == date(2024, 10, 8)
    assert derived("T3", late, pauses=[pause(date(2024, 9, 20), date(2024, 9, 20))])["date"] == date(2024, 12, 18)


@pytest.mark.parametrize(
    "name, start, more",
    [
        ("移送公安", datetime(2024, 9, 30, 17, 30, tzinfo=SHANGHAI), {"pauses": [pause(date(2024, 9, 30))]}),
        ("T6", date(2024, 9, 30), {"pauses": [pause(date(2024, 9, 3))]}),
        ("T6", date(2024, 9, 30), {"extensions": [{"n": 3, "unit": "wd"}]}),
        ("T1", datetime(2024, 9, 30, 17, 30), {}),  # noqa: DTZ001  no zone
        ("停供通知", date(2024, 9, 30), {}),
        ("移送公安", date(2024, 9, 30), {}),
        ("T3", date(2024, 9, 30), {"pauses": [pause(date(2024, 9, 3), date(2024, 9, 2))]}),
    ],
)
def test_what_cannot_be_counted_is_refused(name, start, more):
    with pytest.raises(ValueError, match=r"^Expected .*, (but|for)"):
        derived(name, start, **more)


def test_a_pause_goes_from_its_first_to_its_last_day():
    stopped = intervals([pause(date(2024, 4, 1), date(2024, 4, 2)), pause(date(2024, 5, 1))])
    still = [day for day in range(1, 31) if stands_still(date(2024, 4, day), stopped)]
    assert still == [1, 2]
    assert stands_still(date(2099, 1, 1), stopped)
