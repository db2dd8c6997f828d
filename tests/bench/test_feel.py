"""What the bench measures of FEEL is the work that it says."""

from bench import feel, report
from engine import feel as language


def test_every_expression_answers_what_its_python_answers():
    for text, (values, by_hand) in feel.EXPRESSIONS.items():
        assert language.expression(text)(language.Scope(values)) == by_hand(values)


def test_a_condition_is_measured_and_told_beside_its_target(monkeypatch):
    monkeypatch.setattr(feel, "BATCH", 10)

    found = feel.measure(3)

    assert found.keys() == feel.EXPRESSIONS.keys() and all(each["us"] > 0 for each in found.values())
    (target,) = report.targets({"feel": found})
    assert (target["what"], target["wanted"], target["found"]) == (f"{feel.CONDITION}, µs", "≤ 10", found[feel.CONDITION]["us"])
    assert any(feel.CONDITION in line for line in report.lines({"feel": found, "targets": [target], "missing": []}))
