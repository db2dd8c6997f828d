"""A case whose diagram also issues papers: each is proofread by its own template, and given a number, without a database."""

from cases import paper_kinds, papers, printing
from engine.domain import values
from tests.artefacts.town import Case

PAPER = "local:paper:issue"


class Issuing(Case):
    """As Case; `papers`: [(kind, what its template is given)] in the order in which they were issued."""

    def __init__(self, *arguments, **variables):
        self.papers = []
        super().__init__(*arguments, **variables)

    def answer(self, call):
        if call.kind == "decision":
            return super().answer(call)
        assert call.name == PAPER
        return {"variables": {"paper": self.issue(printing.clean(call.variables))}}

    def issue(self, told):
        kind = paper_kinds.KINDS[told["kind"]]
        paper_kinds.check(kind, told["mode"], told["data"])
        number = f"{paper_kinds.organ_word(told['organ'])}{kind.word}〔{self.now.year}〕{len(self.papers) + 1}号"
        head = {name: told.get(name) for name in ("organ", "seal", "addressee", "case_no", "hazard_no")}
        kept = values.read(values.write(told["data"] | head | {"number": number, "issued": self.now.date(), "void": None}))
        printing.proof(papers.TEMPLATES[kind.name].content, kept)
        self.papers.append((kind.name, kept))
        return {"key": str(len(self.papers)), "number": number}
