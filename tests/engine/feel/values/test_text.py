"""Values as text."""

from decimal import Decimal

from engine import feel
from engine.domain import values
from engine.feel.values.text import inside, text


def test_a_string_is_itself_outside_and_quoted_inside():
    assert text('a"b') == 'a"b'
    assert inside('a"b') == '"a\\"b"'
    assert text(["a", {"b c": Decimal("1.0")}]) == '["a", {"b c": 1}]'


def test_values_of_feel_are_kept_as_their_text():
    result = feel.expression(
        '{term: @"P1Y2M", wait: @"P1DT2H", span: [1..3), day: @"2024-02-29", at: @"2024-02-29T10:00:00@Asia/Shanghai"}'
    )(feel.Scope({}))
    assert values.write(result) == ('{"term":"P1Y2M","wait":"P1DT2H","span":"[1..3)","day":"2024-02-29","at":"2024-02-29T10:00:00+08:00"}')
