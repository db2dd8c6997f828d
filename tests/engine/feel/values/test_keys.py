"""Keys: the same exactly for what FEEL calls equal."""

from itertools import product

from engine import feel
from engine.feel.values.keys import key
from engine.feel.values.order import equal

TEXTS = [
    "1",
    "1.0",
    '"1"',
    "true",
    "null",
    "[1]",
    "[1.0]",
    '["1"]',
    "{a: 1}",
    "{a: 1.0}",
    '@"P1Y"',
    '@"P12M"',
    '@"P365D"',
    '@"PT24H"',
    '@"P1D"',
    "[1..2]",
    "[1..2)",
    "(= 1)",
    '@"2024-01-01"',
    '@"2024-01-01T00:00:00"',
    '@"2024-01-01T00:00:00Z"',
    '@"2024-01-01T08:00:00@Asia/Shanghai"',
    '@"10:00:00"',
    '@"10:00:00Z"',
    '@"18:00:00+08:00"',
    '@"10:00:00.0001"',
]


def test_equal_values_have_equal_keys_and_others_have_not():
    env = feel.Environment()
    values = [feel.expression(text)(feel.Scope({}, env=env)) for text in TEXTS]
    for (one, left), (other, right) in product(zip(TEXTS, values, strict=True), repeat=2):
        assert (key(left, env) == key(right, env)) is (equal(left, right, env) is True), (one, other)
