"""Does a text look like a cron expression: second, minute, hour, day of month, month, day of week, or a word such as @daily."""

import re

WORDS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
FIELDS = ((0, 59, ()), (0, 59, ()), (0, 23, ()), (1, 31, ()), (1, 12, MONTHS), (0, 7, DAYS))
# L: the last day, L-3: three days before it, LW: the last working day, 15W: the working day next to the 15th, FRI#2: the second Friday
SPECIAL = ((), (), (), (r"L(W|-[12]?\d)?", r"(\d+)W"), (), (r"(\w+)L", r"(\w+)#[1-5]"))


def is_cron(text):
    """True for what a timer cycle accepts beside ISO 8601 intervals."""
    parts = text.split()
    if len(parts) == 1:
        return text.lower() in WORDS
    return len(parts) == 6 and all(
        _field(part.upper(), *field, special) for part, field, special in zip(parts, FIELDS, SPECIAL, strict=True)
    )


def _field(text, low, high, names, special):
    return all(_special(part, low, high, names, special) or _range(part, low, high, names) for part in text.split(","))


def _special(text, low, high, names, patterns):
    for pattern in patterns:
        found = re.fullmatch(pattern, text)
        if found:
            return text.startswith("L") or _number(found[1], low, high, names)
    return False


def _range(text, low, high, names):
    body, slash, step = text.partition("/")
    if slash and not (step.isdecimal() and int(step)):
        return False
    if body in ("*", "?"):
        return True
    first, dash, last = body.partition("-")
    return _number(first, low, high, names) and (not dash or _number(last, low, high, names))


def _number(text, low, high, names):
    return text in names or (text.isascii() and text.isdecimal() and low <= int(text) <= high)
