"""A case whose diagram also issues papers: each is proofread by its own template, and given a number, without a database."""

from cases import paper_kinds, papers, printing
from engine import decisions
from engine.domain import values
from engine.domain.outcome import State
from engine.workflow import runner
from tests.artefacts.town import Case, environment

PAPER = "local:paper:issue"


class Issuing(Case):
    """As Case; `papers`: [(kind, what its template is given)] in the order in which they were issued."""

    def __init__(self, *arguments, **variables):
        self.papers = []
        super().__init__(*arguments, **variables)

    def do(self, command, **arguments):
        given = {scope: dict(own) for scope, own in self.rows.items()}
        out = runner.advance(self.definition, State(self.raw, given), (command, arguments), self.now, self.calendar)
        while out.calls:
            answer = self.answer(out.calls[0])
            out = runner.advance(self.definition, State(out.state, given), ("finish_call", answer), self.now, self.calendar, into=out)
        assert not out.incidents_opened, {each.element_id: each.message for each in out.incidents_opened.values()}
        self.take(out)
        return self

    def answer(self, call):
        if call.kind == "decision":
            given = environment(self.now, self.calendar)
            made = decisions.evaluate(self.town.requirements[call.name], call.name, call.variables, given)
            assert made.failed is None, made.failed
            self.decided.append((call.name, made))
            return {"number": call.number, "result": made.result}
        assert call.name == PAPER
        return {"number": call.number, "variables": {"paper": self.issue(printing.clean(call.variables))}}

    def issue(self, told):
        kind = paper_kinds.KINDS[told["kind"]]
        paper_kinds.check(kind, told["mode"], told["data"])
        number = f"{paper_kinds.organ_word(told['organ'])}{kind.word}〔{self.now.year}〕{len(self.papers) + 1}号"
        head = {name: told.get(name) for name in ("organ", "seal", "addressee", "case_no", "hazard_no")}
        kept = values.read(values.write(told["data"] | head | {"number": number, "issued": self.now.date(), "void": None}))
        printing.proof(papers.TEMPLATES[kind.name].content, kept)
        self.papers.append((kind.name, kept))
        return {"key": str(len(self.papers)), "number": number}
