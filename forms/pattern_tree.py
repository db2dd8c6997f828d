"""A regular expression of JavaScript, without flags, as a tree; what cannot be matched in linear time is refused."""

import re

DEPTH = 50  # groups inside each other
_REPEAT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_OPENING = re.compile(r"\?:|\?<(?![=!])[^>]*>")
_LITERALS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_DIGIT = [("0", "9")]
WORD = [("0", "9"), ("A", "Z"), ("_", "_"), ("a", "z")]
_SPACE = [(c, c) for c in "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"] + [("\u2000", "\u200a")]
_NEWLINES = [(c, c) for c in "\n\r\u2028\u2029"]
_CLASSES = {"d": (_DIGIT, False), "w": (WORD, False), "s": (_SPACE, False), "D": (_DIGIT, True), "W": (WORD, True), "S": (_SPACE, True)}


def read(text):
    """-> ("set", ranges, negated), ("at", "^" | "$" | "b" | "B"), ("all", parts), ("any", parts) or ("repeat", part, least, most).

    Raises ValueError with a sentence that names the character.
    """
    return _Parser(text).whole()


class _Parser:
    """Recursive descent over the text; `at` is the next character."""

    def __init__(self, text):
        self.text, self.at, self.depth = text, 0, 0

    def whole(self):
        tree = self.alternatives()
        if self.at < len(self.text):
            self.refuse("a pattern", f"a closing {self.text[self.at]} without an opening one")
        return tree

    def refuse(self, expected, found):
        raise ValueError(f"Expected {expected}, but found {found} at character {self.at + 1} of the pattern {self.text[:80]!r}")

    def peek(self):
        return self.text[self.at : self.at + 1]

    def take(self):
        character = self.peek()
        if not character:
            self.refuse("the pattern to go on", "its end")
        self.at += 1
        return character

    def alternatives(self):
        parts = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else ("any", parts)

    def sequence(self):
        parts = []
        while self.peek() not in ("", "|", ")"):
            part = self.atom()
            least, most = self.quantifier()
            if (least, most) != (1, 1):
                if part[0] == "at":
                    self.refuse("something to repeat", "a quantifier after ^, $ or \\b")
                part = ("repeat", part, least, most)
            parts.append(part)
        return ("all", parts)

    def quantifier(self):
        found = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.peek())
        braces = None if found else _REPEAT.match(self.text, self.at)
        if found is None and braces is None:
            return 1, 1
        if braces:
            least = int(braces[1])
            found = (least, least if braces[2] is None else int(braces[3]) if braces[3] else None)
            self.at = braces.end() - 1
            if found[1] is not None and found[1] < least:
                self.refuse("the smaller number first", braces[0])
        self.at += 1
        if self.peek() == "?":  # as few as possible: the same answer
            self.at += 1
        return found

    def atom(self):
        character = self.take()
        if character in "^$":
            return ("at", character)
        if character == ".":
            return ("set", _NEWLINES, True)
        if character == "[":
            return self.characters()
        if character == "(":
            return self.group()
        if character == "\\":
            return self.escape()
        if character in "*+?":
            self.at -= 1
            self.refuse("something to repeat", f"a {character} after nothing")
        return ("set", [(character, character)], False)

    def group(self):
        self.depth += 1
        if self.depth > DEPTH:
            self.refuse(f"at most {DEPTH} groups inside each other", "more")
        if self.peek() == "?":
            opening = _OPENING.match(self.text, self.at)
            if opening is None:
                self.refuse("a pattern that can be matched in linear time", "look-ahead or look-behind")
            self.at = opening.end()
        tree = self.alternatives()
        if self.peek() != ")":
            self.refuse("a closing )", "the end of the pattern")
        self.at += 1
        self.depth -= 1
        return tree

    def escape(self):
        character = self.take()
        if character in "bB":
            return ("at", character)
        if character in _CLASSES:
            return ("set", *_CLASSES[character])
        if character in "123456789" or (character == "k" and self.peek() == "<"):
            self.refuse("a pattern that can be matched in linear time", "a back reference")
        return ("set", [(self.literal(character),) * 2], False)

    def literal(self, character):
        """The character that stands after a backslash, \\u and \\x followed."""
        digits = {"u": 4, "x": 2}.get(character)
        if digits and re.fullmatch("[0-9a-fA-F]{%d}" % digits, self.text[self.at : self.at + digits]):  # noqa: UP031 (braces of the pattern)
            self.at += digits
            return chr(int(self.text[self.at - digits : self.at], 16))
        return _LITERALS.get(character, character)

    def characters(self):
        negated, ranges = self.peek() == "^", []
        self.at += negated
        while self.peek() != "]":
            low = self.member(ranges)
            if low is not None and self.peek() == "-" and self.text[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                high = self.member(ranges)
                if high is None or high < low:
                    self.refuse("a range from a smaller to a greater character", f"{low}-{high or 'a class'}")
                ranges.append((low, high))
            elif low is not None:
                ranges.append((low, low))
        self.at += 1
        return ("set", ranges, negated)

    def member(self, ranges):
        """One character of a class; a \\d or the like is added at once, and None returned."""
        character = self.take()
        if character != "\\":
            return character
        character = self.take()
        if character == "b":
            return "\b"
        if character not in _CLASSES:
            return self.literal(character)
        among, negated = _CLASSES[character]
        ranges += _complement(among) if negated else among
        return None


def _complement(ranges):
    """Every character outside of `ranges`, as ranges."""
    outside, start = [], 0
    for low, high in sorted(ranges):
        if start < ord(low):
            outside.append((chr(start), chr(ord(low) - 1)))
        start = ord(high) + 1
    return [*outside, (chr(start), chr(0x10FFFF))]
