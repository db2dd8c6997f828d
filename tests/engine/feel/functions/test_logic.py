"""Is, is defined, get or else."""

import pytest

from engine import feel


@pytest.mark.parametrize(
    "text, value",
    [
        ("is(1, 1.0)", "true"),
        ("is(null, null)", "true"),
        ('is(1, "1")', "false"),
        ("is(1, null)", "false"),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
        ('is(@"10:00:00Z", @"18:00:00+08:00")', "false"),
        ('is(@"10:00:00Z", @"10:00:00@Etc/UTC")', "false"),
        ('is(@"2024-01-01", @"2024-01-01T00:00:00")', "false"),
        ("is defined(1)", "true"),
        ("is defined(null)", "false"),
        ("is defined(nobody)", "false"),
        ("is defined(a.b)", "true"),
        ("is defined(a.c)", "false"),
        ("get or else(null, 3)", "3"),
        ("get or else(nobody.x, 3)", "3"),
        ("get or else(a.b, 3)", "1"),
    ],
)
def test_is_and_is_defined(said, text, value):
    assert said(text, a={"b": 1}) == value


def test_asking_whether_something_is_there_leaves_no_reason():
    scope = feel.Scope({})
    assert feel.expression("is defined(nobody.x) or get or else(nobody, false)")(scope) is False
    assert scope.env.warnings == []
