"""Ranges: an interval of values that can be compared, open at an end that is null."""

from engine.feel.values import text


class Range:
    """`start` and `end` are values or None; `start_included` and `end_included` say whether they belong to it.

    `sign` is the comparison that the range was written with ((< 10), (!= 10)), "" for one with two ends: (= 10) is not [10..10].
    """

    __slots__ = ("end", "end_included", "sign", "start", "start_included")

    def __init__(self, start, start_included, end, end_included, sign=""):
        self.start, self.start_included, self.end, self.end_included, self.sign = start, start_included, end, end_included, sign

    def __repr__(self):
        return f"Range({self.__feel_text__()})"

    def __feel_text__(self):
        """[1..10), or (>= 3) for a range written by comparison."""
        if self.sign:
            return f"({self.sign} {text.inside(self.start if self.end is None else self.end)})"
        opening, closing = "[" if self.start_included else "(", "]" if self.end_included else ")"
        return f"{opening}{text.inside(self.start)}..{text.inside(self.end)}{closing}"
