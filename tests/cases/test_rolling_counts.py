"""The rolling counts of 安全生产法 113: three penalties in 180 days, or four in a year."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from cases.rolling_counts import rolling_counts

THREE, FOUR = "180日3次", "1年4次"
FIRST = date(2024, 1, 10)


def decided(*days):
    return {f"松昆罚-{number}": day for number, day in enumerate(days, 1)}


def after(n, day=FIRST):
    return day + timedelta(days=n)


@pytest.mark.parametrize(
    "days, as_of, flags, in_180_days, in_a_year",
    [
        ([], after(0), (), 0, 0),
        ([FIRST, after(30)], after(30), (), 2, 2),
        ([FIRST, after(30), after(179)], after(179), (THREE,), 3, 3),
        ([FIRST, after(30), after(180)], after(180), (THREE,), 3, 3),  # 8 July 2024, the last day inside
        ([FIRST, after(30), after(181)], after(181), (), 2, 3),
        ([FIRST, FIRST, FIRST], FIRST, (THREE,), 3, 3),  # three decisions of one day
        ([FIRST, after(100), after(200), after(300)], after(300), (FOUR,), 2, 4),
        # a year to the day, which in 2024 has 366
        ([FIRST, after(181), date(2024, 12, 1), date(2025, 1, 10)], date(2025, 1, 10), (FOUR,), 2, 4),
        ([FIRST, after(100), after(200), date(2025, 1, 10)], date(2025, 1, 10), (FOUR,), 2, 4),
        ([FIRST, after(100), after(200), date(2025, 1, 11)], date(2025, 1, 11), (), 2, 3),
        ([date(2024, 2, 29), date(2024, 7, 1), date(2024, 11, 1), date(2025, 2, 28)], date(2025, 2, 28), (FOUR,), 2, 4),  # no 29th in 2025
        ([date(2024, 2, 29), date(2024, 7, 1), date(2024, 12, 1), date(2025, 3, 1)], date(2025, 3, 1), (), 2, 3),
        ([FIRST, after(10), after(20), after(30)], after(30), (THREE, FOUR), 4, 4),
        ([FIRST, after(10), after(20)], after(19), (), 2, 2),  # the third is not yet decided
        ([FIRST, after(10), after(20)], date(2026, 1, 1), (THREE,), 0, 0),  # reached once, over since
        ([after(20), FIRST, after(10)], after(20), (THREE,), 3, 3),  # in any order
        ([after(300), FIRST, after(200)], after(300), (), 2, 3),
    ],
)
def test_a_worked_example(days, as_of, flags, in_180_days, in_a_year):
    found = rolling_counts(decided(*days), as_of)
    assert (found.flags, found.in_180_days, found.in_a_year) == (flags, in_180_days, in_a_year)


def test_it_names_the_decisions_of_every_window_as_they_came():
    # when
    found = rolling_counts(decided(FIRST, after(100), after(180), after(250), after(300)), after(700))

    # then
    assert [(each["window"], each["first"], each["last"], "".join(no[-1] for no in each["decisions"])) for each in found.reached] == [
        (THREE, FIRST, after(180), "123"),
        (THREE, after(100), after(250), "234"),
        (FOUR, FIRST, after(250), "1234"),
        (THREE, after(180), after(300), "345"),
        (FOUR, after(100), after(300), "2345"),
    ]


def test_a_decision_counts_on_its_day_in_shanghai():
    late = datetime(2024, 7, 8, 16, 30, tzinfo=UTC)  # the 9th in Shanghai, day 181
    assert rolling_counts(decided(FIRST, after(30), late), after(300)).flags == ()
    assert rolling_counts({"a": "2024-01-10", "b": "2024-02-09", "c": "2024-07-08"}, "2024-07-08").flags == (THREE,)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="Expected a moment with a time zone"):
        rolling_counts({"a": datetime(2024, 7, 8)}, FIRST)  # noqa: DTZ001


@pytest.mark.parametrize("step", range(30, 200, 7))
def test_the_flags_are_those_of_trying_every_choice_of_decisions(step):
    # given
    days = [after(step * k + k * k % 13) for k in range(6)]

    # when
    flags = rolling_counts(decided(*days), days[-1]).flags

    # then
    three = any(max(chosen) - min(chosen) <= timedelta(days=180) for chosen in combinations(days, 3))
    four = any(max(chosen) <= min(chosen).replace(year=min(chosen).year + 1) for chosen in combinations(days, 4))
    assert flags == tuple(name for name, met in ((THREE, three), (FOUR, four)) if met)
