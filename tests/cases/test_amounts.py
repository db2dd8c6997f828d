"""Money in capital figures: what the rule for bills says, and that what is written reads back as the same sum."""

import random
from decimal import Decimal

import pytest

from cases.amounts import capital, figures

PLACES = {"拾": 10, "佰": 100, "仟": 1000}
SECTIONS = {"万": 10**4, "亿": 10**8}


def read(text):
    """The sum that a text in capitals says, read by place values alone; zeros say nothing."""
    total, section, digit, fen = 0, 0, 0, 0
    for sign in text.removesuffix("整"):
        if sign in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(sign)
        elif sign in PLACES:
            section, digit = section + digit * PLACES[sign], 0
        elif sign in SECTIONS:
            total, section, digit = total + (section + digit) * SECTIONS[sign], 0, 0
        elif sign == "元":
            total, section, digit = total + section + digit, 0, 0
        else:
            fen, digit = fen + digit * {"角": 10, "分": 1}[sign], 0
    return Decimal(total) + Decimal(fen) / 100


@pytest.mark.parametrize(
    "amount, expected",
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("0.55", "伍角伍分"),
        ("1", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("1.50", "壹元伍角整"),
        ("10", "壹拾元整"),
        ("15", "壹拾伍元整"),
        ("100", "壹佰元整"),
        ("101", "壹佰零壹元整"),
        ("110", "壹佰壹拾元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("2350", "贰仟叁佰伍拾元整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("10500", "壹万零伍佰元整"),
        ("11750", "壹万壹仟柒佰伍拾元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("20000", "贰万元整"),
        ("50000", "伍万元整"),
        ("100000", "壹拾万元整"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("1000000", "壹佰万元整"),
        ("20000000", "贰仟万元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("110000000", "壹亿壹仟万元整"),
        ("1000001000.08", "壹拾亿零壹仟元零捌分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_a_sum_is_written_in_capitals(amount, expected):
    assert capital(Decimal(amount)) == expected


def test_whole_yuan_may_be_an_int_and_zeros_behind_the_point_say_nothing():
    assert capital(50000) == capital(Decimal("50000.00")) == capital(Decimal("5E+4")) == "伍万元整"


def test_what_is_written_reads_back_as_the_same_sum():
    # given
    random.seed(24)
    amounts = [Decimal(random.randrange(10 ** random.randint(1, 14))) / 100 for _ in range(3000)]
    amounts += [Decimal(10**n + m) / 100 for n in range(14) for m in (0, 1, 10, 100, 1000, 10**6)]
    # then
    for amount in amounts:
        text = capital(amount)
        assert read(text) == amount
        assert ("零零" not in text and not text.startswith("零")) or text == "零元整"
        assert text.endswith("整") is (amount * 10 % 1 == 0)


@pytest.mark.parametrize("amount", ["-1", "-0.01", "0.001", "1000000000000", "NaN", "Infinity"])
def test_a_sum_that_cannot_be_paid_is_refused(amount):
    with pytest.raises(ValueError, match="应为零以上"):
        capital(Decimal(amount))


@pytest.mark.parametrize("amount", ["50000", None, 1.5, True, [1]])
def test_what_is_no_exact_number_is_refused(amount):
    for function in (capital, figures):
        with pytest.raises(ValueError, match="应为以元为单位的金额"):
            function(amount)


@pytest.mark.parametrize(
    "amount, expected", [("50000", "50,000.00"), ("20500.5", "20,500.50"), ("0", "0.00"), ("1234567.89", "1,234,567.89")]
)
def test_figures_have_two_places_and_commas(amount, expected):
    assert figures(Decimal(amount)) == expected
