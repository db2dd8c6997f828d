"""A year's holidays are published: terms that reach into it are computed again, and timers, due dates and whoever keeps a ledger follow."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.commands.publish_holidays import publish_holidays
from engine.commands.run_outbox import run_outbox
from engine.store.models import Timer
from engine.store.records import Outbox
from tests.engine.commands.office import ADMIN
from tests.engine.commands.watching import execute, row, rows

SHANGHAI = ZoneInfo("Asia/Shanghai")
#: National day of 2031 as a notice would have it: the Sunday before is worked. Before that only its three fixed days are known.
DAYS = [(date(2031, 9, 28), True, "国庆调休")] + [(date(2031, 10, day), False, "国庆") for day in range(1, 9)]


def published(office, year=2031, days=DAYS):
    """The year is published, and what that leaves for later is done as the worker does it; the kinds of rows, in order."""
    publish_holidays(office.engine, ADMIN, year, days, "国办发明电〔2030〕7号")
    done = []
    while left := rows(office, Outbox):
        done.append(left[0]["kind"])
        run_outbox(office.engine, left[0]["key"])
    return done


def begun(office, **more):
    """An instance in rectification, whose term of five working days from a Friday is provisional."""
    instance, _ = office.begin("provisional", served="2031-09-26", **{"pauses": [], "extensions": [], **more})
    term = office.variables(instance)["term"]
    assert (term["date"], term["provisional"]) == ("2031-10-08", True)
    return instance


def at(*when):
    return datetime(*when, tzinfo=SHANGHAI)


def due(office, element):
    return row(office, Timer, Timer.element_id == element)["due"]


def test_a_term_is_computed_again_and_its_timer_and_due_date_move(office):
    # given
    told = []
    office.engine.register(
        "local:terms:recomputed", lambda _, call: ({}, told.append((call.headers["terms"], call.variables["term"])) or [])
    )
    instance = begun(office)
    weekly = due(office, "weekly")
    assert office.task(instance)["due"] == at(2031, 10, 8, 23, 59, 59)

    # when
    assert published(office) == ["calendar", "term"]

    # then
    term = office.variables(instance)["term"]
    assert (term["date"], term["provisional"], term["calendar"], term["start"]) == ("2031-10-10", False, "2031r1", "2031-09-26")
    assert office.task(instance)["due"] == at(2031, 10, 10, 23, 59, 59)
    assert due(office, "eve") == at(2031, 10, 9, 9)
    assert due(office, "weekly") == weekly
    body = office.history(instance)[-1]
    assert (body["kind"], body["actor"]) == ("terms:recomputed", "system")
    assert (body["data"]["year"], body["data"]["terms"]) == (2031, {"term": {"date": "2031-10-10", "provisional": False}})
    assert told == [("term", term | {"n": 5})]


def test_a_paused_term_stays_for_a_person_to_count(office):
    # given
    instance = begun(office, pauses=[{"from": "2031-09-27", "until": "2031-09-29"}])

    # when
    assert published(office) == ["calendar", "term"]

    # then
    assert office.variables(instance)["term"]["date"] == "2031-10-08"
    assert office.kinds(instance)[-1] != "terms:recomputed"


@pytest.mark.parametrize("known", [2030, 2031])
def test_another_year_and_a_year_that_was_known_before_move_nothing(office, known):
    # given
    instance = begun(office)
    before = office.variables(instance)["term"]

    # when
    publish_holidays(office.engine, ADMIN, known, [], "国办发明电〔2029〕6号")
    if known == 2031:
        execute(office, Outbox.__table__.delete())
    done = published(office, known, [day for day in DAYS if day[0].year == known])

    # then
    assert office.variables(instance)["term"] == before
    assert done == (["calendar", "term"] if known == 2030 else [])
