"""How a FEEL text is refused, and how an endless computation ends."""


class FeelError(ValueError):
    """The text is no FEEL. `sentence` says what was expected and what was found; `position` counts from 0, `line` and `column` from 1."""

    def __init__(self, sentence, position=None, line=None, column=None):
        super().__init__(sentence if line is None else f"{sentence} (line {line}, column {column})")
        self.sentence, self.position, self.line, self.column = sentence, position, line, column


class FeelBudget(FeelError):
    """An evaluation went past its steps, its depth or the size of a value. The only error that is raised at run time."""


def at(text, position, sentence):
    """-> FeelError that knows the line and column of `position` in `text`."""
    before = text[:position]
    return FeelError(sentence, position, before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)
