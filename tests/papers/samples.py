"""Which papers are compared as pages: a sample of every kind, and one that is void."""

from pathlib import Path

from cases import paper_kinds
from tests.cases.test_printing import printed

#: Name of the paper in files -> its kind.
KINDS = {Path(kind.template).stem: kind.name for kind in paper_kinds.KINDS.values()}

VOID = "urging_letter_void"


def samples():
    """{name: bytes of a .docx}."""
    void = {"at": "2024-05-01T00:00:00+08:00", "reason": "受函单位写错"}
    return {name: printed(kind) for name, kind in KINDS.items()} | {VOID: printed(KINDS["urging_letter"], void=void)}
