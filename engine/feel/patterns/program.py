"""A pattern as a list of instructions (operation, argument, argument), and the pattern that runs them."""

from functools import lru_cache

from engine.feel.errors import FeelBudget
from engine.feel.patterns.syntax import parse

CHAR, SPLIT, JUMP, SAVE, ADVANCED, START, END, LINE_START, LINE_END, BACK, MATCH = range(11)
_ANCHORS = {"start": START, "end": END, "line start": LINE_START, "line end": LINE_END}
_LONGEST_PATTERN, _MOST_INSTRUCTIONS = 1_000, 5_000
#: a step of the matcher is a fraction of a step of the language
_STEPS_PER_STEP = 4
_FLAGS = set("smixq")


class Pattern:
    """A compiled pattern. `search(text, start, env)` -> the places (start, end, start of group 1, end of group 1, …) or None."""

    def __init__(self, text, flags):
        if len(text) > _LONGEST_PATTERN:
            raise ValueError(f"Expected a pattern of at most {_LONGEST_PATTERN} characters, but found {len(text)}")
        if not set(flags) <= _FLAGS:
            raise ValueError(f"Expected flags of s, m, i, x and q, but found {flags}")
        parts, self.groups = parse(text, flags)
        self._code, self._slots = [], 2 + 2 * self.groups
        self._looks_back = False
        self._emit(("group", 0, parts))
        self._code.append((MATCH, None, None))

    def _emit(self, part):
        if len(self._code) > _MOST_INSTRUCTIONS:
            raise ValueError(f"Expected a pattern of at most {_MOST_INSTRUCTIONS} steps, but found more")
        name, code = part[0], self._code
        if name == "char":
            code.append((CHAR, part[1], None))
        elif name == "seq":
            for inner in part[1]:
                self._emit(inner)
        elif name == "alt":
            self._emit_alternatives(part[1])
        elif name == "group":
            code.append((SAVE, 2 * part[1], None))
            self._emit(part[2])
            code.append((SAVE, 2 * part[1] + 1, None))
        elif name == "repeat":
            self._emit_repeat(*part[1:])
        elif name == "back":
            self._looks_back = True
            code.append((BACK, part[1], part[2]))
        else:
            code.append((_ANCHORS[name], None, None))

    def _emit_alternatives(self, branches):
        code, jumps = self._code, []
        for index, branch in enumerate(branches):
            last = index == len(branches) - 1
            split = len(code)
            if not last:
                code.append(None)
            self._emit(branch)
            if not last:
                jumps.append(len(code))
                code.append(None)
                code[split] = (SPLIT, split + 1, len(code))
        for jump in jumps:
            code[jump] = (JUMP, len(code), None)

    def _emit_repeat(self, part, least, most, lazy):
        code = self._code
        for _ in range(least):
            self._emit(part)
        if most is not None:
            splits = []
            for _ in range(most - least):
                splits.append(len(code))
                code.append(None)
                self._emit(part)
            for split in splits:
                code[split] = self._split(split + 1, len(code), lazy)
            return
        slot, self._slots = self._slots, self._slots + 1
        split = len(code)
        code += [None, (SAVE, slot, None)]
        self._emit(part)
        # A round that took no character would be taken for ever.
        code += [(ADVANCED, slot, None), (JUMP, split, None)]
        code[split] = self._split(split + 1, len(code), lazy)

    @staticmethod
    def _split(into, past, lazy):
        return (SPLIT, past, into) if lazy else (SPLIT, into, past)

    def search(self, text, start, env):
        """The first match at or after `start`, by the rules of XPath: leftmost, greedy unless told otherwise. Raises FeelBudget."""
        visited = None if self._looks_back else set()
        anchored = self._code[1][0] == START
        for place in range(start, 1 if anchored else len(text) + 1):
            found = self._match(text, place, env, visited)
            if found is not None:
                return found
        return None

    def _match(self, text, place, env, visited):
        code, size = self._code, len(text)
        waiting = [(0, place, (-1,) * self._slots)]
        steps, most = 0, env.steps * _STEPS_PER_STEP
        while waiting:
            pc, at, saved = waiting.pop()
            while True:
                steps += 1
                if steps > most:
                    raise FeelBudget("Expected a pattern that matches within the expression's steps, but it searches on")
                operation, first, second = code[pc]
                if operation == CHAR:
                    if at >= size or not first(text[at]):
                        break
                    at += 1
                    pc += 1
                elif operation == SPLIT:
                    if visited is not None:
                        here = pc * (size + 1) + at
                        if here in visited:
                            break
                        visited.add(here)
                    waiting.append((second, at, saved))
                    pc = first
                elif operation == JUMP:
                    pc = first
                elif operation == SAVE:
                    saved = (*saved[:first], at, *saved[first + 1 :])
                    pc += 1
                elif operation == MATCH:
                    env.spend(steps // _STEPS_PER_STEP)
                    return saved[: 2 + 2 * self.groups]
                else:
                    at = self._assert(operation, first, second, text, at, saved)
                    if at is None:
                        break
                    pc += 1
        env.spend(steps // _STEPS_PER_STEP)
        return None

    def _assert(self, operation, first, fold, text, at, saved):
        """An instruction that looks around -> where the text goes on, or None if it does not hold."""
        if operation == BACK:
            start, end = saved[2 * first], saved[2 * first + 1]
            wanted = text[start:end] if start >= 0 and end >= 0 else ""
            there = text[at : at + len(wanted)]
            same = there == wanted or (fold and there.lower() == wanted.lower())
            return at + len(wanted) if same else None
        if operation == ADVANCED:
            holds = at > saved[first]
        elif operation == START:
            holds = at == 0
        elif operation == END:
            holds = at == len(text)
        elif operation == LINE_START:
            holds = at == 0 or text[at - 1] == "\n"
        else:
            holds = at == len(text) or text[at] == "\n"
        return at if holds else None


@lru_cache(maxsize=256)
def compiled(text, flags=""):
    """-> Pattern. Raises ValueError: what was expected of a pattern, and what was found."""
    return Pattern(text, flags)
