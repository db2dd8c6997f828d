"""What the gate asks of a .dmn file: every reason why it cannot be run, and where the rules of its tables overlap or leave a gap."""

import time

from engine.decisions.analysis import analyse
from engine.decisions.read import read
from engine.domain.problem import Problem
from engine.feel.values.text import inside

SECONDS = 3  # for the analysis of all tables of a file; whatever is not looked at by then is not told

CODES = {"overlap": "RULES_OVERLAP", "gap": "INPUTS_NOT_COVERED"}
REMEDIES = {
    "RULES_OVERLAP": "Change the conditions of one of them, or choose the hit policy that says which of them counts.",
    "INPUTS_NOT_COVERED": "Add a rule for it, or give the outputs a default; without either the result is null.",
}


def check(content, imported=None):
    """Bytes of a .dmn file -> [Problem], warnings. Raises Unreadable, with every problem for which the file cannot be run.

    `imported`: as in read; the tables of what is imported are looked at where they are.

    An overlap or a gap is no error: whoever gives the inputs may know that its example never comes. A rule that catches everything, and
    cells that the analysis does not understand, are no faults of a table and not told here.
    """
    (requirements,) = read(content, imported)
    until, warnings = time.monotonic() + SECONDS, []
    for decision in (each for each in requirements.decisions.values() if not each.path):
        if time.monotonic() > until:
            break
        warnings += [_warning(decision, finding) for finding in analyse(decision) if finding.kind in CODES]
    return warnings


def _warning(decision, finding):
    """At the later rule of an overlap, for a gap at the decision."""
    code = CODES[finding.kind]
    element = decision.table.rules[finding.rules[-1] - 1].id if finding.rules else decision.id
    example = ", ".join(f"{expression} = {inside(value)}" for expression, value in finding.example.items())
    return Problem(element or decision.id, code, f"{finding.sentence}; for example '{example}'.", REMEDIES[code], "warning")
