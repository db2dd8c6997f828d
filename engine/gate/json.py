"""JSON from outside is read within limits; a name that stands twice in one object is refused instead of losing the first, and so is what
other readers of JSON, a browser or a database, could not take.
"""

import json
import math
import re

from engine.gate.xml import SIZE, Malformed

DEPTH = 60  # objects and lists inside each other
SAVE_AGAIN = "Open the form in the modeler and save it again."
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL keeps no NUL, UTF-8 no half of a pair


def read(content, name, size=SIZE):
    """Bytes -> dict, list, str, float, int, bool or None. `name` is the resource's; raises Malformed."""
    if len(content) > size:
        raise Malformed(
            name, "RESOURCE_TOO_LARGE", f"Expected at most {size:,} bytes, but {name} has {len(content):,}.", "Split it into several forms."
        )
    if content.startswith(b"\xef\xbb\xbf"):
        sentence = f"Expected {name} to begin with its first letter (RFC 8259), but it begins with a byte order mark."
        raise Malformed(name, "BAD_ENCODING", sentence, "Save the file as UTF-8 without a byte order mark.", 1)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        sentence = f"Expected UTF-8 text, but byte {error.start} (line {line}) is not."
        raise Malformed(name, "BAD_ENCODING", sentence, "Save the file as UTF-8.", line) from error
    _guard_depth(text, name)
    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_float, parse_int=_integer)
    except json.JSONDecodeError as error:
        sentence = f"Expected well-formed JSON, but found a fault at line {error.lineno}, column {error.colno}: {error.msg}."
        raise Malformed(name, "MALFORMED_JSON", sentence, SAVE_AGAIN, error.lineno) from error
    except ValueError as error:
        raise Malformed(name, "MALFORMED_JSON", f"Expected well-formed JSON, but {error}.", SAVE_AGAIN) from error
    _guard_letters(found, name)
    return found


def _unique(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice[:60]!r} stands twice in one object")
    return found


def _no_constant(word):
    raise ValueError(f"{word} is no number of JSON")


def _float(digits):
    found = float(digits)
    if math.isinf(found):
        raise ValueError(f"{digits[:60]} is larger than a number can be")
    return found


def _integer(digits):
    _float(digits)
    return int(digits)


def _guard_letters(value, name):
    """Escaped, every code may stand in a text."""
    todo = [value]
    while todo:
        one = todo.pop()
        todo += [*one, *one.values()] if isinstance(one, dict) else one if isinstance(one, list) else ()
        if isinstance(one, str) and (wrong := NOT_TEXT.search(one)):
            sentence = f"Expected characters that a text can hold, but found U+{ord(wrong[0]):04X} in {one[:60]!r}."
            raise Malformed(name, "BAD_CHARACTER", sentence, "Write that text again.")


def _guard_depth(text, name):
    """The parser recurses, so depth is counted before it runs; brackets inside strings do not count."""
    depth, quoted, escaped, line = 0, False, False, 1
    for character in text:
        if character == "\n":
            line += 1
        if quoted:
            quoted, escaped = escaped or character != '"', not escaped and character == "\\"
        elif character == '"':
            quoted = True
        elif character in "[{":
            depth += 1
            if depth > DEPTH:
                sentence = f"Expected at most {DEPTH} objects and lists inside each other, but there are more (line {line})."
                raise Malformed(name, "TOO_DEEP", sentence, "Take groups out of groups.", line)
        elif character in "]}":
            depth -= 1
