"""Functions of strings (DMN 1.5, table 72); a character is a code point."""

from decimal import Decimal

from engine.feel.functions.registry import built_in
from engine.feel.values.size import listed, room


@built_in("string length(string: string)")
def length(env, string):
    return Decimal(len(string))


@built_in("substring(string: string, start position: number, length?: number)")
def substring(env, string, start, length=None):
    """Places count from 1, or from the end if negative; the length is at least 1."""
    place = int(start)
    if not place or abs(place) > len(string) or (length is not None and int(length) < 1):
        return env.warn(f"Expected a start within the string and a length of at least 1, but found {start} and {length or 'none'}")
    begin = place - 1 if place > 0 else len(string) + place
    return string[begin:] if length is None else string[begin : begin + int(length)]


@built_in("upper case(string: string)")
def upper_case(env, string):
    return string.upper()


@built_in("lower case(string: string)")
def lower_case(env, string):
    return string.lower()


@built_in("substring before(string: string, match: string)")
def substring_before(env, string, match):
    place = string.find(match)
    return string[:place] if place > 0 else ""


@built_in("substring after(string: string, match: string)")
def substring_after(env, string, match):
    place = string.find(match)
    return string[place + len(match) :] if place >= 0 else ""


@built_in("contains(string: string, match: string)")
def contains(env, string, match):
    return match in string


@built_in("starts with(string: string, match: string)")
def starts_with(env, string, match):
    return string.startswith(match)


@built_in("ends with(string: string, match: string)")
def ends_with(env, string, match):
    return string.endswith(match)


@built_in("string join(list: list, delimiter?: string?)")
def string_join(env, parts, delimiter=None):
    """All strings of a list in one; null items are left out."""
    strings = [part for part in parts if part is not None]
    if any(not isinstance(part, str) for part in strings):
        return env.warn("Expected a list of strings to join, but found another value in it")
    listed(strings, env)
    delimiter = delimiter or ""
    room(sum(map(len, strings)) + len(delimiter) * max(len(strings) - 1, 0), env)
    return delimiter.join(strings)


@built_in("trim(string: string)")
def trim(env, string):
    """The string without the white space around it. Camunda's addition."""
    return string.strip()


@built_in("is blank(string: string)")
def is_blank(env, string):
    """Whether a string has nothing but white space. Camunda's addition."""
    return not string.strip()
