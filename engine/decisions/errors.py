"""How a file of decisions is refused when it is read, and how an evaluation ends that may have no result."""

from engine.domain.problem import Problem

MOST = 200  # problems that are reported of one file


class Unreadable(ValueError):
    """The bytes hold no decisions that can be run.

    `element` (an id, or the element's name where it has none), `line` and `sentence` say what is wrong first; `problems` holds everything
    that was found, as engine.domain.problem.Problem, in the order of the file.
    """

    def __init__(self, problems):
        first = problems[0]
        super().__init__(first.sentence)
        self.problems, self.element, self.line, self.sentence = tuple(problems), first.element, first.line, first.sentence


class Failed(Exception):
    """An evaluation that would have to guess: the sentence says which rule of the table was broken. Never leaves this package."""

    def __init__(self, sentence):
        super().__init__(sentence)
        self.sentence = sentence


def problem(element, code, sentence, remedy):
    """-> Problem at an lxml element, named by its own id or that of the nearest element around it that has one."""
    named = element
    while named.get("id") is None and named.getparent() is not None:
        named = named.getparent()
    return Problem(named.get("id") or named.get("name") or local(named), code, sentence, remedy, line=element.sourceline)


def local(element):
    """The name of an lxml element without its namespace."""
    return element.tag.rpartition("}")[2]
