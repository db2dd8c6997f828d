"""XML from outside is read without entities, without the network and within limits; what is malformed is said with its line and column."""

import re
from xml.parsers import expat

from lxml import etree

from engine.domain.problem import Problem

SIZE = 4_000_000  # bytes
DEPTH = 60  # elements inside each other
ELEMENTS = 100_000
ATTRIBUTES = 60  # of one element

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
DECLARED = re.compile(r"""<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]*)["']""")
EXPORT_AGAIN = (
    "Open the file in the modeler and save it again; if the modeler cannot open it either, go back to the last version that it could."
)
FOUND = {
    "XML_ERROR_NO_ELEMENTS": "the end of the file",
    "XML_ERROR_UNCLOSED_TOKEN": "a tag that is not closed",
    "XML_ERROR_TAG_MISMATCH": "a closing tag of another element",
    "XML_ERROR_DUPLICATE_ATTRIBUTE": "the same attribute twice",
    "XML_ERROR_JUNK_AFTER_DOC_ELEMENT": "something after the end of the document",
    "XML_ERROR_UNDEFINED_ENTITY": "an entity that XML does not define",
    "XML_ERROR_UNBOUND_PREFIX": "a prefix without a namespace",
    "XML_ERROR_INVALID_TOKEN": "a character that may not stand there",
}
FOUND = {expat.errors.codes[getattr(expat.errors, name)]: words for name, words in FOUND.items()}


class Malformed(ValueError):
    """The bytes are not a document that may be read. `problem` says why."""

    def __init__(self, name, code, sentence, remedy, line=None):
        super().__init__(sentence)
        self.problem = Problem(name, code, sentence, remedy, line=line)


def read(content, name, size=SIZE):
    """Bytes -> the lxml root element, comments left out. `name` is the resource's; raises Malformed."""
    if len(content) > size:
        sentence = f"Expected at most {size:,} bytes, but {name} has {len(content):,}."
        raise Malformed(name, "RESOURCE_TOO_LARGE", sentence, "Split it into several files.")
    text = _decode(content, name).encode()
    _Guard(name).walk(text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(name, error.msg.split(", line")[0], error.lineno, error.offset) from error


def _decode(content, name):
    """The text without its byte order mark: only UTF-8 and UTF-16, and only where the declaration says the same as the bytes."""
    mark, encoding = next(((mark, encoding) for mark, encoding in BOMS if content.startswith(mark)), (b"", "utf-8"))
    body = content[len(mark) :]
    found = DECLARED.match(body[:400].decode(encoding, "replace"))
    declared = found[1].lower() if found else None
    if declared not in (None, encoding, encoding[:6].rstrip("-")):
        sentence = f"Expected the declared encoding to be UTF-8, or UTF-16 with a byte order mark, but found {found[1]}"
        raise Malformed(
            name, "BAD_ENCODING", f"{sentence}{f' in a file that is {encoding.upper()}' if mark else ''}.", "Save the file as UTF-8.", 1
        )
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        sentence = f"Expected {encoding.upper()} text, but byte {len(mark) + error.start} (line {line}) is not."
        raise Malformed(name, "BAD_ENCODING", sentence, "Save the file as UTF-8.", line) from error


class _Guard:
    """Walks the document once before a tree is built of it, and stops at the first thing that may not be in it."""

    def __init__(self, name):
        self.name, self.count, self.open = name, 0, []

    def walk(self, text):
        self.expat = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.expat.StartElementHandler = self.start
        self.expat.EndElementHandler = lambda tag: self.open.pop()
        self.expat.StartDoctypeDeclHandler = self.doctype
        self.expat.ProcessingInstructionHandler = self.instruction
        try:
            self.expat.Parse(text, True)
        except expat.ExpatError as error:
            found = FOUND.get(error.code, expat.ErrorString(error.code))
            if self.open:
                found += f" inside <{self.open[-1]}>"
            raise _not_well_formed(self.name, found, error.lineno, error.offset + 1) from error

    def start(self, tag, attributes):
        self.count += 1
        self.open.append(tag.rpartition(" ")[2])
        if len(self.open) > DEPTH:
            self.stop(
                "TOO_DEEP",
                f"at most {DEPTH} elements inside each other, but there are more",
                "Move inner sub-processes to processes of their own.",
            )
        if self.count > ELEMENTS:
            self.stop("TOO_MANY_ELEMENTS", f"at most {ELEMENTS:,} elements, but there are more", "Split the file into several.")
        if len(attributes) > ATTRIBUTES:
            expected = f"at most {ATTRIBUTES} attributes on <{self.open[-1]}>, but there are {len(attributes)}"
            self.stop("TOO_MANY_ATTRIBUTES", expected, EXPORT_AGAIN)

    def doctype(self, *_):
        self.stop(
            "DOCTYPE_REFUSED",
            "no document type declaration, but there is one",
            "Remove <!DOCTYPE …> and its entities; no modeler writes it.",
        )

    def instruction(self, target, _):
        self.stop("INSTRUCTION_REFUSED", f"no processing instruction, but there is <?{target} …?>", "Remove it; no modeler writes it.")

    def stop(self, code, expected, remedy):
        line, column = self.expat.CurrentLineNumber, self.expat.CurrentColumnNumber + 1
        raise Malformed(self.name, code, f"Expected {expected} (line {line}, column {column}).", remedy, line)


def _not_well_formed(name, found, line, column):
    sentence = f"Expected well-formed XML, but found {found} at line {line}, column {column}."
    return Malformed(name, "MALFORMED_XML", sentence, EXPORT_AGAIN, line)
