"""The regular expressions of form-js (JavaScript's, unanchored), matched in time linear in the text, whatever a designer wrote.

A pattern is parsed and compiled to a small program that follows all alternatives at once (Thompson, CACM 11(6), 1968). What cannot be
matched that way is refused: look-ahead, look-behind, back references.
"""

from forms import pattern_tree

SIZE = 1_000  # instructions of one program


class Pattern:
    """A compiled pattern: `search(text)` is whether it matches somewhere, as RegExp.test() does without flags."""

    def __init__(self, text):
        """Raises ValueError with a sentence for what is no pattern, or none that can be matched in linear time."""
        self.text = text
        self._program = _Compiler(pattern_tree.read(text)).program

    def search(self, text):
        program, accepted = self._program, len(self._program) - 1
        states = {}
        for position in range(len(text) + 1):
            self._follow(0, position, text, states)
            if accepted in states:
                return True
            if position == len(text):
                return False
            character, following = text[position], {}
            for state in states:
                operation, argument, _ = program[state]
                if operation == "set" and _within(argument, character):
                    self._follow(state + 1, position + 1, text, following)
            states = following
        return accepted in states

    def _follow(self, state, position, text, states):
        """Adds everything that can be reached from `state` without a character."""
        waiting = [state]
        while waiting:
            state = waiting.pop()
            if state in states:
                continue
            states[state] = None
            operation, first, second = self._program[state]
            if operation == "split":
                waiting += [second, first]
            elif operation == "jump":
                waiting.append(first)
            elif operation == "at" and first(text, position):
                waiting.append(state + 1)


def _within(characters, character):
    ranges, negated = characters
    return any(low <= character <= high for low, high in ranges) is not negated


def _is_word(text, position):
    return 0 <= position < len(text) and _within((pattern_tree.WORD, False), text[position])


_PLACES = {
    "^": lambda text, position: position == 0,
    "$": lambda text, position: position == len(text),
    "b": lambda text, position: _is_word(text, position - 1) is not _is_word(text, position),
    "B": lambda text, position: _is_word(text, position - 1) is _is_word(text, position),
}


class _Compiler:
    """A tree as a list of instructions (operation, argument, argument); the last one accepts."""

    def __init__(self, tree):
        self.program = []
        self.emit(tree)
        self.add("accept", None, None)

    def add(self, operation, first, second=None):
        if len(self.program) >= SIZE:
            raise ValueError(f"Expected a pattern of at most {SIZE} steps, but it has more; repeat fewer times, or use maxLength")
        self.program.append((operation, first, second))
        return len(self.program) - 1

    def emit(self, tree):
        kind, *rest = tree
        if kind == "set":
            self.add("set", tuple(rest))
        elif kind == "at":
            self.add("at", _PLACES[rest[0]])
        elif kind == "all":
            for part in rest[0]:
                self.emit(part)
        elif kind == "any":
            self.emit_any(rest[0])
        else:
            self.emit_repeat(*rest)

    def emit_any(self, parts):
        jumps = []
        for part in parts[:-1]:
            split = self.add("split", None)
            self.emit(part)
            jumps.append(self.add("jump", None))
            self.program[split] = ("split", split + 1, len(self.program))
        self.emit(parts[-1])
        for jump in jumps:
            self.program[jump] = ("jump", len(self.program), None)

    def emit_repeat(self, part, least, most):
        for _ in range(least):
            self.emit(part)
        if most is None:
            split = self.add("split", None)
            self.emit(part)
            self.add("jump", split)
            self.program[split] = ("split", split + 1, len(self.program))
            return
        splits = []
        for _ in range(most - least):
            splits.append(self.add("split", None))
            self.emit(part)
        for split in splits:
            self.program[split] = ("split", split + 1, len(self.program))
