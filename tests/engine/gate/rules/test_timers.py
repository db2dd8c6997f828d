"""Timers: one time each, and which kind of time at which place."""

import pytest

from tests.engine.gate.drawn import END, around, element, event, file, found, job, line

DATE = "<timerEventDefinition><timeDate>2026-03-01T09:00:00+08:00</timeDate></timerEventDefinition>"
DURATION = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
CYCLE = "<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>"


def start(timer):
    return event("startEvent", "x", timer) + END + line("x", "e")


def catch(timer):
    return around(event("intermediateCatchEvent", "x", timer), "x")


def border(timer, **attributes):
    return around(job() + event("boundaryEvent", "x", timer, attachedToRef="a", **attributes))


def handler(timer, **attributes):
    inside = event("startEvent", "x", timer, **attributes) + element("endEvent", "he") + line("x", "he")
    return around(job() + element("subProcess", "h", inside=inside, triggeredByEvent="true"))


CASES = {
    "a process starts at a date": (start(DATE), []),
    "a process starts again and again": (start(CYCLE), []),
    "a process starts after a duration": (start(DURATION), ["TIMER_NOT_ALLOWED_HERE"]),
    "an event waits for a date": (catch(DATE), []),
    "an event waits for a duration": (catch(DURATION), []),
    "an event waits again and again": (catch(CYCLE), ["TIMER_NOT_ALLOWED_HERE"]),
    "an interrupting border repeats": (border(CYCLE), ["TIMER_NOT_ALLOWED_HERE"]),
    "a border that goes on repeats": (border(CYCLE, cancelActivity="false"), []),
    "an interrupting handler repeats": (handler(CYCLE), ["TIMER_NOT_ALLOWED_HERE"]),
    "a handler beside the rest repeats": (handler(CYCLE, isInterrupting="false"), []),
    "a timer without time": (catch("<timerEventDefinition/>"), ["TIMER_WITHOUT_TIME"]),
    "a timer with an empty time": (
        catch("<timerEventDefinition><timeDate> </timeDate></timerEventDefinition>"),
        ["TIMER_WITHOUT_TIME"],
    ),
    "a timer with two times": (catch(DATE.replace("</timer", "<timeDuration>PT1H</timeDuration></timer")), ["TIMER_WITH_SEVERAL_TIMES"]),
    "a date that is none": (catch(DATE.replace("2026-03-01T09", "tomorrow")), ["BAD_VALUE"]),
    "a date without zone": (catch(DATE.replace("+08:00", "")), ["BAD_VALUE"]),
    "a duration that is none": (catch(DURATION.replace("PT1H", "1 hour")), ["BAD_VALUE"]),
    "a cycle that is none": (border(CYCLE.replace("R3/PT1H", "every hour"), cancelActivity="false"), ["BAD_VALUE"]),
    "a cron expression": (border(CYCLE.replace("R3/PT1H", "0 0 9 * * MON-FRI"), cancelActivity="false"), []),
    "a cron expression with a bad field": (border(CYCLE.replace("R3/PT1H", "0 61 9 * * *"), cancelActivity="false"), ["BAD_VALUE"]),
    "an expression": (catch(DURATION.replace("PT1H", '=duration("PT" + string(hours) + "H")')), []),
}


@pytest.mark.parametrize("body, expected", CASES.values(), ids=CASES)
def test_a_timer_has_the_time_that_its_place_allows(body, expected):
    assert [code for code, _ in found(file(body))] == expected
