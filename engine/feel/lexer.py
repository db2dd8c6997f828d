"""FEEL text to tokens: names with spaces, keys and arguments, and which bracket opens or closes a range."""

from lark import Token

from engine.feel import errors, signs, strings
from engine.feel.names import ARGUMENT, KEY, WORD, Known, tidy


def tokens(text, known, cell=False):
    """-> [Token] of a FEEL text. `known`: Known names; `cell`: unary tests, in which a leading `not(…)` around everything negates them."""
    found = list(_Reader(text, known).read())
    if cell and _is_negation(found):
        found[0] = Token("_NOT", "not", start_pos=found[0].start_pos)
    return found


def _is_negation(found):
    """Whether a `not(` at the beginning spans all tokens and holds tests."""
    if len(found) < 4 or found[0] != "not" or found[1].type != "_LPAR" or found[2].type == "ARGUMENT":
        return False
    return _closes(found, 1) == len(found) - 1


def _closes(found, opening):
    """The index of the token that closes the bracket at `opening`, or None."""
    depth = 0
    for index in range(opening, len(found)):
        if found[index].type in ("_LPAR", "_LSQB", "_LBRACE", "_OUTSIDE_LEFT"):
            depth += 1
        elif found[index].type in ("_RPAR", "_RSQB", "_RBRACE", "_OUTSIDE_RIGHT"):
            depth -= 1
            if not depth:
                return index
    return None


class _Bracket:
    """An open bracket: what it holds decides how a name after it or after a comma in it is read."""

    __slots__ = ("dots", "holds")

    def __init__(self, holds):
        self.holds, self.dots = holds, False  # holds: keys, arguments, parameters, values; dots: a ".." was seen in it


