"""Which characters a class of a pattern holds: the escapes, the Unicode categories, the blocks in common use."""

import unicodedata

_CATEGORIES = frozenset(
    "L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po Z Zs Zl Zp S Sm Sc Sk So C Cc Cf Co Cn Cs".split()  # noqa: SIM905
)
_BLOCKS = {
    "BasicLatin": (0x00, 0x7F), "Latin-1Supplement": (0x80, 0xFF), "LatinExtended-A": (0x100, 0x17F), "LatinExtended-B": (0x180, 0x24F),
    "Greek": (0x370, 0x3FF), "GreekandCoptic": (0x370, 0x3FF), "Cyrillic": (0x400, 0x4FF), "Hebrew": (0x590, 0x5FF),
    "Arabic": (0x600, 0x6FF), "Thai": (0xE00, 0xE7F), "GeneralPunctuation": (0x2000, 0x206F), "CJKSymbolsandPunctuation": (0x3000, 0x303F),
    "Hiragana": (0x3040, 0x309F), "Katakana": (0x30A0, 0x30FF), "Bopomofo": (0x3100, 0x312F),
    "CJKUnifiedIdeographsExtensionA": (0x3400, 0x4DBF), "CJKUnifiedIdeographs": (0x4E00, 0x9FFF), "HangulSyllables": (0xAC00, 0xD7A3),
    "CJKCompatibilityIdeographs": (0xF900, 0xFAFF), "HalfwidthandFullwidthForms": (0xFF00, 0xFFEF),
}  # fmt: skip
_SPACES = frozenset(" \t\n\r")
_KEPT = 10_000


class Members(dict):
    """{character: is it in the class}, filled as characters are met; the answer is worked out once per character."""

    def __init__(self, holds):
        super().__init__()
        self._holds = holds

    def __missing__(self, character):
        if len(self) >= _KEPT:
            self.clear()
        found = self[character] = self._holds(character)
        return found


def one(character, fold):
    """The class of a single character, in any case if `fold`."""
    return Members(any_case(frozenset(_cases(character)).__contains__)).__getitem__ if fold else frozenset(character).__contains__


def span(first, last):
    """The characters from one to another."""
    return lambda character: first <= character <= last


def any_case(holds):
    """A class widened to the other cases of its characters."""
    return lambda character: any(holds(other) for other in _cases(character))


def _cases(character):
    found = {character}
    for _ in range(2):  # the Kelvin sign is a capital of k, of which K is another
        found |= {other for form in found for other in (form.lower(), form.upper()) if len(other) == 1}
    return found


def named(name):
    """What \\p{…} names, a category (Lu) or a block (IsBasicLatin) -> class. Raises ValueError if there is none."""
    if name in _CATEGORIES:
        return lambda character: unicodedata.category(character).startswith(name)
    if name.startswith("Is") and name[2:] in _BLOCKS:
        first, last = _BLOCKS[name[2:]]
        return span(chr(first), chr(last))
    raise ValueError(f"Expected a Unicode category or block in \\p{{…}}, but found {name}")


def _name_start(character):
    return character in "_:" or character.isalpha()


def _name_part(character):
    return _name_start(character) or character in "-.\u00b7" or unicodedata.category(character)[0] in "MN"


#: the multi-character escapes of XML Schema, appendix F.1.1
ESCAPES = {
    "s": _SPACES.__contains__,
    "d": lambda character: unicodedata.category(character) == "Nd",
    "w": lambda character: unicodedata.category(character)[0] not in "PZC",
    "i": _name_start,
    "c": _name_part,
}


def negation(holds):
    """Every character that a class does not hold."""
    return lambda character: not holds(character)


def union(parts):
    """Every character that one of several classes holds."""
    return parts[0] if len(parts) == 1 else lambda character: any(holds(character) for holds in parts)


def difference(holds, other):
    """Every character of one class that another does not hold."""
    return lambda character: holds(character) and not other(character)
