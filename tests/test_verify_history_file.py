"""verify_history.py on a file: what can happen to its lines, and what the command answers."""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import verify_history
from engine.store import database
from tests.chains import Chains

PROGRAM = Path(verify_history.__file__)
END = '{"type":"end","seals":0,"chains":2,"entries":4}'


@pytest.fixture(scope="module")
def export(tmp_path_factory, sqlite_template):
    """The lines and the public key of an export: header, seal, chain 0 with an entry, chain 1001 with three, chain 1002 with two, end."""
    path = tmp_path_factory.mktemp("export") / "store.db"
    shutil.copy(sqlite_template, path)
    engine = database.connect(f"sqlite:///{path}")
    made = Chains(engine)
    made.instance(3)
    made.instance(2)
    made.seal()
    lines = made.export()
    engine.dispose()
    return lines, made.public


def codes(lines):
    return [found.code for found in verify_history.verify(lines)]


def test_a_file_that_was_cut_off(export):
    lines, _ = export

    assert codes(lines[:-1]) == ["EXPORT_CUT_OFF"]
    assert codes(lines[:6]) == ["LAST_ENTRY_MISSING", "EXPORT_CUT_OFF", "CHAIN_MISSING"]


@pytest.mark.parametrize("end", ["header", "seal", "chain", "entry"])
def test_lines_that_stand_where_they_do_not_belong(export, end):
    lines, _ = export
    again = next(line for line in reversed(lines) if json.loads(line)["type"] == end)

    assert codes([*lines, again]) == ["LINE_UNEXPECTED"]
    if end in ("header", "seal"):
        assert codes([*lines[:4], again, *lines[4:]]) == ["LINE_UNEXPECTED"]


def test_lines_in_another_order(export):
    lines, _ = export
    lines = list(lines)
    lines[5], lines[6] = lines[6], lines[5]

    assert codes(lines) == ["ENTRY_UNORDERED"]


def test_a_line_that_stands_twice(export):
    lines, _ = export

    assert codes([*lines[:6], lines[5], *lines[6:]]) == ["ENTRY_TWICE", "EXPORT_COUNTS"]


def test_the_chain_of_the_seals_is_missed_wherever_there_is_a_seal(export):
    lines, _ = export

    assert codes([*lines[:2], *lines[4:]]) == ["EXPORT_COUNTS", "EXPORT_COUNTS", "CHAIN_MISSING"]


@pytest.mark.parametrize(("key", "value"), [("length", "3"), ("length", True), ("chain", 1001), ("head", None)])
def test_a_line_with_a_value_of_another_type_cannot_be_read(export, key, value):
    lines, _ = export
    line = json.dumps({**json.loads(lines[4]), key: value})

    assert codes([*lines[:4], line, *lines[5:]])[0] == "LINE_UNREADABLE"


def test_an_entry_behind_another_chain(export):
    lines, _ = export
    lines = [*lines[:7], *lines[8:-1], lines[7], lines[-1]]

    assert codes(lines) == ["LAST_ENTRY_MISSING", "CHAIN_TWICE", "ENTRY_MISSING", "CHAIN_HEAD_MISSING"]


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "1", "null", '{"type":"entry"}', '{"type":[]}', "[" * 100_000, b"\xff", '{"type":"other"}']
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(export, line):
    lines, _ = export

    found = verify_history.verify([*lines[:1], line, *lines[1:]])

    assert [finding.code for finding in found] == ["LINE_UNREADABLE"]
    assert found[0].english.startswith("Line 2 ")


@pytest.mark.parametrize("lines", [[], [""], ["{}"], ['{"type":"header","format":"bihuan-history","version":2}'], [b"\x00\xff"]])
def test_what_is_no_export_is_not_verified(lines):
    with pytest.raises(verify_history.NotAnExport, match="Expected an export of history"):
        verify_history.verify(lines)


@pytest.mark.parametrize(
    "change", [{"public_keys": ["zz"]}, {"public_keys": [1]}, {"scope": "instance"}, {"scope": "instance", "chains": [[]]}]
)
def test_a_damaged_header_is_no_header(export, change):
    with pytest.raises(verify_history.NotAnExport, match="it is damaged"):
        verify_history.verify([json.dumps({**json.loads(export[0][0]), **change})])


@given(st.data())
def test_any_changed_byte_of_any_entry_is_found(export, data):
    lines, _ = export
    number = data.draw(st.sampled_from([place for place, line in enumerate(lines) if json.loads(line)["type"] == "entry"]))
    line = bytearray(lines[number].encode())
    place = data.draw(st.integers(0, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))
    content = "\n".join(lines).encode().split(b"\n")
    content[number] = bytes(line)

    assert verify_history.verify(b"\n".join(content).split(b"\n"))


def test_every_bit_of_one_entry_is_guarded(export):
    """The same, exhaustively: each byte of one line with each of its eight bits turned."""
    lines, _ = export
    before, line, after = [lines[0], *lines[2:5]], lines[5].encode(), lines[6:]
    missed = [
        (place, bit)
        for place in range(len(line))
        for bit in range(8)
        if not verify_history.verify([*before, line[:place] + bytes([line[place] ^ 1 << bit]) + line[place + 1 :], *after[:3], END])
    ]

    assert missed == []


def run(*arguments):
    done = subprocess.run([sys.executable, "-I", "-S", PROGRAM, *map(str, arguments)], capture_output=True, check=False, cwd="/")
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def file(export, tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(export[0]) + "\n", encoding="utf-8")
    return path


def test_an_intact_export_exits_with_0_and_a_summary(file, export):
    status, said, _ = run(file, "--public-key", export[1])

    assert status == 0
    assert said.splitlines()[0] == "Intact: 3 chains, 6 entries, 1 seals. 完好。"
    assert len(said.splitlines()) == 2


def test_without_a_key_of_their_own_an_auditor_is_told_to_compare_it(file, export):
    status, said, _ = run(file)

    assert status == 0
    assert sha256(bytes.fromhex(export[1])).hexdigest() in said


def test_findings_exit_with_1_and_are_said_in_both_languages(file, export):
    file.write_text(file.read_text(encoding="utf-8").replace("已整改", "未整改", 1), encoding="utf-8")

    status, said, _ = run(file, "--public-key", export[1])

    assert status == 1
    assert said.splitlines()[0].startswith("ENTRY_CHANGED: Entry 1 of chain 1001 was changed")
    assert "链 1001 第 1 条记录被改动" in said


def test_an_unreadable_file_exits_with_2_and_a_sentence(tmp_path):
    (tmp_path / "picture.png").write_bytes(bytes(range(256)))

    assert run(tmp_path / "picture.png")[0] == 2
    assert run(tmp_path / "absent")[0] == 2
    assert run(tmp_path)[0] == 2
    _, said, complaint = run(tmp_path / "picture.png")
    assert said == ""
    assert "Expected an export of history" in complaint and "Traceback" not in complaint


def test_a_key_that_is_none_is_refused(file):
    assert run(file, "--public-key", "abc")[0] == 2
