"""How much a value is."""

import pytest

from engine import feel
from engine.feel import limits
from engine.feel.values.size import weigh


def test_what_is_shared_counts_each_time():
    pair = [1, "a"]
    assert (weigh(5), weigh("a" * 640), weigh(pair), weigh([pair, pair]), weigh({"a": pair})) == (1, 11, 3, 7, 4)
    assert weigh({"a" * 640: 1}) == 13
    assert weigh(feel.Range(pair, True, pair, True, "=")) == 7


def test_a_value_that_grows_past_its_bound_is_refused():
    value = [1, 1]
    for _ in range(30):
        value = [value, value]
    with pytest.raises(feel.FeelBudget, match="parts"):
        weigh(value)


def test_a_value_that_is_too_deep_is_refused():
    value = []
    for _ in range(limits.NESTING):
        value = [value]
    with pytest.raises(feel.FeelBudget, match="inside each other"):
        weigh(value)
