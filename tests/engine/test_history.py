"""engine/history.py: the vocabulary, the canonical text, the chain, and what must never stand in it."""

import json
import re
import string
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import history
from engine.domain.errors import Invalid

NOW = datetime(2024, 4, 12, 9, 30, tzinfo=timezone(timedelta(hours=8)))
KEY = b"k" * 32

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4),
    max_leaves=12,
)


def first(**more):
    return history.entry(7, 1, history.GENESIS, NOW, "li.na", "task:claimed", **more)


def test_an_entry_is_the_row_of_the_table_and_its_text_is_what_was_hashed():
    made = history.entry(7, 2, "a" * 64, NOW, "li.na", "task:claimed", "Task_Recheck", {"来源": "巡查", "a": 1}, behalf_of="wang.wu")

    assert made[:6] == (7, 2, "2024-04-12T01:30:00.000000Z", "li.na", "task:claimed", "Task_Recheck")
    assert made.body == (
        '{"actor":"li.na","at":"2024-04-12T01:30:00.000000Z","chain":"7","changes":[],"data":{"a":1,"来源":"巡查"},"element":"Task_Recheck",'
        '"for":"wang.wu","kind":"task:claimed","previous":"' + "a" * 64 + '","seq":2}'
    )
    assert made.hash == sha256(made.body.encode()).hexdigest()


def test_the_first_entry_follows_64_zeros_and_no_other_does():
    assert json.loads(first().body)["previous"] == "0" * 64
    with pytest.raises(ValueError, match="Expected the first entry of chain 7, and no other, to follow nothing"):
        history.entry(7, 2, history.GENESIS, NOW, "li.na", "task:claimed")
    with pytest.raises(ValueError, match="Expected the first entry"):
        history.entry(7, 1, "a" * 64, NOW, "li.na", "task:claimed")


@given(plain)
def test_the_text_is_canonical_whatever_the_data(data):
    made = first(data={"value": data})
    again = json.dumps(json.loads(made.body), sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert made.body == again
    assert json.loads(made.body)["data"] == {"value": data}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.1") + Decimal("0.2"), '"0.3"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("NaN"), "null"),
        (date(2024, 4, 12), '"2024-04-12"'),
        (time(9, 30), '"09:30:00"'),
        (NOW, '"2024-04-12T01:30:00.000000Z"'),
        (datetime(2024, 4, 12, 9, 30), '"2024-04-12T09:30:00"'),  # noqa: DTZ001  a date and time without a zone is a FEEL value
        (timedelta(days=15), '"P15D"'),
        (("甲", True), '["甲",true]'),
    ],
)
def test_values_have_one_exact_text(value, text):
    assert f'"data":{{"v":{text}}},' in first(data={"v": value}).body


@pytest.mark.parametrize("value", [1.5, object(), {1, 2}, b"x", [1.5]])
def test_a_value_without_an_exact_text_is_refused(value):
    with pytest.raises(TypeError, match="Expected a value with an exact text"):
        first(data={"v": value})


def test_half_a_surrogate_pair_is_the_senders_fault():
    with pytest.raises(Invalid, match="Expected text in Unicode"):
        first(data={"v": "\ud800"})


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="Expected a moment with its zone"):
        history.entry(7, 1, history.GENESIS, datetime(2024, 4, 12), "li.na", "task:claimed")  # noqa: DTZ001


def test_a_changed_ledger_row_stands_with_before_and_after():
    made = first(changes=[{"table": "hazard", "key": 12, "before": None, "after": {"level": "红", "fine": Decimal("50.00")}}])

    assert '"changes":[{"after":{"fine":"50","level":"红"},"before":null,"key":"12","table":"hazard"}]' in made.body
    with pytest.raises(TypeError, match="Expected a change to name its table, key, before and after"):
        first(changes=[{"table": "hazard", "key": 12, "after": {}}])


def test_an_unknown_kind_cannot_be_recorded():
    with pytest.raises(ValueError, match="Expected a kind of history"):
        history.entry(7, 1, history.GENESIS, NOW, "li.na", "task:forgotten")


def test_every_kind_has_a_wording_in_both_languages_about_the_same_things():
    for kind, (chinese, english) in history.KINDS.items():
        names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (chinese, english)]
        assert re.fullmatch(r"[a-z]+:[a-z-]+", kind)
        assert names[0] == names[1], kind
        assert re.search(r"[一-鿿]", chinese), kind
        assert not re.search(r"[一-鿿]", english), kind


def test_a_timeline_reads_as_a_sentence():
    assert history.wording("task:claimed", "李娜", "复查") == "李娜 签收了任务 复查"
    assert history.wording("task:claimed", "Li Na", "Re-check", chinese=False) == "Li Na claimed task Re-check"
    assigned = history.wording("task:assigned", "李娜", "复查", {"assignee": "王五"}, behalf_of="赵六")
    assert assigned == "李娜 将任务 复查 指派给 王五（代 赵六）"
    assert history.wording("deployment:created", "李娜", data={"resources": ["a.bpmn", "b.dmn"]}) == "李娜 部署了 a.bpmn、b.dmn"
    assert history.wording("message:published", "李娜") == "李娜 发布了消息 …"


def test_what_identifies_a_person_is_replaced_and_nothing_else():
    reporter = {"name": "赵六", "phone": "13800138000"}
    filed = {"reporter": reporter, "seen": [{"idNumber": "310…", "at": "门口"}], "note": "堵塞", "fax": None}

    kept = history.conceal(filed, ["reporter.name", "reporter.phone", "seen.idNumber", "fax", "absent.name", "note.deeper"], KEY)

    assert set(kept["reporter"]["phone"]) == {"hmac", "ref"}
    assert kept["seen"][0]["at"] == "门口"
    assert (kept["note"], kept["fax"]) == ("堵塞", None)
    assert filed["reporter"]["phone"] == "13800138000"
    body = first(data=kept).body
    assert not any(secret in body for secret in ("赵六", "13800138000", "310…"))


def test_a_concealed_value_can_be_recognised_with_the_key_and_only_with_it():
    one, same, other = ({"v": text} for text in ("13800138000", "13800138000", "13800138001"))

    assert history.conceal(one, ["v"], KEY) == history.conceal(same, ["v"], KEY)
    assert history.conceal(one, ["v"], KEY) != history.conceal(other, ["v"], KEY)
    assert history.conceal(one, ["v"], KEY) != history.conceal(one, ["v"], b"l" * 32)
    assert history.conceal(one, ["v"], KEY)["v"]["hmac"] != history.conceal(one, ["v"], KEY)["v"]["ref"]


def test_moments_are_of_one_width_in_utc():
    assert history.timestamp(datetime(2024, 4, 12, 1, 2, 3, 4, tzinfo=UTC)) == "2024-04-12T01:02:03.000004Z"
    assert history.timestamp(NOW) == "2024-04-12T01:30:00.000000Z"
