"""Ten thousand files and expressions that went wrong on their way give ok or a refusal: no exception, no long wait, no changed database.

All are made of real ones, by a seed: whoever reads a failure makes the same file again with `mutant(kind, seed)`.
"""

import json
import re
from functools import cache
from pathlib import Path
from random import Random

import orjson
import pytest

from api.app import READERS
from engine import decisions, feel
from engine.commands.deploy import deploy
from engine.domain.errors import Invalid, Refused
from engine.gate import Gate, References, Resource, xml
from engine.gate.gate import DEATHS
from engine.workflow import definition
from forms.compile import compile_form
from forms.places import exact
from tests.artefacts.test_models import EveryHandler, EveryKind
from tests.browser.everyday import EVERYDAY, KNOWN
from tests.engine.commands.conftest import office
from tests.engine.commands.office import DRAWER
from tests.engine.commands.watching import unchanged
from tests.engine.gate import mutating
from tests.engine.gate.playing import play
from tests.forms.making import NOW, environment
from tests.forms.test_filled_forms import RIGHT
from tests.shared_store import engines, shared_database, shared_file, store_engine, store_url

__all__ = ["engines", "office", "shared_database", "shared_file", "store_engine", "store_url"]

ROOT = Path(__file__).parents[3]
#: How many of each: ten thousand, which takes less than a minute.
EXPRESSIONS, FORMS, TABLES, DIAGRAMS = 6_500, 2_700, 500, 300
#: Where a kind of file lies: the town's own, and small ones that hold every element.
REAL = {"bpmn": ("bpmn/*/*.bpmn",), "dmn": ("bpmn/*/*.dmn",), "form": ("forms/*/*.form",)}
SMALL = {"bpmn": ("tests/engine/**/*.bpmn", "bench/*.bpmn"), "dmn": ("tests/engine/**/*.dmn",), "form": ()}
WAYS = dict.fromkeys(("bpmn", "dmn"), (mutating.tree, mutating.tree, mutating.tree, mutating.letters))
WAYS["form"] = (mutating.data, mutating.data, mutating.data, mutating.letters)
#: What a problem is called where the reader did not end as a reader should.
FAULTS = {*DEATHS.values(), "READER_FAILED", "NOT_CHECKED"}


class EveryName(EveryHandler):
    """Whatever a file asks for, it is there."""

    def __contains__(self, name):
        return True


EVERYTHING = References(EveryName(), EveryName(), EveryName(), EveryHandler(), EveryKind(), roles=None)


@cache
def originals(kind):
    """(the town's, the small ones), as [(name, bytes)]."""
    return [
        [(path.name, path.read_bytes()) for pattern in patterns[kind] for path in sorted(ROOT.glob(pattern))] for patterns in (REAL, SMALL)
    ]


def mutant(kind, seed):
    """The Resource of a kind of file that this seed makes."""
    random = Random(f"{kind} {seed}")
    own, small = originals(kind)
    name, content = random.choice(small if small and random.random() < 0.75 else own)
    return Resource(name, random.choice(WAYS[kind])(random, content))


@pytest.fixture(scope="module")
def gate():
    gate = Gate(READERS)
    yield gate
    gate.close()


def accepted(gate, kind, count):
    """The (seed, Resource) of all that may be deployed of so many mutants; what may not be is refused in sentences."""
    found = []
    for seed in range(count):
        resource = mutant(kind, seed)
        verdict = gate.check([resource], EVERYTHING)
        assert not FAULTS & {problem.code for problem in verdict.problems}, f"mutant({kind!r}, {seed}): {verdict.problems}"
        assert all("Expected " in problem.sentence and problem.remedy for problem in verdict.problems), seed
        if verdict.accepted:
            found.append((seed, resource))
    assert count / 20 < len(found) < count / 2, "Expected some mutants to be still good, and most not to be"
    return found


def test_diagrams_are_refused_or_can_be_played(gate):
    for seed, resource in accepted(gate, "bpmn", DIAGRAMS):
        for process in definition.read(resource.content):
            assert play(process, Random(seed)), f"mutant('bpmn', {seed})"


def test_tables_are_refused_or_decide(gate):
    for _, resource in accepted(gate, "dmn", TABLES):
        for graph in decisions.read(resource.content):
            for decision in graph.decisions:
                decisions.evaluate(graph, decision, exact(KNOWN), environment())


def test_forms_are_refused_or_can_be_filled_in(gate):
    # given
    answers, problems = [answer for several in RIGHT.values() for answer in several], []
    for seed, resource in accepted(gate, "form", FORMS):
        assert orjson.loads(resource.content)["id"], "Expected the page of a task to read it"
        form = compile_form(resource.content)
        now, known, data = RIGHT.get(resource.name.removesuffix(".form"), answers)[0]

        # when, then
        for sent in (data, answers[seed % len(answers)][2]):
            try:
                form.load(sent, known, environment(now))
            except Invalid as refused:
                problems.append(refused.details["problems"])
    assert problems and all(problems)


def test_expressions_are_refused_or_evaluated():
    texts, scope = _expressions(), exact(KNOWN)
    outcomes = {}
    for seed in range(EXPRESSIONS):
        random = Random(f"expression {seed}")
        text = random.choice(texts)
        text = mutating.letters(random, text) if random.random() < 0.7 else mutating.words(random, text, random.choice(texts))
        here = feel.Scope(scope, env=environment(NOW))
        try:
            if random.random() < 0.8:
                feel.expression(text)(here)
            else:
                feel.unary_tests(text)(here, random.choice([None, True, "王五", [], exact(5)]))
            outcome = "evaluated"
        except (feel.FeelError, feel.FeelBudget) as refused:
            outcome = type(refused).__name__ if str(refused).startswith("Expected ") else text
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    assert outcomes.keys() <= {"evaluated", "FeelError", "FeelBudget"}
    assert min(outcomes["evaluated"], outcomes["FeelError"]) > EXPRESSIONS / 4


def _expressions():
    found = set(EVERYDAY)
    for name, content in [*originals("bpmn")[0], *originals("dmn")[0]]:
        for element in xml.read(content, name).iter():
            texts = [
                text for text in [*element.attrib.values(), element.text or ""] if text.startswith("=") or element.tag.endswith("}text")
            ]
            found |= {text.removeprefix("=") for text in texts if text.strip()}
    for _, content in originals("form")[0]:
        found |= {json.loads(text)[1:] for text in re.findall(r'"=(?:[^"\\]|\\.)*"', content.decode())}
    return sorted(found)


def test_what_is_refused_changes_no_row(office):
    """A designer brings them; also what would be good here is refused now and then, because its forms and handlers are not there."""
    refused = 0
    resources = [mutant(kind, seed) for kind in REAL for seed in range(20_000, 20_020)]
    with unchanged(office):
        for resource in resources:
            if not office.engine.gate.check([resource], References(roles=DRAWER.groups)).accepted:
                with pytest.raises(Refused):
                    deploy(office.engine, DRAWER, [resource])
                refused += 1
    assert refused > 30
