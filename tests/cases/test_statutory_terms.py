"""The law's terms by the published calendar: worked by hand (the days that count, in comments), and by a second opinion."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from cases import term
from engine import feel
from tests.cases.published import CALENDAR, LAST_YEAR, TABLE, counted, rule

SHANGHAI = timezone(timedelta(hours=8))

#: (term, day of the event, last day)
WORKED = [
    # 春节 2024: off 10–17 February; 4 and 18 February (Sundays) made up; 除夕, the 9th, was a working day
    ("T1", date(2024, 2, 2), date(2024, 2, 18)),  # 4 (made up), 5, 6, 7, 8, 9, 18 (made up)
    ("T5", date(2024, 2, 7), date(2024, 2, 20)),  # 8, 9, 18, 19, 20
    ("T11", date(2024, 1, 26), date(2024, 2, 18)),  # 10 February is a holiday
    ("T11", date(2024, 1, 25), date(2024, 2, 9)),  # 除夕, but a working day
    ("T10", date(2024, 2, 9), date(2024, 2, 26)),  # 18–23, 26
    ("T15", date(2024, 1, 31), date(2024, 2, 8)),  # 1, 2, 4, 5, 6, 7, 8
    ("T14", date(2024, 2, 8), date(2024, 2, 19)),  # 9, 18, 19
    ("T4", date(2024, 2, 9), date(2024, 2, 20)),  # 18, 19, 20
    ("催告", date(2024, 2, 5), date(2024, 2, 23)),  # 6–9, 18–23
    ("消防复查", date(2024, 2, 9), date(2024, 2, 20)),  # 18, 19, 20
    ("T3", date(2023, 11, 20), date(2024, 2, 18)),  # 10 + 31 + 31 + 18; a Sunday that was made up
    ("T3", date(2023, 11, 15), date(2024, 2, 18)),  # 13 February is a holiday
    # leap years
    ("T3", date(2023, 12, 1), date(2024, 2, 29)),  # 30 + 31 + 29
    ("T11", date(2024, 2, 14), date(2024, 2, 29)),  # 15 + 14 = 29
    ("T11", date(2025, 2, 14), date(2025, 3, 3)),  # no 29th: 1 March, a Saturday
    ("申请法院", date(2023, 11, 29), date(2024, 2, 29)),  # a Thursday
    ("T16", date(2024, 2, 29), date(2026, 2, 28)),  # no 29th in 2026
    ("T16", date(2024, 2, 28), date(2026, 2, 28)),  # the same last day
    ("T16", date(2022, 2, 28), date(2024, 2, 28)),  # the number of the day, not the end of the month
    ("T16-生命健康", date(2024, 2, 29), date(2029, 2, 28)),  # no calendar needed
    ("复议未告知", date(2024, 2, 29), date(2025, 2, 28)),  # a Friday
    ("起诉", date(2024, 8, 31), date(2025, 2, 28)),  # no 31st
    ("起诉", date(2024, 8, 29), date(2025, 2, 28)),  # no 29th
    # 清明, 五一 and 端午 2024: off 4–6 April, 1–5 May, 8–10 June; made up 7 and 28 April (Sundays), 11 May (Saturday)
    ("T1", date(2024, 4, 2), date(2024, 4, 12)),  # 3, 7 (made up), 8–12
    ("T5", date(2024, 4, 26), date(2024, 5, 7)),  # 28 (made up), 29, 30, 6, 7
    ("T15", date(2024, 4, 30), date(2024, 5, 13)),  # 6–10, 11 (made up), 13
    ("T11", date(2024, 4, 16), date(2024, 5, 6)),  # 1 May
    ("T11", date(2024, 4, 13), date(2024, 4, 28)),  # a Sunday that was made up
    ("T11", date(2024, 4, 26), date(2024, 5, 11)),  # a Saturday that was made up
    ("T11", date(2024, 4, 27), date(2024, 5, 13)),  # 12 May, a Sunday
    ("消防复查", date(2024, 4, 30), date(2024, 5, 8)),  # 6, 7, 8
    ("安全复查", date(2024, 4, 30), date(2024, 5, 10)),  # 6–10
    ("安全复查", date(2024, 5, 6), date(2024, 5, 11)),  # 7–10, 11 (made up)
    ("T10", date(2024, 6, 5), date(2024, 6, 17)),  # 6, 7, 11–14, 17
    # 中秋 and 国庆 2024: off 15–17 September, 1–7 October; made up 14 and 29 September, 12 October
    ("T15", date(2024, 9, 13), date(2024, 9, 25)),  # 14 (made up), 18, 19, 20, 23, 24, 25
    ("T1", date(2024, 9, 25), date(2024, 10, 10)),  # 26, 27, 29 (made up), 30, 8, 9, 10
    ("T11", date(2024, 9, 18), date(2024, 10, 8)),  # 3 October
    ("T5", date(2024, 9, 27), date(2024, 10, 10)),  # 29 (made up), 30, 8, 9, 10
    ("T5", date(2024, 10, 8), date(2024, 10, 14)),  # 9, 10, 11, 12 (made up), 14
    ("复议申请", date(2024, 8, 5), date(2024, 10, 8)),  # 26 + 30 + 4: 4 October
    ("起诉", date(2024, 4, 1), date(2024, 10, 8)),  # 1 October
    ("申请法院", date(2024, 7, 12), date(2024, 10, 12)),  # a Saturday that was made up
    ("催告", date(2024, 9, 23), date(2024, 10, 11)),  # 24–27, 29 (made up), 30, 8–11
    # the end of 2024
    ("T1", date(2024, 12, 26), date(2025, 1, 7)),  # 27, 30, 31, 2, 3, 6, 7
    ("T11", date(2024, 12, 17), date(2025, 1, 2)),  # 1 January
    ("T5", date(2024, 12, 31), date(2025, 1, 8)),  # 2, 3, 6, 7, 8
    ("起诉", date(2024, 12, 31), date(2025, 6, 30)),  # no 31st; a Monday
    ("申请法院", date(2024, 12, 31), date(2025, 3, 31)),  # a Monday
    # 春节 2025: off 28 January – 4 February; made up 26 January (Sunday), 8 February (Saturday)
    ("复议决定", date(2024, 12, 2), date(2025, 2, 5)),  # 29 + 31: 31 January
    ("T3", date(2024, 10, 30), date(2025, 2, 5)),  # 1 + 30 + 31 + 28: 28 January
    ("T5", date(2025, 1, 24), date(2025, 2, 7)),  # 26 (made up), 27, 5, 6, 7
    ("T1", date(2025, 1, 24), date(2025, 2, 10)),  # 26 (made up), 27, 5, 6, 7, 8 (made up), 10
    ("T11", date(2025, 1, 13), date(2025, 2, 5)),  # 28 January
    ("T11", date(2025, 1, 11), date(2025, 1, 26)),  # a Sunday that was made up
    ("T11", date(2025, 1, 24), date(2025, 2, 8)),  # a Saturday that was made up
    ("消防复查", date(2025, 1, 27), date(2025, 2, 7)),  # 5, 6, 7
    ("T10", date(2025, 1, 27), date(2025, 2, 12)),  # 5, 6, 7, 8 (made up), 10, 11, 12
    # 五一 and 端午 2025: off 1–5 May, 31 May – 2 June; made up 27 April (Sunday)
    ("T5", date(2025, 4, 25), date(2025, 5, 6)),  # 27 (made up), 28, 29, 30, 6
    ("T11", date(2025, 4, 20), date(2025, 5, 6)),  # 5 May
    ("T15", date(2025, 4, 30), date(2025, 5, 14)),  # 6–9, 12, 13, 14
    ("复议受理", date(2025, 5, 29), date(2025, 6, 6)),  # 30, 3–6
    # 国庆 2025: off 1–8 October; made up 28 September (Sunday), 11 October (Saturday)
    ("T1", date(2025, 9, 26), date(2025, 10, 13)),  # 28 (made up), 29, 30, 9, 10, 11 (made up), 13
    ("T11", date(2025, 9, 23), date(2025, 10, 9)),  # 8 October
    ("T11", date(2025, 9, 26), date(2025, 10, 11)),  # a Saturday that was made up
    ("复议申请", date(2025, 8, 4), date(2025, 10, 9)),  # 27 + 30 + 3: 3 October
    ("起诉", date(2025, 4, 8), date(2025, 10, 9)),  # 8 October
    ("查封扣押", date(2025, 9, 5), date(2025, 10, 5)),  # 25 + 5; no rest day makes it longer
    ("移送审批", date(2025, 9, 30), date(2025, 10, 9)),  # 3 October
    # 2026: off 1–3 January, 15–23 February, 1–5 May, 25–27 September, 1–7 October
    ("T1", date(2025, 12, 30), date(2026, 1, 9)),  # 31, 4 (Sunday, made up), 5–9
    ("T11", date(2025, 12, 18), date(2026, 1, 4)),  # 2 January; a Sunday that was made up
    ("T5", date(2026, 2, 12), date(2026, 2, 26)),  # 13, 14 (Saturday, made up), 24, 25, 26
    ("T11", date(2026, 2, 8), date(2026, 2, 24)),  # 23 February
    ("T15", date(2026, 4, 29), date(2026, 5, 12)),  # 30, 6, 7, 8, 9 (Saturday, made up), 11, 12
    ("T1", date(2026, 9, 18), date(2026, 9, 29)),  # 20 (Sunday, made up), 21–24, 28, 29
    ("T11", date(2026, 9, 22), date(2026, 10, 8)),  # 7 October
]

#: (term, day of the event, last day, provisional): over the end of the last year that is published
AT_THE_EDGE = [
    ("T11", date(2026, 12, 16), date(2026, 12, 31), False),  # 15 + 16 = 31
    ("T11", date(2026, 12, 17), date(2027, 1, 4), True),  # 1 January, then a weekend
    ("T1", date(2026, 12, 28), date(2027, 1, 7), True),  # 29, 30, 31, 4–7
    ("T5", date(2026, 12, 24), date(2026, 12, 31), False),  # 25, 28–31
    ("T5", date(2026, 12, 25), date(2027, 1, 4), True),  # 28–31, 4
    ("起诉", date(2026, 8, 31), date(2027, 3, 1), True),  # 28 February, a Sunday
    ("复议申请", date(2026, 11, 10), date(2027, 1, 11), True),  # 20 + 31 + 9: a Saturday
    ("复议决定延长", date(2026, 12, 1), date(2026, 12, 31), False),
    ("T16", date(2025, 6, 1), date(2027, 6, 1), False),  # no calendar needed
    ("查封扣押", date(2026, 12, 20), date(2027, 1, 19), False),  # no calendar needed
    ("113-四次", date(2026, 3, 8), date(2027, 3, 8), False),  # no calendar needed
]


def derived(name, start, **more):
    return term.compute(name, rule(name, "2026-01-05" if start.year > 2026 else start), start, CALENDAR, **more)


@pytest.mark.parametrize("name, start, last", WORKED)
def test_a_worked_example(name, start, last):
    # when
    found = derived(name, start)

    # then
    n, unit, rolls = found["n"], found["unit"], rule(name, start)["rolls"]
    assert found["date"] == last == counted(start, n, unit, rolls)
    assert found["at"] == datetime(last.year, last.month, last.day, 23, 59, 59, tzinfo=SHANGHAI)
    assert found["at"].isoformat().endswith("+08:00")
    assert not found["provisional"]


@pytest.mark.skipif(LAST_YEAR != 2026, reason="2027 has been published since, so it is not the edge any more")
@pytest.mark.parametrize("name, start, last, provisional", AT_THE_EDGE)
def test_a_worked_example_over_the_end_of_what_is_published(name, start, last, provisional):
    found = derived(name, start)
    assert (found["date"], found["provisional"]) == (last, provisional)
    assert last == counted(start, found["n"], found["unit"], rule(name, start)["rolls"])


def test_there_are_enough_worked_examples():
    assert len(set(WORKED)) == len(WORKED) >= 60


@pytest.mark.parametrize("name, start, last", [each for each in WORKED if rule(each[0], each[1])["rolls"]])
def test_a_diagram_counts_as_python_does(name, start, last):
    scope = feel.Scope({"start": start, "term": rule(name, start)}, env=feel.Environment(datetime(2026, 1, 5, tzinfo=SHANGHAI), CALENDAR))
    found = feel.expression("deadline(start, term.n, term.unit)")(scope)
    assert (found["date"], found["provisional"]) == (last, False)


@pytest.mark.parametrize("name", ["T5", "T1", "T11", "起诉", "查封扣押"])
def test_every_day_of_almost_three_years_counts_as_the_second_opinion(name):
    told = rule(name, "2024-03-01")
    for step in range(1000):
        start = date(2024, 3, 1) + timedelta(days=step)
        assert term.compute(name, told, start, CALENDAR)["date"] == counted(start, told["n"], told["unit"], told["rolls"]), start


@pytest.mark.parametrize(
    "name, start, at",
    [
        ("移送公安", datetime(2024, 9, 30, 17, 30, tzinfo=SHANGHAI), datetime(2024, 10, 1, 17, 30, tzinfo=SHANGHAI)),  # holidays count
        ("紧急查封补办", datetime(2025, 1, 27, 20, 0, tzinfo=SHANGHAI), datetime(2025, 1, 28, 20, 0, tzinfo=SHANGHAI)),
        ("移送公安", datetime(2024, 12, 31, 12, 0, tzinfo=UTC), datetime(2025, 1, 1, 20, 0, tzinfo=SHANGHAI)),
        ("移送公安", datetime(2027, 2, 28, 8, 0, tzinfo=SHANGHAI), datetime(2027, 3, 1, 8, 0, tzinfo=SHANGHAI)),  # needs no calendar
        ("停供通知", datetime(2024, 10, 8, 9, 0, tzinfo=SHANGHAI), datetime(2024, 10, 7, 9, 0, tzinfo=SHANGHAI)),  # before the event
    ],
)
def test_a_worked_example_in_hours(name, start, at):
    found = derived(name, start)
    assert (found["at"], found["date"], found["provisional"]) == (at, at.date(), False)


@pytest.mark.parametrize(
    "hearing, last, provisional",
    [
        (date(2024, 10, 11), date(2024, 9, 25), False),  # between: 26, 27, 29 (made up), 30, 8, 9, 10
        (date(2024, 5, 13), date(2024, 4, 29), False),  # between: 30, 6–10, 11 (made up)
        (date(2025, 2, 10), date(2025, 1, 23), False),  # between: 24, 26 (made up), 27, 5, 6, 7, 8 (made up)
        (date(2024, 2, 19), date(2024, 2, 3), False),  # between: 4 (made up), 5–9, 18 (made up); notice on a Saturday
        (date(2027, 1, 8), date(2026, 12, 28), True),  # between: 29, 30, 31, 4–7, if these are working days
    ],
)
def test_the_last_day_on_which_the_notice_of_a_hearing_is_in_time(hearing, last, provisional):
    found = derived("T6", hearing)
    assert (found["date"], found["provisional"]) == (last, provisional or (hearing.year == 2027 and LAST_YEAR == 2026))
    assert found["kind"] == "提前"


def test_a_term_of_no_known_law_stops_whoever_asks():
    assert rule("T1", "2021-07-14")["n"] is None
    assert rule("T1", "2021-07-15")["n"] == 7
    assert rule("T15", "2021-08-31")["unit"] is None
    assert rule("T15", "2021-09-01")["unit"] == "wd"
    with pytest.raises(ValueError, match="Expected a rule with a term for T1, but found 无: 本表所录法律、规定自 2021-07-15 施行"):
        term.compute("T1", rule("T1", "2021-07-14"), date(2021, 7, 14), CALENDAR)


def test_a_term_is_that_of_the_law_in_force_on_the_day():
    before, after = rule("复议申请", "2023-12-31"), rule("复议申请", "2024-01-01T00:00:00+08:00")
    assert (before["basis"], before["valid_to"]) == ("行政复议法（1999）第九条", date(2024, 1, 1))
    assert (after["basis"], after["valid_from"], after["valid_to"]) == ("行政复议法第二十条", date(2024, 1, 1), None)


@pytest.mark.parametrize("n", range(1, 19))
def test_each_of_the_eighteen_clocks_has_a_rule(n):
    found = rule(f"T{n}", "2024-03-01")
    assert found["basis"].startswith(("行政处罚法第", "安全生产法第"))
    assert (found["n"] is None) is (found["kind"] == "关口")


def test_what_is_not_certain_is_said_where_designers_read_it():
    for each in TABLE.decisions["statutory_term"].table.rules:
        told = "".join(text for _, text in each.annotations)
        verify = each.outputs[-1].text == "true"
        assert verify is ("待核实" in told or "人工确定" in told), each.id
        assert each.outputs[6].text != "null" or "人工确定" in told, each.id


@pytest.mark.parametrize("name", ["T2", "T7", "T8", "T9", "T12", "T17"])
def test_a_gate_and_a_rate_are_no_terms(name):
    with pytest.raises(ValueError, match=f"Expected a rule with a term for {name}"):
        derived(name, date(2024, 3, 1))


def test_the_late_fine_takes_its_rate_from_the_table():
    found = rule("T12", "2024-03-01")
    assert (found["n"], found["unit"], found["kind"]) == (Decimal(3), "%/d", "加处")
