"""The escapes of a FEEL string literal."""

import re

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_HALF = re.compile("[\ud800-\udfff]")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def decode(text):
    r"""The inside of a string literal -> str. \n \t \r \" \' \\ \uXXXX \UXXXXXX; any other backslash stays, for patterns such as "\d".

    Two \u escapes that are the halves of a pair make one character. Raises ValueError for half a pair or a code past U+10FFFF.
    """
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_replace, text)
    if not _HALF.search(plain):
        return plain
    try:
        return plain.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise ValueError("Expected both halves of a character past U+FFFF, but found only one of its \\u escapes") from None


def _replace(match):
    short, long, other = match.groups()
    if other is not None:
        return _PLAIN.get(other, "\\" + other)
    code = int(short or long, 16)
    if code > 0x10FFFF:
        raise ValueError(f"Expected a Unicode character, but found \\U{long}")
    return chr(code)


def quoted(text):
    """A string as a FEEL literal: quotes around it, backslash and quote escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
