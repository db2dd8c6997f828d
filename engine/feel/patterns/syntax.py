"""A pattern's text to its parts: ("char", class), ("seq", parts), ("alt", parts), ("repeat", part, least, most, lazy) and so on."""

from engine.feel.patterns import classes

_SINGLE = {"n": "\n", "r": "\r", "t": "\t", **{character: character for character in "\\|.?*+(){}-[]^$"}}
_QUANTIFIERS = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_SPACES = " \t\n\r"
_DIGITS = frozenset("0123456789")
_DEEPEST = 50
#: the greatest count of a quantifier
MOST = 1000


def parse(text, flags):
    """-> (parts of the pattern, number of its groups). `flags`: a string of s, m, i, x, q. Raises ValueError with the sentence."""
    if "q" in flags:
        fold = "i" in flags
        return ("seq", [("char", classes.one(character, fold)) for character in text]), 0
    reader = _Reader(text, flags)
    found = reader.alternatives(0)
    if reader.position < len(text):
        raise ValueError(f"Expected a pattern, but found an unmatched {text[reader.position]}")
    return found, reader.groups


class _Reader:
    def __init__(self, text, flags):
        self.text, self.position, self.groups, self.closed = text, 0, 0, set()
        self.fold, self.dot_all, self.lines, self.skip = "i" in flags, "s" in flags, "m" in flags, "x" in flags

    def peek(self):
        if self.skip:
            self._skip_spaces()
        return self.text[self.position : self.position + 1]

    def _skip_spaces(self):
        while self.position < len(self.text) and self.text[self.position] in _SPACES:
            self.position += 1

    def take(self):
        """The next character, whatever it is. Raises ValueError at the end."""
        if self.position >= len(self.text):
            raise ValueError("Expected more of the pattern, but found its end")
        self.position += 1
        return self.text[self.position - 1]

    def alternatives(self, depth):
        if depth > _DEEPEST:
            raise ValueError(f"Expected at most {_DEEPEST} groups inside each other, but found more")
        branches = [self._branch(depth)]
        while self.peek() == "|":
            self.take()
            branches.append(self._branch(depth))
        return branches[0] if len(branches) == 1 else ("alt", branches)

    def _branch(self, depth):
        parts = []
        while self.peek() not in ("", "|", ")"):
            parts.append(self._quantified(self._atom(depth)))
        return ("seq", parts)

    def _quantified(self, atom):
        sign = self.peek()
        if sign in _QUANTIFIERS:
            self.take()
            least, most = _QUANTIFIERS[sign]
        elif sign == "{":
            self.take()
            least, most = self._count()
        else:
            return atom
        if atom[0] in ("start", "end"):
            raise ValueError("Expected something to repeat, but found an anchor")
        lazy = self.peek() == "?"
        if lazy:
            self.take()
        if self.peek() in ("*", "+", "?", "{"):
            raise ValueError(f"Expected one quantifier, but found another: {self.peek()}")
        return ("repeat", atom, least, most, lazy)

    def _count(self):
        end = self.text.find("}", self.position)
        inside = self.text[self.position : end] if end >= 0 else ""
        least, comma, most = inside.partition(",")
        if not (least.isascii() and least.isdigit()) or not (most == "" or (most.isascii() and most.isdigit())):
            raise ValueError(f"Expected a quantifier like {{2}}, {{2,}} or {{2,5}}, but found {{{inside}")
        self.position = end + 1
        low, high = int(least), int(most) if most else None if comma else int(least)
        if max(low, high or 0) > MOST or (high is not None and high < low):
            raise ValueError(f"Expected a count up to {MOST}, the smaller number first, but found {{{inside}}}")
        return low, high

    def _atom(self, depth):
        character = self.take()
        if character == "(":
            return self._group(depth)
        if character == "[":
            return ("char", self._class(0))
        if character == "\\":
            return self._escape()
        if character == ".":
            return ("char", (lambda character: True) if self.dot_all else (lambda character: character not in "\n\r"))
        if character == "^":
            return ("line start" if self.lines else "start",)
        if character == "$":
            return ("line end" if self.lines else "end",)
        if character in "*+?{}]":
            raise ValueError(f"Expected something before {character}, but found nothing to repeat")
        return ("char", classes.one(character, self.fold))

    def _group(self, depth):
        number = None
        if self.peek() == "?":
            self.take()
            if self.take() != ":":
                raise ValueError("Expected ( or (?:, but found another kind of group")
        else:
            self.groups += 1
            number = self.groups
        inside = self.alternatives(depth + 1)
        if self.peek() != ")":
            raise ValueError("Expected ) at the end of a group, but found none")
        self.take()
        if number is None:
            return inside
        self.closed.add(number)
        return ("group", number, inside)

    def _escape(self):
        character = self.take()
        if character in "123456789":
            number = int(character)
            # The longest number of a group that is complete; further digits are text.
            while (digit := self.text[self.position : self.position + 1]) in _DIGITS and 10 * number + int(digit) in self.closed:
                number = int(f"{number}{self.take()}")
            if number not in self.closed:
                raise ValueError(f"Expected a group before \\{number}, but found none")
            return ("back", number, self.fold)
        return ("char", self._escaped(character))

    def _escaped(self, character):
        if character in _SINGLE:
            return classes.one(_SINGLE[character], self.fold)
        if character in "pP":
            end = self.text.find("}", self.position)
            if self.take() != "{" or end < 0:
                raise ValueError("Expected \\p{…}, but found no braces")
            holds = classes.named(self.text[self.position : end])
            self.position = end + 1
            return classes.negation(holds) if character == "P" else holds
        if character.lower() in classes.ESCAPES:
            holds = classes.ESCAPES[character.lower()]
            return classes.negation(holds) if character.isupper() else holds
        raise ValueError(f"Expected an escape of a pattern, but found \\{character}")

    def _class(self, depth):
        """After [ : up to its ], with ranges, escapes, negation and subtraction."""
        if depth > _DEEPEST:
            raise ValueError(f"Expected at most {_DEEPEST} classes inside each other, but found more")
        negated = self.text[self.position : self.position + 1] == "^"
        if negated:
            self.take()
        parts, without = [], None
        while (character := self.take()) != "]" or not parts:
            if character == "-" and self.text[self.position : self.position + 1] == "[" and parts:
                self.take()
                without = self._class(depth + 1)
                if self.take() != "]":
                    raise ValueError("Expected ] after a subtracted class, but found more")
                break
            parts.append(self._part(character))
        holds = classes.union(parts)
        if self.fold:
            holds = classes.any_case(holds)
        if negated:
            holds = classes.negation(holds)
        return classes.Members(classes.difference(holds, without) if without else holds).__getitem__

    def _part(self, character):
        if character in "[]":
            raise ValueError(f"Expected \\{character} inside a class, but found {character}")
        first = character
        if character == "\\":
            first = self.take()
            if first not in _SINGLE:
                return self._escaped(first)
            first = _SINGLE[first]
        if self.text[self.position : self.position + 1] != "-" or self.text[self.position + 1 : self.position + 2] in ("]", "["):
            return frozenset(first).__contains__
        self.take()
        last = self.take()
        if last == "\\":
            last = self.take()
            if last not in _SINGLE:
                raise ValueError(f"Expected the last character of a range, but found \\{last}")
            last = _SINGLE[last]
        if last < first:
            raise ValueError(f"Expected a range of characters upwards, but found {first}-{last}")
        return classes.span(first, last)
