"""Decision files asked one at a time, so that what is wrong with a table shows in its own test and in no other."""

from engine import decisions
from engine.decisions import analysis
from tests.artefacts.town import ROOT, at, environment

NOW = at("2026-11-25T10:00")


class File:
    """A .dmn below bpmn/. `wanted` is the decision that a diagram asks for; `source` its XML, which a test may change."""

    def __init__(self, path, source=None):
        self.path, self.wanted = path, path.rsplit("/", 1)[1].removesuffix(".dmn")
        self.source = source or (ROOT / "bpmn" / path).read_text()
        (self.requirements,) = decisions.read(self.source.encode())

    def evaluate(self, **variables):
        """-> Evaluation; one that fails, fails the test."""
        made = decisions.evaluate(self.requirements, self.wanted, variables, environment(NOW))
        assert made.failed is None, made.failed
        return made

    def decide(self, **variables):
        """The result of the decision."""
        return self.evaluate(**variables).result

    def changed(self, old, new):
        """The same file with one piece of its XML written otherwise, as a designer might."""
        assert self.source.count(old) == 1, f"{old} stands {self.source.count(old)} times in {self.path}"
        return File(self.path, self.source.replace(old, new))

    def unmatched(self, cases):
        """Sorted ids of the rules, in all tables of the file, that match in none of the cases ([{name: value}])."""
        matched = {id_ for case in cases for each in self.evaluate(**case).evaluated for id_, _, _ in each.rules}
        return sorted({rule.id for table in self.tables for rule in table.rules} - matched)

    @property
    def tables(self):
        return [each.table for each in self.requirements.decisions.values() if each.table]

    @property
    def findings(self):
        """Whatever the analysis has to say, what it could not analyse included."""
        return [found.sentence for each in self.requirements.decisions.values() for found in analysis.analyse(each)]

    @property
    def undated(self):
        """Ids of the rules whose annotation tells neither since when they hold nor until when, nor that this is to be verified."""
        words = ("施行", "废止", "待核实", "默认")
        told = {rule.id: "".join(text for _, text in rule.annotations) for table in self.tables for rule in table.rules}
        return [id_ for id_, text in told.items() if not any(word in text for word in words)]
