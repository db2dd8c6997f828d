"""Numbers and texts at the door: exact on the way in, plain on the way out, and nothing that nobody could keep."""

import json
from decimal import Decimal

import pytest
from flask import Flask

from api.json import DEPTH, DIGITS, ExactJSON, moment, read_moment
from engine.domain.errors import Invalid

#: What a provider belongs to, and only refers to.
BARE = Flask("bare")


@pytest.fixture
def door():
    """The provider alone."""
    return ExactJSON(BARE)


class TestReading:
    """A request's body."""

    def test_numbers_are_exact_decimals(self, door):
        found = door.loads(b'{"a": 0.1, "b": 0.2, "whole": 3, "large": 123456789012345678901234567890.12345678901234567890}')
        assert found["a"] + found["b"] == Decimal("0.3")
        assert found["large"] == Decimal("123456789012345678901234567890.12345678901234567890")
        assert all(type(value) is Decimal for value in found.values())

    @pytest.mark.parametrize("text", ["1e3", "1E+3", "1.0e-3", "-1e5", "0e0", "1e199", f"1e-{DIGITS}"])
    def test_an_exponent_is_a_way_to_write_a_number(self, door, text):
        assert door.loads(text) == Decimal(text)

    @pytest.mark.parametrize(
        "text", ["1e200", "-1e200", "1e999999999", f"1e-{DIGITS + 1}", "9" * 201, "0." + "1" * 201, "NaN", "Infinity", "-Infinity"]
    )
    def test_a_number_that_nobody_could_write_out_is_refused(self, door, text):
        with pytest.raises(Invalid, match=f"numbers of at most {DIGITS} digits"):
            door.loads('{"a": [' + text + "]}")

    @pytest.mark.parametrize("text", [r"\ud800", r"\udfff", r"x\ud800x", r"\ude00\ud83d", r"\u0000", "a\\u0000b"])
    @pytest.mark.parametrize("shape", ['"{}"', '{{"a": ["{}"]}}', '{{"{}": 1}}'])
    def test_text_that_no_database_could_hold_is_refused(self, door, text, shape):
        with pytest.raises(Invalid, match="Unicode characters without NUL"):
            door.loads(shape.format(text))

    def test_a_pair_of_surrogates_is_one_character(self, door):
        assert door.loads(r'"\ud83d\ude00"') == door.loads('"😀"') == "😀"

    def test_what_only_looks_suspicious_is_let_in(self, door):
        assert door.loads(r'["NaN", "1e999999999", "\\u0000", "\\ud800"]') == ["NaN", "1e999999999", r"\u0000", r"\ud800"]

    def test_depth_has_a_bound(self, door):
        assert door.loads("[" * DEPTH + "]" * DEPTH)
        for depth in (DEPTH + 2, 100_000):
            with pytest.raises(Invalid, match=f"at most {DEPTH} objects and lists"):
                door.loads("[" * depth + "]" * depth)

    def test_many_beside_each_other_are_not_deep(self, door):
        assert len(door.loads("[" + ",".join(["[]"] * 500) + "]")) == 500

    @pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", "nothing", "01", "+1", ".5", "1."])
    def test_what_is_no_json_is_a_value_error(self, door, text):
        with pytest.raises(ValueError):
            door.loads(text)


class TestWriting:
    """An answer."""

    @pytest.mark.parametrize(
        ("number", "text"),
        [("1E+3", "1000"), ("1.50", "1.5"), ("100", "100"), ("-0", "0"), ("0.10", "0.1"), ("1E-7", "0.0000001"), ("-2.5E+2", "-250")],
    )
    def test_numbers_are_plain_digits(self, door, number, text):
        assert door.dumps([Decimal(number)]) == f"[{text}]"

    def test_names_keep_their_order_and_characters_are_as_they_are(self, door):
        assert door.dumps({"乙": "隐患", "甲": None, "丙": [True, False]}) == '{"乙":"隐患","甲":null,"丙":[true,false]}'

    def test_what_was_read_is_written_as_the_same_value(self, door):
        text = '{"a":0.1,"b":[1,-2.5,"😀\\n\\"",null,true,{}],"c":12345678901234567890.123456789}'
        assert door.dumps(door.loads(text)) == text


class TestMoments:
    """Dates and times."""

    def test_they_are_written_in_utc_with_milliseconds(self):
        assert moment(read_moment("2024-04-12T09:00:00.123987+00:00", "at")) == "2024-04-12T09:00:00.123Z"
        assert moment(None) is None and read_moment(None, "at") is None

    @pytest.mark.parametrize("text", ["2024-04-12", "2024-04-12T09:00:00", "yesterday", "", 5, "2024-13-01T00:00:00Z"])
    def test_a_moment_needs_its_offset(self, text):
        with pytest.raises(Invalid, match="Expected at to be a date and time with its offset") as refused:
            read_moment(text, "at")
        assert list(refused.value.details["problems"]) == ["at"]


class TestThroughTheApi:
    """From one request through the engine to the next answer."""

    def run(self, ask, text):
        ask.deploy("straight.bpmn")
        given = '{"processDefinitionId": "straight", "awaitCompletion": true, "fetchVariables": ["sum"], "variables": ' + text + "}"
        answer = ask("POST", "/process-instances", data=given, content_type="application/json")
        assert answer.status_code == 200, answer.data
        return answer.text

    @pytest.mark.parametrize(
        ("a", "b", "total"),
        [
            ("0.1", "0.2", "0.3"),
            ("1e3", "0", "1000"),
            ("1e33", "1", "1000000000000000000000000000000001"),
            ("0.000000000000000000001", "0", "0.000000000000000000001"),
            ("1.50", "1.50", "3"),
            ("-0.1", "0.1", "0"),
        ],
    )
    def test_sums_are_exact_and_have_no_exponent(self, ask, a, b, total):
        assert f'"variables":{{"sum":{total}}}' in self.run(ask, f'{{"a": {a}, "b": {b}}}')

    def test_a_variable_is_kept_as_it_was_sent(self, ask):
        # given
        ask.deploy("repair.bpmn", "repair_report.form")
        text = '{"large":123456789012345678901234567890.123456789,"name":"隐患😀","none":null,"small":0.1}'
        given = '{"processDefinitionId": "repair", "variables": ' + text + "}"
        answer = ask("POST", "/process-instances", data=given, content_type="application/json")

        # when
        found = ask.json("POST", "/variables/search", {"filter": {"scopeKey": json.loads(answer.text)["processInstanceKey"]}})

        # then
        assert {one["name"]: one["value"] for one in found["items"]} == {
            "large": "123456789012345678901234567890.123456789",
            "name": '"隐患😀"',
            "none": "null",
            "small": "0.1",
        }
