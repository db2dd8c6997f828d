"""XML from outside: hostile, malformed, too large, in the wrong encoding; each is refused with the place and a sentence."""

import pytest

from engine.gate import xml

BILLION = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><definitions>&j;</definitions>"
)
REFUSED = {
    "a billion laughs": (BILLION.encode(), "DOCTYPE_REFUSED", 1),
    "an external entity": (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<d>&x;</d>', "DOCTYPE_REFUSED", 1),
    "an external DTD": (b'<!DOCTYPE d SYSTEM "http://example.org/d.dtd"><d/>', "DOCTYPE_REFUSED", 1),
    "an entity that is not declared": (b"<d>\n&x;</d>", "MALFORMED_XML", 2),
    "a processing instruction": (b'<?xml version="1.0"?>\n<?xml-stylesheet href="x"?><d/>', "INSTRUCTION_REFUSED", 2),
    "nothing": (b"", "MALFORMED_XML", 1),
    "no XML": (b"PK\x03\x04", "MALFORMED_XML", 1),
    "a tag that is not closed": (b"<d>\n<e>\n</d>", "MALFORMED_XML", 3),
    "half a file": (b"<d>\n<e>", "MALFORMED_XML", 2),
    "a prefix without namespace": (b"<d>\n <z:e/></d>", "MALFORMED_XML", 2),
    "an attribute twice": (b'<d>\n<e a="1" a="2"/></d>', "MALFORMED_XML", 2),
    "something after the end": (b"<d/>\n<e/>", "MALFORMED_XML", 2),
    "a control character": (b"<d>\x01</d>", "MALFORMED_XML", 1),
    "elements inside each other without end": (b"<e>" * 100_000, "TOO_DEEP", 1),
    "too many elements": (b"<d>" + b"<e/>" * 100_001 + b"</d>", "TOO_MANY_ELEMENTS", 1),
    "too many attributes": (b"<d " + b" ".join(b'a%d=""' % n for n in range(61)) + b"/>", "TOO_MANY_ATTRIBUTES", 1),
    "too many bytes": (b"<d>" + b" " * 4_000_000 + b"</d>", "RESOURCE_TOO_LARGE", None),
    "an encoding of its own": ('<?xml version="1.0" encoding="GBK"?><d>隐患</d>'.encode("gbk"), "BAD_ENCODING", 1),
    "another encoding than declared": ('<?xml version="1.0" encoding="UTF-8"?><d/>'.encode("utf-16"), "BAD_ENCODING", 1),
    "UTF-16 without a byte order mark": (b'<?xml version="1.0" encoding="UTF-16"?><d/>', "BAD_ENCODING", 1),
    "bytes that are no UTF-8": (b"<d>\n\xff</d>", "BAD_ENCODING", 2),
    "UTF-7 in disguise": (b'<?xml version="1.0" encoding="UTF-7"?>+ADw-d/+AD4-', "BAD_ENCODING", 1),
}


@pytest.mark.parametrize("content, code, line", REFUSED.values(), ids=REFUSED)
def test_what_may_not_be_read_is_refused_with_its_place(content, code, line):
    with pytest.raises(xml.Malformed) as refusal:
        xml.read(content, "upload.bpmn")

    problem = refusal.value.problem
    assert (problem.element, problem.code, problem.line, problem.severity) == ("upload.bpmn", code, line, "error")
    assert problem.sentence.startswith("Expected ")
    assert ", but " in problem.sentence
    assert problem.remedy


READ = {
    "UTF-8": "<d>隐患</d>".encode(),
    "UTF-8 with a mark": "<d>隐患</d>".encode("utf-8-sig"),
    "UTF-8 that is declared": "<?xml version='1.0' encoding='utf-8'?><d>隐患</d>".encode(),
    "UTF-16": '<?xml version="1.0" encoding="UTF-16"?><d>隐患</d>'.encode("utf-16"),
    "UTF-16 the other way round": b"\xfe\xff" + '<?xml version="1.0" encoding="UTF-16"?><d>隐患</d>'.encode("utf-16-be"),
    "predefined entities": "<d>隐患</d><!-- &lt;!DOCTYPE -->".encode(),
    "CDATA that looks bad": "<d>隐患<![CDATA[]]></d>".encode(),
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_what_a_modeler_writes_is_read(content):
    assert xml.read(content, "upload.bpmn").text == "隐患"


def test_comments_are_left_out():
    root = xml.read(b"<d><!-- <!DOCTYPE x> --><e/></d>", "upload.bpmn")

    assert [child.tag for child in root] == ["e"]


def test_a_fault_is_said_with_line_and_column():
    with pytest.raises(xml.Malformed, match=r"a closing tag of another element inside <e> at line 3, column 3\."):
        xml.read(b"<d>\n<e>\n</d>", "upload.bpmn")
