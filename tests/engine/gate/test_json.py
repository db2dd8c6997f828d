"""JSON from outside: malformed, doubled, deep, too large."""

import pytest

from engine.gate import json
from engine.gate.xml import Malformed

REFUSED = {
    "nothing": (b"", "MALFORMED_JSON", 1),
    "half a file": (b'{\n"id": ', "MALFORMED_JSON", 2),
    "a name twice": (b'{"id": "a", "id": "b"}', "MALFORMED_JSON", None),
    "a number that is none": (b'{"a": NaN}', "MALFORMED_JSON", None),
    "a number without end": (b'{"a": ' + b"9" * 5_000 + b"}", "MALFORMED_JSON", None),
    "lists inside each other without end": (b"[" * 100_000, "TOO_DEEP", 1),
    "objects inside each other": (b'{"a":\n' * 61 + b"1" + b"}" * 61, "TOO_DEEP", 61),
    "too many bytes": (b'"' + b" " * 4_000_000 + b'"', "RESOURCE_TOO_LARGE", None),
    "a whole number past all bounds": (b'{"a": ' + b"9" * 400 + b"}", "MALFORMED_JSON", None),
    "a number past all bounds": (b'{"a": 1e999}', "MALFORMED_JSON", None),
    "half a pair": (b'{"a": ["\\ud83d"]}', "BAD_CHARACTER", None),
    "a name with NUL": (b'{"a\\u0000": 1}', "BAD_CHARACTER", None),
    "a byte order mark": (b"\xef\xbb\xbf{}", "BAD_ENCODING", 1),
    "another encoding": ('{"a":\n"隐"}'.encode("gbk"), "BAD_ENCODING", 2),
}


@pytest.mark.parametrize("content, code, line", REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_read_is_refused(content, code, line):
    with pytest.raises(Malformed) as refusal:
        json.read(content, "upload.form")

    problem = refusal.value.problem
    assert (problem.element, problem.code, problem.line) == ("upload.form", code, line)
    assert problem.sentence.startswith("Expected ")


def test_brackets_inside_strings_do_not_count():
    text = r'{"a": "' + "[" * 100 + r"\"{" + '"}'

    assert json.read(text.encode(), "upload.form") == {"a": "[" * 100 + '"{'}


def test_a_pair_is_one_character():
    assert json.read(rb'{"a": "\ud83d\udd25"}', "upload.form") == {"a": "🔥"}
