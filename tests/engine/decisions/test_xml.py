"""What may not even be looked at: broken, oversized, too deep, with entities or instructions."""

import pytest

from engine.decisions import Unreadable, read, xml
from tests.engine.decisions.written import decision, file, literal

BOMB = "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


def problem(content):
    """The one problem of bytes that are refused."""
    with pytest.raises(Unreadable) as refusal:
        read(content)
    (found,) = refusal.value.problems
    return found


@pytest.mark.parametrize(
    "content", [b"", b"no xml", b"<a>", b"<a></b>", b"<a/><b/>", b"<a b='1' b='2'/>", b"<a>&unknown;</a>", b"<x:a/>", b"<a>\x00</a>"]
)
def test_what_is_not_well_formed_is_refused(content):
    assert problem(content).code in ("MALFORMED_XML", "NOT_DMN")
    with pytest.raises(ValueError, match=r"^Expected "):
        read(content)


def test_a_fault_is_told_with_its_line():
    found = problem(b"<definitions>\n<a>\n</b></definitions>")

    assert (found.element, found.line) == ("definitions", 3)
    assert found.sentence == "Expected well-formed XML, but found mismatched tag (line 3)"


@pytest.mark.parametrize(
    "declaration",
    [BOMB, '<!DOCTYPE d SYSTEM "file:///etc/passwd">', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE d>"],
)
def test_a_document_type_is_refused_before_anything_is_expanded(declaration):
    content = declaration.encode() + file(decision("d", literal("&b;").replace("&amp;", "&")))

    assert problem(content).code == "DOCTYPE_REFUSED"


def test_a_document_type_in_utf_16_is_refused_too():
    text = '<?xml version="1.0" encoding="UTF-16"?>' + BOMB + file().decode()

    assert problem(text.encode("utf-16")).code == "DOCTYPE_REFUSED"


def test_a_processing_instruction_is_refused():
    assert problem(b"<?php x?>" + file()).code == "INSTRUCTION_REFUSED"


def test_a_file_that_is_too_large_too_deep_or_too_long_is_refused():
    assert problem(b"<a>" + b" " * xml.SIZE).code == "RESOURCE_TOO_LARGE"
    assert problem(b"<a>" * 70 + b"</a>" * 70).code == "TOO_DEEP"
    assert problem(b"<a>" + b"<b/>" * xml.ELEMENTS + b"</a>").code == "TOO_MANY_ELEMENTS"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_utf_16_are_read(encoding):
    declared = '<?xml version="1.0" encoding="{}"?>'.format("UTF-16" if encoding == "utf-16" else "UTF-8")
    (found,) = read((declared + file(decision("d", literal('"隐患"'))).decode()).encode(encoding))

    assert "d" in found.decisions


@pytest.mark.parametrize(
    "content", ["<definitions name='隐患'/>".encode("gb18030"), b'<?xml version="1.0" encoding="GB18030"?><a/>', b"\xff\xfe<\x00a"]
)
def test_other_encodings_and_broken_ones_are_refused(content):
    assert problem(content).code in ("BAD_ENCODING", "MALFORMED_XML")
