"""When timers are due: dates, durations, cycles; and what happens to cycles when nothing ran for a while."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from engine.workflow import definition, timers
from tests.engine.workflow.drawing import boundary, catch, diagram, end, flows, handler, script, start, timer, user
from tests.engine.workflow.ledger import NOW, Case

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text, months, rest",
    [
        ("PT15S", 0, timedelta(seconds=15)),
        ("P3Y6M4DT12H30M5S", 42, timedelta(days=4, hours=12, minutes=30, seconds=5)),
        ("P2W", 0, timedelta(weeks=2)),
        ("-P1D", 0, timedelta(days=-1)),
        ("PT0.5S", 0, timedelta(milliseconds=500)),
        ("pt1h", 0, timedelta(hours=1)),
    ],
)
def test_durations_are_read(text, months, rest):
    assert timers.duration(text) == (months, rest)


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "P1H", "PT1D", "P1DT", "soon", "P1,5D"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="Expected a duration"):
        timers.duration(text)


@pytest.mark.parametrize(
    "text, found",
    [
        ("2026-03-01T09:00:00Z", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        ("2026-03-01T09:00:00+08:00", datetime(2026, 3, 1, 1, tzinfo=UTC)),
        ("2026-03-01T09:00:00", datetime(2026, 3, 1, 1, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 2, 28, 16, tzinfo=UTC)),
        ("2026-07-01T09:00:00[Europe/Berlin]", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-07-01T09:00:00@Europe/Berlin", datetime(2026, 7, 1, 7, tzinfo=UTC)),
        ("2026-07-01T09:00:00+02:00[Europe/Berlin]", datetime(2026, 7, 1, 7, tzinfo=UTC)),
    ],
)
def test_moments_are_read_and_without_a_zone_are_in_that_of_people(text, found):
    assert timers.moment(text, SHANGHAI) == found


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01T00:00:00Z", "2026-07-01T09:00:00[Nowhere/None]"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError, match="Expected a date and time"):
        timers.moment(text, SHANGHAI)


def test_a_month_after_the_31st_of_january_is_the_last_of_february():
    assert timers.plus(datetime(2026, 1, 31, tzinfo=UTC), 1, timedelta()) == datetime(2026, 2, 28, tzinfo=UTC)
    assert timers.plus(datetime(2026, 3, 31, tzinfo=UTC), -1, timedelta()) == datetime(2026, 2, 28, tzinfo=UTC)


def due(case):
    return sorted(sub.due for sub in case.ledger.subscriptions.values())


@pytest.mark.parametrize(
    "event, when",
    [
        (timer("PT1H"), NOW + timedelta(hours=1)),
        (timer("=wait"), NOW + timedelta(days=2)),
        (timer('=duration("P1DT1H")'), NOW + timedelta(days=1, hours=1)),
        (timer('=duration("P1M")'), datetime(2026, 4, 2, 9, tzinfo=UTC)),
        (timer("-PT1H"), NOW - timedelta(hours=1)),
        (timer("2026-05-01T00:00:00+08:00", "Date"), datetime(2026, 4, 30, 16, tzinfo=UTC)),
        (timer('=date and time("2026-05-01T00:00:00Z")', "Date"), datetime(2026, 5, 1, tzinfo=UTC)),
        (timer('=date("2026-05-01")', "Date"), datetime(2026, 5, 1, tzinfo=UTC)),
        (timer("=day", "Date"), datetime(2026, 5, 1, tzinfo=UTC)),
        (timer("R3/PT1H", "Cycle"), NOW + timedelta(hours=1)),
        (timer("R/2026-04-01T00:00:00Z/P1D", "Cycle"), datetime(2026, 4, 1, tzinfo=UTC)),
        (timer('=duration("PT2H")', "Cycle"), NOW + timedelta(hours=2)),
        (timer("0 0 9-17 * * MON-FRI", "Cycle"), NOW + timedelta(hours=1)),
        (timer("@daily", "Cycle"), datetime(2026, 3, 3, tzinfo=UTC)),
    ],
)
def test_a_timer_is_due(event, when):
    case = Case(diagram(start(), catch("c", event), user("z"), flows("s -> c -> z")), wait="P2D", day=date(2026, 5, 1))

    assert due(case) == [when]


@pytest.mark.parametrize(
    "event",
    [
        timer("=n"),
        timer("=text"),
        timer("=nothing"),
        timer("=n", "Date"),
        timer("=text", "Date"),
        timer("=text", "Cycle"),
        timer("=n", "Cycle"),
        timer('=duration("P9999Y")'),
        timer('="R3/" + "PT0S"', "Cycle"),
        timer('="R0" + "/PT1S"', "Cycle"),
        timer('="0 0 0 31" + " 2 *"', "Cycle"),
    ],
)
def test_a_value_that_is_no_time_is_an_incident(event):
    case = Case(diagram(start(), catch("c", event), user("z"), flows("s -> c -> z")), n=1, text="soon")

    assert case.incidents["c"][0] == "EXTRACT_VALUE_ERROR"
    assert not case.ledger.subscriptions


def test_a_zone_of_people_counts_for_cron_and_for_moments_without_one():
    event = timer("0 0 9 * * *", "Cycle")
    case = Case(diagram(start(), catch("c", event), user("z"), flows("s -> c -> z")), now=NOW.astimezone(SHANGHAI))

    assert due(case) == [datetime(2026, 3, 3, 1, tzinfo=UTC)]


CYCLE = user("a") + script("r") + end("re") + end() + flows("s -> a -> e", "ev -> r -> re")


def reminded(cycle, now=NOW, interrupting=False):
    return Case(diagram(start(), CYCLE, boundary("ev", "a", timer(cycle, "Cycle"), interrupting)), now=now)


def test_a_cycle_fires_as_often_as_it_says():
    case = reminded("R3/PT1H")
    (id,) = case.ledger.subscriptions

    for _ in range(5):
        case.later(1)
        assert set(case.ledger.subscriptions) <= {id}

    assert case.log == ["r"] * 3
    assert not case.ledger.subscriptions
    assert case.complete("a").status == "COMPLETED"


def test_a_cycle_without_a_number_fires_until_its_element_is_over():
    case = reminded("R/PT1H")
    for _ in range(7):
        case.later(1)

    assert case.log == ["r"] * 7
    assert case.complete("a").status == "COMPLETED"


def test_a_cycle_neither_drifts_nor_makes_up_for_a_long_stop():
    case = reminded("R/PT1H")
    case.now += timedelta(minutes=90)
    case.later(0)
    assert case.log == ["r"]
    assert due(case) == [NOW + timedelta(hours=2)]

    case.now += timedelta(days=10, minutes=7)
    case.later(0)

    assert case.log == ["r", "r"]
    assert due(case) == [NOW + timedelta(days=10, hours=2)]


def test_a_monthly_cycle_keeps_its_day():
    case = reminded("R/2026-01-31T00:00:00Z/P1M", now=datetime(2026, 1, 30, tzinfo=UTC))

    found = []
    for _ in range(4):
        (when,) = due(case)
        found.append((when.month, when.day))
        case.now = when
        case.later(0)

    assert found == [(1, 31), (2, 28), (3, 31), (4, 30)]


def test_a_cycle_of_seconds_after_ten_years_is_counted_and_not_walked():
    case = reminded("R/PT1S")
    case.now += timedelta(days=3650, milliseconds=300)

    assert case.later(0).log == ["r"]
    assert due(case) == [NOW + timedelta(days=3650, seconds=1)]


def test_a_cron_cycle_goes_on_after_now():
    case = reminded("0 0 9 * * MON")
    assert due(case) == [datetime(2026, 3, 9, 9, tzinfo=UTC)]

    case.now = datetime(2026, 4, 1, tzinfo=UTC)
    case.later(0)

    assert case.log == ["r"]
    assert due(case) == [datetime(2026, 4, 6, 9, tzinfo=UTC)]


def test_an_interrupting_cycle_fires_once():
    assert reminded("R3/PT1H", interrupting=True).later(5).log == ["r"]


def test_a_handler_can_be_started_by_a_cycle():
    case = Case(diagram(start(), user("a"), handler("h", "cycle", interrupting=False), flows("s -> a")))

    for _ in range(5):
        case.later(1)

    assert case.open == ["a", "r", "r", "r"]


def test_the_state_holds_a_cycle_in_integers_and_text():
    case = reminded("R3/PT1H")

    assert b'["PT1H",3,' in case.raw
    assert case.now.isoformat()[:10].encode() not in case.raw


def test_a_timer_start_event_says_when_it_is_due():
    (process,) = definition.read(diagram(start("s", timer("R/P1D", "Cycle")), user("a"), flows("s -> a")))
    (begin,) = process.starts
    assert (begin.event_id, begin.kind, begin.timer) == ("s", "timer", "cycle")

    when, book = timers.first(begin, NOW)
    assert when == NOW + timedelta(days=1)

    assert timers.following(book, NOW + timedelta(days=3))[0] == NOW + timedelta(days=4)


def test_a_cycle_beyond_the_calendar_ends():
    zone = timezone(timedelta(hours=8))
    _, book = timers.read("cycle", "R/P5000Y", datetime(2026, 1, 1, tzinfo=zone))

    assert timers.following(book, datetime(2026, 1, 1, tzinfo=zone)) == (None, None)
