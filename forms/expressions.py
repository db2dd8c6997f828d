"""The FEEL in a component: compiled once, and evaluated against what the browser would see at the same place."""

import re

from engine import feel
from forms.tree import not_supported

_PIECE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_LOOP_OR_IF = re.compile(r"#(if|loop)\s+(.*)", re.DOTALL)


class Reading:
    """Compiles what a component holds, and collects a problem for everything that is wrong; `element`: the component it is about now."""

    def __init__(self):
        self.problems, self.element = [], ""

    def refuse(self, sentence):
        self.problems.append(not_supported(self.element, sentence))

    def expression(self, text, where, in_browser=True):
        """`=…` -> Expression, or None after a complaint. `in_browser`: form-js evaluates it too, and has to come to the same."""
        try:
            if not isinstance(text, str) or not text.startswith("="):
                raise ValueError(f"Expected FEEL with = before it, but found {text!r}")
            found = feel.expression(text[1:])
            if in_browser and found.uses_calendar:
                raise ValueError("Expected FEEL that a browser knows too, but it counts working days; do so in assert, or in the diagram")
            return found
        except ValueError as problem:
            self.refuse(f"{where}: {problem}")
            return None

    def constant_or_expression(self, value, where, kinds, expected, in_browser=True):
        """A value of one of the Python types `kinds` as it is, `=…` as an Expression, None after a complaint."""
        if isinstance(value, str) and value.startswith("="):
            return self.expression(value, where, in_browser)
        if type(value) in kinds:
            return value
        self.refuse(f"{where}: Expected {expected} or FEEL with = before it, but found {value!r}")
        return None

    def template(self, text, where):
        """A text with {{FEEL}}, {{#if FEEL}} … {{/if}} and {{#loop FEEL}} … {{/loop}}, or all FEEL: only whether it can be shown at all."""
        if not isinstance(text, str):
            self.refuse(f"{where}: Expected a text, but found {text!r}")
            return
        if text.startswith("="):
            self.expression(text, where)
            return
        opened = []
        for piece in _PIECE.findall(text):
            piece = piece.strip()
            block = _LOOP_OR_IF.fullmatch(piece)
            if block:
                opened.append(block[1])
                self.expression(f"={block[2]}", where)
            elif piece.startswith("/"):
                if not opened or opened.pop() != piece[1:].strip():
                    self.refuse(f"{where}: Expected {{{{{piece}}}}} to close what was opened last, but it does not")
            else:
                self.expression(f"={piece}", where)
        if opened:
            self.refuse(f"{where}: Expected {{{{/{opened[-1]}}}}}, but the text ends")


def at_root(view, env):
    """What an expression outside of lists sees: the data, also as `this`."""
    return feel.Scope({**_special(view, None, []), **view}, env=env)


def in_row(scope, row, number):
    """What an expression inside a row sees too: the row as `this`, what is around it as `parent`, and `i`, the rows' numbers from 1."""
    return feel.Scope(_special(row, scope.get("this"), [*scope.get("i"), number]), outer=scope)


def _special(this, parent, numbers):
    names = {"this": this, "parent": parent, "i": numbers}
    return {**names, **{f"_{name}_": value for name, value in names.items()}}
