"""A term is computed again by its derivation, where that tells the end that it has."""

from datetime import date, datetime

import pytest

from engine.domain.term import recomputed
from engine.feel.calendar import PLACE, Calendar

BEFORE = Calendar({}, (), "before")
#: The first days of October 2031, as a notice gives them, and the Sunday before that is worked for them.
NOW = Calendar({date(2031, 9, 28): True} | {date(2031, 10, day): False for day in range(1, 9)}, (2031,), "2031r1")
TERM = {"start": "2031-09-26T10:00:00+08:00", "n": 5, "unit": "工作日", "date": "2031-10-08", "at": "…", "provisional": True, "basis": "B"}


def test_the_end_is_new_and_the_derivation_stays():
    end = {"date": date(2031, 10, 10), "at": datetime(2031, 10, 10, 23, 59, 59, tzinfo=PLACE), "provisional": False, "calendar": "2031r1"}
    found = recomputed(TERM, BEFORE, NOW)
    assert found == TERM | end and found["at"].utcoffset() == end["at"].utcoffset()


def test_an_extended_term_ends_on_the_day_that_was_granted_or_the_first_working_day_after_it():
    extended = {**TERM, "date": "2031-10-06", "extensions": [{"to": "2031-09-30"}, {"to": "2031-10-04"}]}
    assert recomputed(extended, BEFORE, NOW)["date"] == date(2031, 10, 9)


@pytest.mark.parametrize(
    "other",
    [
        {"provisional": False},
        {"date": "2031-10-07"},
        {"pauses": [{"from": "2031-09-27"}]},
        {"unit": "天"},
        {"n": "five"},
        {"start": None},
        {"date": None},
        {"extensions": [{}]},
    ],
)
def test_what_its_derivation_does_not_tell_is_left_alone(other):
    assert recomputed({**TERM, **other}, BEFORE, NOW) is None


@pytest.mark.parametrize("value", [None, "2031-10-08", [], {}])
def test_what_is_no_term_is_none(value):
    assert recomputed(value, BEFORE, NOW) is None
