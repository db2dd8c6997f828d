"""Sums, products and powers: exact decimals, dates and durations, and null with a reason for what does not fit."""

import decimal

import pytest

from engine import feel


@pytest.mark.parametrize(
    "text, value",
    [
        ("0.1 + 0.2", "0.3"),
        ("1 / 3", "0.3333333333333333333333333333333333"),
        ("2 / 3", "0.6666666666666666666666666666666667"),
        ("1.10 * 3", "3.3"),
        ("10 - 15", "-5"),
        ("1 - 2 - 3", "-4"),
        ("2 + 3 * 4 - 5", "9"),
        ("100 / 10 / 5", "2"),
        ("7 / 2", "3.5"),
        ("2 ** 10", "1024"),
        ("2 ** -1", "0.5"),
        ("4 ** 0.5", "2"),
        ("-2 ** 2", "4"),
        ("--5", "5"),
        ("-(2 + 3)", "-5"),
        (".5 + 1.5e1", "15.5"),
        ("1e3", "1000"),
        ("1.5E-2", "0.015"),
        ("-0", "0"),
        ("12345678901234567890 + 1", "12345678901234567891"),
        ("9999999999999999999999999999999999 + 1", "10000000000000000000000000000000000"),
        ("0.5 + 0.5 = 1", "true"),
        ('"a" + "b" + "违建"', '"ab违建"'),
        ("1 + 2 + 3 + 4 + 5", "15"),
        ("2 * 3 / 4 * 6", "9"),
    ],
)
def test_numbers_and_strings(said, text, value):
    assert said(text) == value


@pytest.mark.parametrize(
    "text, value",
    [
        ('@"2024-02-29" + @"P1Y"', "2025-02-28"),
        ('@"2024-01-31" + @"P1M"', "2024-02-29"),
        ('@"2023-01-31" + @"P1M"', "2023-02-28"),
        ('@"2024-03-31" - @"P1M"', "2024-02-29"),
        ('@"2024-12-31" + @"P1D"', "2025-01-01"),
        ('@"2024-01-01" + @"PT36H"', "2024-01-02"),
        ('@"2024-03-01" - @"2024-02-01"', "P29D"),
        ('@"P1D" + @"2024-02-28"', "2024-02-29"),
        ('@"2024-01-01T10:00:00" + @"PT90M"', "2024-01-01T11:30:00"),
        ('@"2024-01-31T10:00:00" + @"P1M"', "2024-02-29T10:00:00"),
        ('@"2024-01-01T10:00:00Z" - @"2024-01-01T10:00:00+08:00"', "PT8H"),
        ('@"2024-01-02T00:00:00Z" - @"2024-01-01"', "P1D"),
        ('@"10:00:00" + @"PT15H"', "01:00:00"),
        ('@"10:00:00" - @"PT11H"', "23:00:00"),
        ('@"10:00:00" - @"08:30:00"', "PT1H30M"),
        ('@"10:00:00Z" - @"10:00:00+08:00"', "PT8H"),
        ('@"P1D" * 2.5', "P2DT12H"),
        ('3 * @"P1Y"', "P3Y"),
        ('@"P1Y" / 3', "P4M"),
        ('@"P5M" * 0.5', "P2M"),
        ('@"P10D" / @"P4D"', "2.5"),
        ('@"P1Y" / @"P6M"', "2"),
        ('@"P1Y" - @"P13M"', "-P1M"),
        ('-@"PT1H30M"', "-PT1H30M"),
        ('@"P1D" + @"PT12H"', "P1DT12H"),
        ('@"PT0.5S" + @"PT0.25S"', "PT0.75S"),
    ],
)
def test_dates_and_durations(said, text, value):
    assert said(text) == value


@pytest.mark.parametrize(
    "text, value",
    [
        # Clocks in Paris went from 2:00 to 3:00 on 31 March 2024, so a day of 24 hours ends an hour later by the clock.
        ('@"2024-03-30T12:00:00@Europe/Paris" + @"P1D"', "2024-03-31T13:00:00@Europe/Paris"),
        ('@"2024-03-31T12:00:00@Europe/Paris" - @"2024-03-30T12:00:00@Europe/Paris"', "PT23H"),
        # A month is counted by the calendar: the same time of day.
        ('@"2024-03-15T12:00:00@Europe/Paris" + @"P1M"', "2024-04-15T12:00:00@Europe/Paris"),
        ('@"2024-01-01T08:00:00@Asia/Shanghai" - @"2024-01-01T00:00:00Z"', "PT0S"),
    ],
)
def test_named_zones_are_computed_in_real_time(said, text, value):
    assert said(text) == value


@pytest.mark.parametrize(
    "text, why",
    [
        ("1 + true", "Expected two values that + takes, but found number 1 and true"),
        ("null * 2", "Expected two values that * takes, but found null and number 2"),
        ('"a" - "b"', 'Expected two values that - takes, but found "a" and "b"'),
        ("1 / 0", "Expected number 1 / number 0 to have a result, but found DivisionByZero"),
        ("0 / 0", "Expected number 0 / number 0 to have a result, but found InvalidOperation"),
        ("1e6144 * 10", "Expected number 1E+6144 * number 10 to have a result, but found Overflow"),
        ("(-1) ** 0.5", "Expected number -1 ** number 0.5 to have a result, but found InvalidOperation"),
        (
            '@"999999999-12-31" + @"P1D"',
            "Expected a date + a days and time duration to have a result, "
            "but found Expected a year of at most nine digits, but found 1000000000",
        ),
        (
            '@"-999999999-01-31" - @"P1M"',
            "Expected a date - a years and months duration to have a result, "
            "but found Expected a year of at most nine digits, but found -1000000000",
        ),
        (
            '@"2024-01-01T00:00:00" - @"2024-01-01T00:00:00Z"',
            "Expected two moments with a zone or two without to subtract, but found one of each",
        ),
        ('@"10:00:00" - @"10:00:00Z"', "Expected two times with a zone or two without to subtract, but found one of each"),
        ('@"2024-01-01" + @"2024-01-01"', "Expected two values that + takes, but found a date and a date"),
        ('@"10:00:00" + @"P1M"', "Expected two values that + takes, but found a time and a years and months duration"),
        ("-true", "Expected a number or a duration after -, but found true"),
        ("1e9999", "Expected a number within decimal128, but found 1e9999"),
    ],
)
def test_what_does_not_fit_is_null_with_a_reason(reason, text, why):
    assert reason(text) == why


def test_the_threads_decimal_context_plays_no_part():
    # given: a thread whose own context is coarse and traps everything
    expressions = [
        "1 / 3 + 2 / 3",
        "abs(-1.23456789)",
        "for i in 1..3 return i + 0.123456",
        "modulo(1234567, 1000)",
        "odd(1234567)",
        "decimal(1.234567, 5)",
        "time(10, 30, 1.234567)",
        "sqrt(2)",
        "stddev([1, 2, 4])",
        '@"P1D" * 1.23456',
        "-1.234567",
        'deadline(@"2024-01-01T00:00:00Z", 1.234567, "h").at',
        "1.234567 in [1.2345..2]",
    ]
    plain = [feel.expression(text)(feel.Scope({})) for text in expressions]
    # when
    with decimal.localcontext(decimal.Context(prec=3, traps=[decimal.Inexact, decimal.Rounded, decimal.InvalidOperation])):
        coarse = [feel.expression(text)(feel.Scope({})) for text in expressions]
    # then
    assert coarse == plain
    assert None not in plain
