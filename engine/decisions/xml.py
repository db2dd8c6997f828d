"""The bytes of a .dmn file become a tree without entities, without the network and within limits."""

import re
from xml.parsers import expat

from lxml import etree

from engine.decisions.errors import Unreadable
from engine.domain.problem import Problem

SIZE = 4_000_000  # bytes
DEPTH = 60  # elements inside each other
ELEMENTS = 100_000

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
DECLARED = re.compile(r"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
EXPORT_AGAIN = "Open the file in the modeler and save it again."


def read(content):
    """Bytes -> the lxml root element, comments left out. Raises Unreadable."""
    if len(content) > SIZE:
        raise _refused("RESOURCE_TOO_LARGE", f"Expected at most {SIZE:,} bytes, but found {len(content):,}", "Split it into several files.")
    text = _decode(content).encode()
    _Guard().walk(text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error.msg.split(", line")[0], error.lineno) from error


def _decode(content):
    """Only UTF-8 and UTF-16: two parsers read the file, and in a rarer encoding they might not read the same."""
    mark, encoding = next(((mark, encoding) for mark, encoding in MARKS if content.startswith(mark)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        sentence = f"Expected {encoding.upper()} text, but byte {len(mark) + error.start} is not"
        raise _refused("BAD_ENCODING", sentence, EXPORT_AGAIN) from error
    declared = DECLARED.match(text[:400])
    if declared and declared[1].lower() not in (encoding, encoding[:6].rstrip("-")):
        sentence = f"Expected the encoding to be declared as {encoding.upper()}, but found {declared[1]}"
        raise _refused("BAD_ENCODING", sentence, EXPORT_AGAIN, 1)
    return text


class _Guard:
    """Walks the document once before a tree is built of it, and stops at the first thing that may not be in it."""

    def __init__(self):
        self.depth = self.count = 0

    def walk(self, text):
        self.expat = expat.ParserCreate("utf-8")
        self.expat.StartElementHandler, self.expat.EndElementHandler = self.start, self.end
        self.expat.StartDoctypeDeclHandler = self.doctype
        self.expat.ProcessingInstructionHandler = self.instruction
        try:
            self.expat.Parse(text, True)
        except expat.ExpatError as error:
            raise _malformed(expat.ErrorString(error.code), error.lineno) from error

    def start(self, *_):
        self.count += 1
        self.depth += 1
        if self.depth > DEPTH:
            expected = f"at most {DEPTH} elements inside each other, but found more"
            self.stop("TOO_DEEP", expected, "Move inner expressions to decisions of their own.")
        if self.count > ELEMENTS:
            self.stop("TOO_MANY_ELEMENTS", f"at most {ELEMENTS:,} elements, but found more", "Split it into several files.")

    def end(self, *_):
        self.depth -= 1

    def doctype(self, *_):
        expected = "no document type declaration, but found <!DOCTYPE …>"
        self.stop("DOCTYPE_REFUSED", expected, "Remove it and its entities; no modeler writes it.")

    def instruction(self, target, _):
        self.stop("INSTRUCTION_REFUSED", f"no processing instruction, but found <?{target} …?>", "Remove it; no modeler writes it.")

    def stop(self, code, expected, remedy):
        line = self.expat.CurrentLineNumber
        raise _refused(code, f"Expected {expected} (line {line})", remedy, line)


def _malformed(found, line):
    return _refused("MALFORMED_XML", f"Expected well-formed XML, but found {found} (line {line})", EXPORT_AGAIN, line)


def _refused(code, sentence, remedy, line=None):
    return Unreadable([Problem("definitions", code, sentence, remedy, line=line)])
