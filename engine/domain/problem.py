"""One thing that is wrong with something brought in from outside: where, which rule, what was found, what to do."""

from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Problem:
    """`element` is the id of the element (or the resource's name), `code` is stable, `severity` is error or warning.

    `resource` is the name of the file, where several are looked at together; `trace` the ids of the elements on the shortest way into what
    is wrong, in the order in which tokens leave them and last where they stay, so that a page can play it.
    """

    element: str
    code: str
    sentence: str
    remedy: str
    severity: str = "error"
    line: int | None = None
    resource: str = ""
    trace: tuple = ()
