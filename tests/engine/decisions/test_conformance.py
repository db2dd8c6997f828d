"""The runner of the public conformance suite counts a case only if everything that it expects is equal."""

import re
from collections import Counter
from pathlib import Path

import pytest

from engine.decisions import conformance
from tests.engine.decisions.written import data, decision, file, item, literal, model, table

ROOT = Path(__file__).parents[3]
SUITE = ROOT.parent / "shared" / "dmn-tck"
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:xsd="http://www.w3.org/2001/XMLSchema"><modelName>model.dmn</modelName>{}</testCases>"""
MODEL = file(
    data("x", "number"), item("numbers", "number", collection=True),
    decision("double", literal("x * 2"), ["input:x"]), decision("third", literal("1 / 3")),
    decision("both", literal('{a: [x, "b"], c: null}'), ["input:x"]), decision("fails", table("x", "y", "- >> 1", "- >> 2"), ["input:x"]),
    decision("day", literal('date("2025-03-01")')), decision("list", literal("[2, 3]")), model("add", "a, b", literal("a + b")),
    '<decisionService id="s" name="service"><variable name="service"/><outputDecision href="#double"/><inputData href="#x"/>'
    '</decisionService><decisionService id="u" name="failing"><outputDecision href="#fails"/><inputData href="#x"/>'
    '</decisionService><decisionService id="t" name="two"><variable name="two"/><outputDecision href="#double"/>'
    '<outputDecision href="#third"/><inputData href="#x"/></decisionService>',
)  # fmt: skip
TWO = '<inputNode name="x"><value xsi:type="xsd:decimal">2</value></inputNode>'


def value(text, type_="decimal"):
    return f'<value xsi:type="xsd:{type_}">{text}</value>'


def case(name, expected, given=TWO, attributes=""):
    return f'<testCase id="c" {attributes}>{given}<resultNode name="{name}"><expected>{expected}</expected></resultNode></testCase>'


@pytest.fixture
def outcome(tmp_path):
    """-> (exit status, lines) of a run over one folder with these cases."""

    def run(*cases, model=MODEL, arguments=("--misses",)):
        folder = tmp_path / "level" / "0001-case"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.dmn").write_bytes(model)
        (folder / "cases.xml").write_text(CASES.format("".join(cases)), encoding="utf-8")
        lines = []
        status = conformance.main([str(tmp_path), *arguments], lines.append)
        return status, "".join(lines).splitlines()

    return run


NIL = '<value xsi:nil="true"/>'
LIST = f"<list><item>{value(2)}</item><item>{value('b', 'string')}</item></list>"


@pytest.mark.parametrize(
    "passing",
    [
        case("double", value("4.0")), case("third", value("0.333333333")), case("fails", NIL), case("day", value("2025-03-01", "date")),
        case("both", f'<component name="a">{LIST}</component><component name="c">{NIL}</component>'),
        case("double", value(4), attributes='type="decisionService" invocableName="service"'),
        case("double", value(4), attributes='type="decisionService" invocableName="two"'),
        case("double", NIL, given="", attributes='type="decisionService" invocableName="service"'),
        case("add", value(3), attributes='type="bkm" invocableName="add"',
             given=f'<inputNode name="a">{value(1)}</inputNode><inputNode name="b">{value(2)}</inputNode>'),
    ],
)  # fmt: skip
def test_a_case_passes_if_its_result_is_equal(outcome, passing):
    assert outcome(passing) == (0, ["level/0001-case  1 of 1", "passed 1 of 1"])


@pytest.mark.parametrize(
    "failing",
    [
        case("double", value(5)), case("double", value("4", "string")), case("third", value("0.3333")), case("double", NIL),
        case("fails", value(1)),
        case("day", value("2025-03-02", "date")), case("day", value("2025-03-01T00:00:00", "dateTime")), case("absent", value(1)),
        case("both", f'<component name="a">{LIST}</component>'), case("both", LIST),
        case("day", value("-2021-13-01", "date")), case("fails", value("-2021-13-01", "date")),
        case("day", value("true", "boolean")),
        case("list", f"<list><item>{value(2)}</item></list>"), case("list", NIL),
        case("refused", value(1), attributes='type="decisionService" invocableName="failing"'),
        case("double", value(4)).replace("</testCase>", f'<resultNode name="third"><expected>{NIL}</expected></resultNode></testCase>'),
    ],
)  # fmt: skip
def test_a_case_fails_if_anything_that_it_expects_is_not_equal(outcome, failing):
    status, lines = outcome(failing)

    assert (status, lines[0], lines[-1]) == (1, "level/0001-case  0 of 1", "passed 0 of 1")
    assert lines[1].startswith("    c: ")


def test_a_failed_evaluation_tells_its_reason(outcome):
    assert "hit policy UNIQUE" in outcome(case("fails", value(1)))[1][1]
    assert "hit policy UNIQUE" in outcome(case("fails", value(1), attributes='type="decisionService" invocableName="failing"'))[1][1]
    assert "Expected a xsd:date that can be held" in outcome(case("fails", value("-2021-13-01", "date")))[1][1]


def test_every_case_of_a_file_that_cannot_be_read_fails(outcome):
    status, lines = outcome(case("double", NIL), case("third", NIL), model=file(decision("d", "<script/>")))

    assert (status, lines[0], lines[-1]) == (1, "level/0001-case  0 of 2", "passed 0 of 2")
    assert "element script" in lines[1]


def test_misses_are_told_only_if_asked_for(outcome):
    assert outcome(case("double", value(5)), arguments=()) == (1, ["level/0001-case  0 of 1", "passed 0 of 1"])


def test_a_folder_without_cases_or_none_at_all_is_no_success(tmp_path):
    lines = []

    assert conformance.main([str(tmp_path)], lines.append) == 1
    assert conformance.main([str(tmp_path / "absent")], lines.append) == 2
    assert conformance.main([], lines.append) == 2
    assert lines == ["passed 0 of 0\n", f"Expected one folder of conformance cases, but found {tmp_path / 'absent'}\n",
                     "Expected one folder of conformance cases, but found none\n"]  # fmt: skip


@pytest.mark.skipif(not SUITE.is_dir(), reason=f"the public conformance cases are not in {SUITE}")
def test_the_page_tells_what_the_public_suite_says():
    # given
    told = dict(re.findall(r"^\| (level 2|level 3|together).* \| (\d+ of \d+) \|$", (ROOT / "docs/dmn.md").read_text(), re.MULTILINE))
    # when
    lines = []
    status = conformance.main([str(SUITE), "--misses"], lines.append)
    # then
    passed, cases = Counter(), Counter()
    for level, *figures in re.findall(r"^compliance-(level-\d)/\S+  (\d+) of (\d+)$", "".join(lines), re.MULTILINE):
        passed[level.replace("-", " ")] += int(figures[0])
        cases[level.replace("-", " ")] += int(figures[1])
    found = {level: f"{passed[level]} of {cases[level]}" for level in cases}
    assert told == {**found, "together": lines[-1].strip().removeprefix("passed ")}
    assert (status, [line for line in lines if line.startswith("    ")]) == (0, [])
