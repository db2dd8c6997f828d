"""Runs the public DMN conformance suite: `python -m engine.decisions.conformance DIR [--misses]`.

DIR holds folders, at any depth, in which XML files of test cases stand beside the .dmn that they test and those that it imports. A line
per folder says how many of its cases passed, the last line how many of all. A case passes if every result that it expects is equal: values
of the same kind, lists in order, contexts with the same entries; numbers to 8 decimals, because the suite states periodic and irrational
results rounded. A case that expects an error expects null; one with a value that cannot be held here fails. The exit status is 1 unless all
passed.
"""

import sys
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from engine import feel
from engine.decisions import xml
from engine.decisions.errors import Failed, Unreadable, local
from engine.decisions.evaluate import Run, evaluate
from engine.decisions.read import read
from engine.decisions.reading import children
from engine.domain.imported import Imported
from engine.feel.values import durations, temporal
from engine.feel.values.kinds import kind
from engine.feel.values.order import equal

NIL, TYPE = "{http://www.w3.org/2001/XMLSchema-instance}nil", "{http://www.w3.org/2001/XMLSchema-instance}type"
PRECISION = Decimal("0.00000001")
READ = {
    "decimal": Decimal,
    "double": Decimal,
    "integer": Decimal,
    "boolean": lambda text: text == "true",
    "date": temporal.parse_date,
    "time": temporal.parse_time,
    "dateTime": temporal.parse_date_time,
    "duration": durations.parse,
    "string": str,
}


def main(arguments, write=sys.stdout.write):
    """-> exit status. `arguments`: the folder, and --misses to have every case that did not pass told, with the reason."""
    folders = [argument for argument in arguments if argument != "--misses"]
    if len(folders) != 1 or not Path(folders[0]).is_dir():
        write("Expected one folder of conformance cases, but found " + (" ".join(folders) or "none") + "\n")
        return 2
    root, total = Path(folders[0]), Counter()
    for folder in sorted({path.parent for path in root.rglob("*.xml")}):
        results = [result for path in sorted(folder.glob("*.xml")) for result in run(path)]
        passed = sum(reason is None for _, reason in results)
        total.update(passed=passed, all=len(results))
        write(f"{folder.relative_to(root)}  {passed} of {len(results)}\n")
        if "--misses" in arguments:
            for case, reason in results:
                write(f"    {case}: {reason}\n" if reason else "")
    write(f"passed {total['passed']} of {total['all']}\n")
    return 0 if total["all"] and total["passed"] == total["all"] else 1


def run(path):
    """The cases of one file -> [(case id, None or the reason why it failed)]."""
    cases = xml.read(path.read_bytes())
    model = path.parent / children(cases, "modelName")[0].text.strip()
    found = children(cases, "testCase")
    try:
        (requirements,) = read(model.read_bytes(), _beside(model))
    except Unreadable as error:
        return [(case.get("id"), f"{error} (element {error.element}, line {error.line})") for case in found]
    return [(case.get("id"), _run(requirements, case)) for case in found]


def _beside(model):
    """{namespace: [Imported]} of the other models in its folder, which may import each other too."""
    found = {}
    for path in sorted(model.parent.glob("*.dmn")):
        if path != model:
            content = path.read_bytes()
            found.setdefault(xml.read(content).get("namespace"), []).append(Imported(content, found))
    return found


def _run(requirements, case):
    try:
        variables = {node.get("name"): value(node) for node in children(case, "inputNode")}
        results = [(node, next((value(child) for child in children(node, "expected")), None)) for node in children(case, "resultNode")]
    except ValueError as error:
        return str(error)
    for node, expected in results:
        env = feel.Environment(datetime.now(UTC))
        found, failed = _found(requirements, case, node.get("name"), variables, env)
        if not same(expected, found):
            reasons = "; ".join([failed] if failed else env.warnings)
            return f"expected {node.get('name')} to be {expected!r}, but found {found!r} ({reasons})"
    return None


def _found(requirements, case, name, variables, env):
    """-> (value of the result node, the sentence if the evaluation failed)."""
    if case.get("type", "decision") != "decision":
        called = next(id_ for id_, each in requirements.invocables.items() if case.get("invocableName") in each.names)
        function = Run(requirements, env).function(called)
        try:
            answer = function.call_named(env, {parameter: variables.get(parameter) for parameter in function.parameters})
        except (Failed, feel.FeelBudget) as error:
            return None, error.sentence
        several = isinstance(answer, dict) and name in answer
        return (answer[name] if several else answer), None
    decision = next((each.id for each in requirements.decisions.values() if each.name == name), None)
    if decision is None:
        return None, f"there is no decision {name}"
    evaluation = evaluate(requirements, decision, variables, env)
    return evaluation.result, evaluation.failed


def value(element):
    """What an inputNode, expected, component or item says -> value. Raises ValueError for one that is outside of what is kept here."""
    for child in element:
        name = local(child)
        if child.get(NIL) == "true":
            return None
        if name == "value":
            found = READ[(child.get(TYPE) or "xsd:string").rpartition(":")[2]](child.text or "")
            if found is None:
                raise ValueError(f"Expected a {child.get(TYPE)} that can be held, but found {child.text}")
            return found
        if name == "list":
            return [value(item) for item in children(child, "item")]
        if name == "component":
            return {each.get("name"): value(each) for each in children(element, "component")}
    return None


def same(expected, found):
    """Whether a result is the expected one: of the same kind and equal in depth."""
    if kind(expected) != kind(found):
        return False
    if isinstance(expected, list):
        return len(expected) == len(found) and all(same(*pair) for pair in zip(expected, found, strict=True))
    if isinstance(expected, dict):
        return expected.keys() == found.keys() and all(same(each, found[name]) for name, each in expected.items())
    if isinstance(expected, Decimal):
        return expected.is_finite() and abs(expected - found) < PRECISION
    return equal(expected, found, feel.Environment()) is True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
