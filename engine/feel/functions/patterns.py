"""Functions with regular expressions (DMN 1.5, table 72): the syntax and flags of XPath."""

from engine.feel.functions.registry import built_in
from engine.feel.patterns.program import compiled
from engine.feel.values.size import listed, room


@built_in("matches(input: string, pattern: string, flags?: string?)")
def matches(env, text, pattern, flags=None):
    return compiled(pattern, flags or "").search(text, 0, env) is not None


@built_in("replace(input: string, pattern: string, replacement: string, flags?: string?)")
def replace(env, text, pattern, replacement, flags=None):
    """Every match replaced; $1 stands for a group, $0 for the match, and a backslash takes their meaning from $ and itself."""
    found = compiled(pattern, flags or "")
    if found.search("", 0, env) is not None:
        return env.warn(f'Expected a pattern that matches something, but "{pattern}" matches nothing')
    template = [replacement] if "q" in (flags or "") else _template(replacement, found.groups)
    parts, size, end = [], 0, 0
    for places in _all(found, text, env):
        parts.append(text[end : places[0]])
        for piece in template:
            parts.append(piece if isinstance(piece, str) else _group(text, places, piece))
            size += len(parts[-1])
        room(size, env)
        end = places[1]
    parts.append(text[end:])
    room(sum(map(len, parts)), env)
    return "".join(parts)


@built_in("split(string: string, delimiter: string)")
def split(env, text, delimiter):
    """The parts of a string between the matches of a pattern."""
    found = compiled(delimiter)
    if found.search("", 0, env) is not None:
        return env.warn(f'Expected a pattern that matches something, but "{delimiter}" matches nothing')
    parts, end = [], 0
    for places in _all(found, text, env):
        parts.append(text[end : places[0]])
        end = places[1]
    return listed([*parts, text[end:]], env)


@built_in("extract(string: string, pattern: string)")
def extract(env, text, pattern):
    """All matches of a pattern. Camunda's addition."""
    return listed([text[places[0] : places[1]] for places in _all(compiled(pattern), text, env) if places[1] > places[0]], env)


def _group(text, places, number):
    """What a group matched; nothing if it took no part in the match."""
    start, end = places[2 * number : 2 * number + 2]
    return text[start:end] if start >= 0 else ""


def _all(found, text, env):
    place = 0
    while place <= len(text) and (places := found.search(text, place, env)) is not None:
        yield places
        place = max(places[1], places[0] + 1)


def _template(replacement, groups):
    """A replacement's text -> strings and group numbers in order. Raises ValueError for a $ or backslash that means nothing."""
    pieces, index = [], 0
    while index < len(replacement):
        character = replacement[index]
        following = replacement[index + 1 : index + 2]
        index += 1
        if character == "\\":
            if following not in ("\\", "$"):
                raise ValueError("\\ in a replacement that is not before \\ or $")
            pieces.append(following)
            index += 1
        elif character == "$":
            if not (following.isascii() and following.isdigit()):
                raise ValueError("$ in a replacement that is not before the number of a group")
            number, index = int(following), index + 1
            # The longest number that is a group's; further digits are text.
            while index < len(replacement) and replacement[index] in "0123456789" and int(f"{number}{replacement[index]}") <= groups:
                number, index = int(f"{number}{replacement[index]}"), index + 1
            pieces.append(number if number <= groups else "")
        else:
            pieces.append(character)
    return pieces