class _Reader:
    def __init__(self, text, known):
        self.text, self.known = text, Known(outer=known)
        self.position = 0
        self.last = ""  # the type of the token before
        self.brackets = []
        self.loops = []  # for every open for/some/every: how many brackets were open
        self.naming = False  # a loop's variable comes next
        self.angles = 0  # how many < of types are open
        self.after_type = False  # the token before is the name of a type
        self.readers = (self._named, self._word, self._literal, self._symbol)

    def read(self):
        text, end = self.text, len(self.text)
        while True:
            if skipped := signs.SKIP.match(text, self.position):
                self.position = skipped.end()
            if self.position >= end:
                return
            if text.startswith("/*", self.position):
                raise errors.at(text, self.position, "Expected */ at the end of a comment, but found the end")
            type_may_come = self._type_may_come()
            token = next(token for read in self.readers if (token := read()) is not None)
            self.last, self.after_type = token.type, type_may_come and token.type in ("NAME", "_FUNCTION")
            yield token

    def _type_may_come(self):
        if self.last in ("_COMMA", "_COLON") and self.angles:
            return True
        in_parameters = self.brackets and self.brackets[-1].holds == "parameters"
        return self.last in ("_OF", "_LANGLE", "_ARROW") or (self.last == "_COLON" and in_parameters)

    def _token(self, kind, value, end):
        token = Token(kind, value, start_pos=self.position)
        self.position = end
        return token

    def _named(self):
        """A name of which the place says how far it goes: a key, an argument, a parameter, a loop's variable, a property."""
        holds = self.brackets[-1].holds if self.brackets and self.last in ("_LBRACE", "_LPAR", "_COMMA") else None
        if self.naming:
            self.naming = False
            word = WORD.match(self.text, self.position)
            return None if word and word.group() in signs.KEYWORDS else self._words()
        if holds == "keys":
            return self._key()
        if holds == "arguments" and (found := ARGUMENT.match(self.text, self.position)):
            return self._token("ARGUMENT", tidy(found.group(1)), found.end(1))
        if holds == "parameters" or self.last == "_DOT":
            return self._words()
        return None

    def _learn(self, name):
        try:
            self.known.add(name)
        except ValueError as problem:
            raise errors.at(self.text, self.position, str(problem)) from None

    def _key(self):
        text, position = self.text, self.position
        if found := signs.STRING.match(text, position):
            return self._token("KEY", self._decoded(found.group()), found.end())
        if found := signs.QUOTED.match(text, position):
            key, end = found.group(1), found.end()
        elif found := KEY.match(text, position):
            key, end = tidy(found.group(1)), found.end(1)
        elif text[position] == "}":
            return None
        else:
            raise errors.at(text, position, f"Expected a key and a colon, but found {_shown(text, position)}")
        self._learn(key)
        return self._token("KEY", key, end)

    def _words(self):
        """Adjacent words are one name, up to a keyword: two names never stand side by side in FEEL."""
        text, position = self.text, self.position
        if quoted := signs.QUOTED.match(text, position):
            return self._token("NAME", quoted.group(1), quoted.end())
        first = WORD.match(text, position)
        if not first:
            return None
        name, end = self.known.match(text, position)
        if name and end > first.end():
            return self._token("NAME", name, end)
        end, words = first.end(), [first.group()]
        while gap := signs.SKIP.match(text, end):
            word = WORD.match(text, gap.end())
            if not word or word.group() in signs.KEYWORDS:
                break
            words.append(word.group())
            end = word.end()
        name = " ".join(words)
        self._learn(name)
        return self._token("NAME", name, end)

    def _word(self):
        text, position = self.text, self.position
        name, end = self.known.match(text, position)
        word = WORD.match(text, position)
        if name and (not word or end > word.end()):
            return self._token("NAME", name, end)
        if not word:
            return None
        plain = word.group()
        if self.last == "_INSTANCE" and plain == "of":
            return self._token("_OF", plain, word.end())
        kind = signs.KEYWORDS.get(plain, "NAME")
        if kind in ("_FOR", "_SOME", "_EVERY"):
            self.loops.append(len(self.brackets))
            self.naming = True
        elif kind in ("_RETURN", "_SATISFIES") and self.loops:
            self.loops.pop()
        elif kind == "NAME" and self.last in ("NAME", "_RPAR"):
            self._refuse_neighbour(plain)
        return self._token(kind, plain, word.end())

    def _refuse_neighbour(self, plain):
        if plain == "external" and self.last == "_RPAR":
            sentence = "Expected a FEEL expression, but found an external function: code from outside is never run"
            raise errors.at(self.text, self.position, sentence)
        if self.last == "NAME":
            sentence = f"Expected an operator, but found {plain}; a name with spaces that is not declared is written `in backticks`"
            raise errors.at(self.text, self.position, sentence)

    def _literal(self):
        text, position = self.text, self.position
        if found := signs.NUMBER.match(text, position):
            return self._token("NUMBER", found.group(), found.end())
        if found := signs.STRING.match(text, position):
            return self._token("STRING", self._decoded(found.group()), found.end())
        if text[position] == "@":
            if found := signs.STRING.match(text, position + 1):
                return self._token("TEMPORAL", self._decoded(found.group()), found.end())
            raise errors.at(text, position, 'Expected a date, time or duration in quotes after @, as in @"2025-01-31"')
        if found := signs.QUOTED.match(text, position):
            return self._token("NAME", found.group(1), found.end())
        if text[position] == "?":
            return self._token("NAME", "?", position + 1)
        if text[position] in '"`':
            raise errors.at(text, position, f"Expected a closing {text[position]}, but found the end")
        return None

    def _decoded(self, quoted):
        try:
            return strings.decode(quoted[1:-1])
        except ValueError as problem:
            raise errors.at(self.text, self.position, str(problem)) from None

    def _symbol(self):
        text, position = self.text, self.position
        found = signs.SYMBOL.match(text, position)
        if not found:
            character = text[position]
            if character in signs.FULL_WIDTH:
                raise errors.at(
                    text, position, f"Expected '{signs.FULL_WIDTH[character]}', but found the full-width or curly '{character}'"
                )
            raise errors.at(text, position, f"Expected FEEL, but found {_shown(text, position)}")
        symbol = found.group()
        kind = signs.SYMBOLS[symbol]
        if symbol in "([{":
            kind = self._open(symbol, found.end())
        elif symbol in ")]}":
            kind = self._close(symbol, found.end())
        elif symbol == "<" and self.after_type:
            kind, self.angles = "_LANGLE", self.angles + 1
        elif symbol == ">" and self.angles:
            kind, self.angles = "_RANGLE", self.angles - 1
        elif symbol == ".." and self.brackets:
            self.brackets[-1].dots = True
        elif symbol == "," and self.loops and self.loops[-1] == len(self.brackets):
            self.naming = True
        return self._token(kind, symbol, found.end())

    def _open(self, symbol, end):
        if symbol == "[" and self.last in signs.ENDS_OPERAND and self.brackets and self.brackets[-1].dots:
            # After the second bound: a filter on it if an operand follows, else the end of the range.
            if not signs.STARTS_OPERAND.match(self.text, end):
                self.brackets.pop()
                return "_OUTSIDE_RIGHT"
        if symbol == "{":
            holds = "keys"
        elif symbol == "[":
            holds = "values"
        else:
            holds = "parameters" if self.last == "_FUNCTION" else "arguments" if self.last in signs.ENDS_OPERAND else "values"
        self.brackets.append(_Bracket(holds))
        return signs.SYMBOLS[symbol]

    def _close(self, symbol, end):
        empty = self.last == "_LSQB" and not signs.STARTS_BOUND.match(self.text, end)
        if symbol == "]" and self.last not in signs.ENDS_OPERAND and not empty:
            self.brackets.append(_Bracket("values"))
            return "_OUTSIDE_LEFT"
        if self.brackets:
            self.brackets.pop()
        return signs.SYMBOLS[symbol]


def _shown(text, position):
    return "the end" if position >= len(text) else repr(text[position])
