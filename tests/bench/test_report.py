"""bench/report.py: ratios are taken within a round, and a target that was not measured is not met."""

import pytest

from bench import report


def figures(*rates):
    return {"steps_s": list(rates), "p50_ms": 1.0, "p95_ms": 2.0, "start_ms": 1.0, "cpu_ms": 1.0, "rss_mb": 30.0}


def slower(ratio):
    return {"ms": ratio, "fresh_ms": 1, "ratio": ratio}


def page(ms):
    return {"p50_ms": ms, "p95_ms": 99}


def run(**peers):
    return {"w1": {"SQLite FULL": {"load": [0.5, 0.7], "peers": peers}}}


def test_a_ratio_compares_rates_of_the_same_round_so_that_a_slow_minute_cancels():
    assert report.ratio([1000, 100, 1000], [500, 50, 500]) == 2
    assert report.ratio(None, [1]) is None


def test_a_target_is_met_missed_or_not_measured():
    results = run(product=figures(1000, 1200), spiff=figures(400, 500), floor_core=figures(4000, 4000))
    checked = {each["what"]: each for each in report.targets(results)}
    assert checked["steps/s ÷ spiff, SQLite FULL"] == {
        "what": "steps/s ÷ spiff, SQLite FULL",
        "wanted": "≥ 2.0",
        "found": 2.45,
        "met": True,
    }
    assert checked["steps/s ÷ floor_core, SQLite FULL"]["found"] == pytest.approx(0.275)
    assert not checked["steps/s ÷ floor_core, SQLite FULL"]["met"]
    assert checked["steps/s ÷ viewflow, SQLite FULL"]["found"] is None
    assert not checked["steps/s ÷ viewflow, SQLite FULL"]["met"]


def test_growth_inbox_and_http_are_held_against_their_targets():
    results = {
        "loops": {"product": {"rounds": {"1": slower(1.0), "1000": slower(1.3)}, "stopped": None}},
        "inbox": {"PostgreSQL": {"100000": {}, "1000000": {"product": {"1 group": page(0.3), "3 groups": page(6), "as a page": page(12)}}}},
        "http": {"PostgreSQL": {"product": {"requests_s": [600, 800]}, "bare_post": {"requests_s": [1000, 2000]}}},
    }
    met = {each["what"]: each["met"] for each in report.targets(results)}
    assert met == {
        "a step after 1000 rounds ÷ a fresh one": False,
        "first inbox page, 1 group, 1,000,000 open, PostgreSQL, ms": True,
        "first inbox page, 3 groups, 1,000,000 open, PostgreSQL, ms": False,
        "first inbox page, as a page, 1,000,000 open, PostgreSQL, ms": True,
        "completions/s over HTTP ÷ bare POST, PostgreSQL": True,
    }


def test_the_report_names_every_peer_and_everything_that_is_missing():
    results = run(product={"failed": "Expected product to answer"}, spiff=figures(400.0))
    results |= {"targets": report.targets(results), "missing": ["Expected product to answer"]}
    text = "\n".join(report.lines(results))
    assert "W1 on SQLite FULL" in text
    assert "spiff            400" in text
    assert text.count("Expected product to answer") == 2
    assert "not measured" in text


def test_a_peer_that_is_not_installed_is_marked_and_misses_nothing():
    results = run(viewflow={"not_installed": "viewflow is left out"}, spiff=figures(400.0)) | {"targets": [], "missing": []}
    assert "  viewflow   not installed" in report.lines(results)


def test_a_loop_that_was_stopped_says_so():
    measured = {"spiff": {"rounds": {"1": {"ms": 1.5, "fresh_ms": 1.5, "ratio": 1.0}}, "stopped": "out of time in round 65"}}
    assert report.loop_lines(measured)[1].endswith("n=1: 1.50 (×1.00)   stopped: out of time in round 65")
