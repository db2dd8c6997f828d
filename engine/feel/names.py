"""Which characters make a name, and which names with spaces or symbols are known where a text is read."""

import re

# DMN 1.5, 10.3.1.2 rules 27-29, without the punctuation of Chinese and Japanese texts that those ranges contain: a full-width comma in a
# name would be a name nobody meant. Backticks take any character.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u167f\u1681-\u180d\u180f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3004-\u3007\u3012\u3013\u3020-\ud7ff\uf900-\ufdcf\ufdf0-\ufefe\uff10-\uff19\uff21-\uff3a\uff3f\uff41-\uff5a\uff66-\uffdc"
    "\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f\u2040"
# DMN 1.5, 10.3.1.2 rules 61-62.
SPACE = "[\\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"

WORD = re.compile(f"[{_START}][{_PART}]*")
# Both take all they can and give nothing back, so that no text makes them try again and again.
#: a key of a context and the colon after it: like a name, and the symbols . / - ' + * inside it
KEY = re.compile(f"([{_START}](?:[{_PART}./'+*-]|{SPACE})*+):")
#: the name of an argument and the colon after it: as a key, and a comment is no part of it; no operand has a colon before its first bracket
ARGUMENT = re.compile(f"([{_START}](?:[{_PART}.'+*-]|/(?![/*])|{SPACE})*+):")
#: names with spaces or symbols that one text may bring; each is looked for at many places
_MOST = 300
_ONE_PART = re.compile(f"[{_PART}]")
_SPACES = re.compile(f"{SPACE}+")


def tidy(name):
    """A name with single spaces, as it is looked up."""
    return _SPACES.sub(" ", name.strip())


class Known:
    """Names of more than one word, found by their first character and the longest first."""

    def __init__(self, names=(), outer=None):
        self._by_first, self._seen, self._outer = {}, set(), outer
        for name in names:
            self.add(name)

    def add(self, name):
        """Remember `name`; one that is a single plain word needs no remembering."""
        name = tidy(name)
        if not name or name in self._seen or WORD.fullmatch(name):
            return
        if len(self._seen) >= _MOST and self._outer:
            raise ValueError(f"Expected at most {_MOST} names with spaces or symbols, but found more")
        self._seen.add(name)
        same_start = self._by_first.setdefault(name[0], [])
        same_start.append((name.split(" "), name))
        same_start.sort(key=lambda entry: -len(entry[1]))

    def match(self, text, position):
        """-> (name, end) of the longest known name at `position`, else (None, position)."""
        best = self._outer.match(text, position) if self._outer else (None, position)
        for words, name in self._by_first.get(text[position], ()):
            end = _end(words, text, position)
            if end is not None and end > best[1]:
                best = name, end
        return best


def _end(words, text, position):
    """Where the words, with any white space between them, end in `text`; None if they do not stand there as a whole name."""
    for index, word in enumerate(words):
        if index:
            gap = _SPACES.match(text, position)
            if not gap:
                return None
            position = gap.end()
        if not text.startswith(word, position):
            return None
        position += len(word)
    return None if _ONE_PART.match(words[-1][-1]) and _ONE_PART.match(text, position) else position
