"""Decision files asked one at a time, so that what is wrong with a table shows in its own test and in no other."""

import re

from engine import decisions
from engine.decisions import analysis
from engine.gate import xml
from tests.artefacts.town import ROOT, at, environment

NOW = at("2026-11-25T10:00")
MODEL = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DATE = re.compile(r"\d{4}-\d\d-\d\d")
#: What a rule that has ended asks of the day of the act.
ENDED = re.compile(r'(?:<|\.\.) ?date\("([\d-]+)"\)\)?$')
#: What a basis is: a law, an order, a document, a standard, or the town's own term.
BASES = ("法", "条例", "规定", "令", "号", "标准", "基准", "GB", "JGJ", "时限")


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

    def rows(self):
        """Yield (rule id, what its inputs ask for, {column: its entry}) of every table; "" is the rule's remark."""
        for table in xml.read(self.source.encode(), self.path).iter(f"{MODEL}decisionTable"):
            names = [each.get("label") for each in table.iterfind(f"{MODEL}output")]
            names += [each.get("name") for each in table.iterfind(f"{MODEL}annotation")]
            for rule in table.iterfind(f"{MODEL}rule"):
                asked, outputs, notes = (
                    [each.findtext(f"{MODEL}text") or "" for each in rule.iterfind(MODEL + kind)]
                    for kind in ("inputEntry", "outputEntry", "annotationEntry")
                )
                remark = {"": rule.findtext(f"{MODEL}description") or ""}
                yield rule.get("id"), asked, remark | dict(zip(names, outputs + notes, strict=True))

    @property
    def undated(self):
        """[(rule id, column)] where the columns 依据, 施行 and 废止 (失效, where the table counts with it) do not tell what they are for.

        依据, with the remark, names a basis; 施行 a date, or that it is to be verified; 废止 the day from which the rule holds no more.
        """
        found = []
        for id_, asked, told in self.rows():
            since, until = told.get("施行", ""), told.get("废止") or told.get("失效") or ""
            if not told.get("依据") or not any(word in told["依据"] + told[""] for word in BASES):
                found.append((id_, "依据"))
            if not (DATE.search(since) or since == "待核实" or told.get("待核实") == "true"):
                found.append((id_, "施行"))
            if any(end[1] not in until for end in map(ENDED.search, asked) if end):
                found.append((id_, "废止"))
        return found
