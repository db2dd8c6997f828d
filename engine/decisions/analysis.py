"""Where rules of a decision table overlap, and where none matches: every finding comes with an input that shows it.

The values of each input are divided at the constants of its cells, and every cell is asked with one value of each part, so a finding is
what an evaluation would do. Inputs count as independent of each other, and null only as an input where a cell names it. What is not
compared with fixed values is not analysed, and said so: such a cell may match anything in the search for gaps, and nothing in that for
overlaps.
"""

from dataclasses import dataclass
from itertools import combinations

from engine.decisions.columns import columns
from engine.decisions.hit_policy import SINGLE
from engine.decisions.regions import shown
from engine.decisions.uncovered import TooMany, uncovered
from engine.feel import Environment, Scope
from engine.feel.values.order import equal

DEFAULT = "默认"  # how the annotation of a rule begins that catches what the others leave
MOST = 50  # findings of a kind


@dataclass(frozen=True, slots=True)
class Finding:
    """`kind`: overlap, gap, catch-all or unanalysed; `rules`: their numbers; `example`: {input expression: value}."""

    kind: str
    rules: tuple
    example: dict
    sentence: str


def analyse(decision):
    """-> [Finding] of a Decision, empty for one that is no table.

    Overlaps are sought in UNIQUE and ANY tables, gaps and catch-alls where one result is expected and no output has a default; COUNT has a
    result of no rule too.
    """
    table = decision.table
    if table is None:
        return []
    seen, problems = columns(table)
    found = _first(_overlaps(table, seen), table)
    if (table.policy in SINGLE or table.aggregation not in (None, "COUNT")) and not any(output.default for output in table.outputs):
        found += [*_catch_alls(table, seen), *_first(_gaps(table, seen, _bits(table.rules)), table)]
    return found + [Finding("unanalysed", () if rule is None else (rule,), {}, sentence) for rule, sentence in problems]


def _first(findings, table):
    """The first findings, and whether there were more."""
    kept = []
    for finding in findings:
        if len(kept) == MOST:
            kept.append(Finding("unanalysed", (), {}, f"More than {MOST} {finding.kind}s in {table.name}: the others are not told"))
            break
        kept.append(finding)
    return kept


def _overlaps(table, seen):
    if table.policy not in ("UNIQUE", "ANY"):
        return
    matched = {rule.index: [_where(column, rule) for column in seen] for rule in table.rules}
    somewhere = [rule for rule in table.rules if all(matched[rule.index])]
    for first, second in combinations(somewhere, 2):
        shared = [one & other for one, other in zip(matched[first.index], matched[second.index], strict=True)]
        if not all(shared):
            continue
        spans = [(column.regions[place],) * 2 for column, place in zip(seen, map(_lowest, shared), strict=True)]
        pair, agree = (first.index, second.index), table.policy == "ANY" and _agree(first, second)
        if agree is None:
            sentence = f"Rules {first.index} and {second.index} of {table.name} overlap, and their outputs may differ: not analysed"
            yield Finding("unanalysed", pair, _example(seen, spans), sentence)
        elif agree is False:
            expected = f"Expected at most one rule of {table.name} to match, or all to agree,"
            sentence = f"{expected} but rules {first.index} and {second.index} both match {_told(seen, spans)}"
            yield Finding("overlap", pair, _example(seen, spans), sentence)


def _where(column, rule):
    """The regions of a column in which a rule certainly matches, as bits."""
    bit = rule.index - 1
    return sum((bits >> bit & 1) << place for place, bits in enumerate(column.certain))


def _lowest(bits):
    return (bits & -bits).bit_length() - 1


def _agree(first, second):
    """Whether the outputs of two rules are the same; None where that shows only at run time."""
    env, answer = Environment(), True
    for one, other in zip(first.outputs, second.outputs, strict=True):
        if one.text != other.text:
            if not (one.literal and other.literal):
                answer = None
            elif equal(one(Scope({}, env=env)), other(Scope({}, env=env)), env) is not True:
                return False
    return answer


def _catch_alls(table, seen):
    for rule in table.rules:
        if rule.cells and not any(rule.cells) and not any(text.startswith(DEFAULT) for _, text in rule.annotations):
            spans = _first_gap(seen, _bits(table.rules) & ~_bits((rule,)))
            told = f"everything, such as {_told(seen, spans)}" if spans else "everything"
            sentence = f"Expected rule {rule.index} of {table.name} to be annotated {DEFAULT} …, but it matches {told}"
            yield Finding("catch-all", (rule.index,), _example(seen, spans) if spans else {}, sentence)


def _first_gap(seen, rules):
    try:
        return next(uncovered(seen, rules), None)
    except TooMany:
        return None


def _gaps(table, seen, rules):
    """The gaps that `rules` (as bits) leave."""
    if not seen:
        return
    try:
        for spans in uncovered(seen, rules):
            sentence = f"Expected a rule of {table.name} for every input, but none matches {_told(seen, spans)}"
            yield Finding("gap", (), _example(seen, spans), sentence)
    except TooMany:
        yield Finding("unanalysed", (), {}, f"{table.name} has too many combinations of inputs to find all its gaps")


def _bits(rules):
    return sum(1 << (rule.index - 1) for rule in rules)


def _example(seen, spans):
    """An input that lies in the spans; where they end, any value will do."""
    chosen = [first.example for first, _ in spans] + [column.regions[0].example for column in seen[len(spans) :]]
    return {column.expression: example for column, example in zip(seen, chosen, strict=True)}


def _told(seen, spans):
    return ", ".join(f"{column.name} {shown(*span)}" for column, span in zip(seen, spans, strict=False))
