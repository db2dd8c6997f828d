"""What is subject to 回避 (行政处罚法 art. 43, 64): looking into a case, reviewing and deciding it, hearing it, checking again."""

from pathlib import Path

import pytest

from engine.domain import separation
from engine.workflow import definition

ROOT = Path(__file__).parents[2]
HEAD, LEADER = "执法负责人", "分管领导"

#: Of officers their head decides, of the head a leader of the town.
DECLARED = {
    "hazard_rectification": {"recheck": HEAD},
    "emergency_stop": {"inspect_resume": HEAD},
    "enforcement": {"file_case": HEAD, "approve_filing": LEADER, "take_statements": HEAD, "approve_closing": LEADER},
    "respondent_penalty": {"draft_notice": HEAD, "review_statement": HEAD, "legal_review": HEAD, "decide_penalty": LEADER},
    "penalty_hearing": {"examine_hearing": HEAD, "hold_hearing": HEAD},
}


@pytest.mark.parametrize("path", sorted(ROOT.glob("bpmn/*/*.bpmn")), ids=lambda path: path.stem)
def test_recusal_is_declared_where_the_law_wants_it_and_decided_by_somebody_above(path):
    (process,) = definition.read(path.read_bytes())
    declared = {element.id: separation.recusal(element.properties) for element in process.elements.values()}
    assert {name: role for name, role in declared.items() if role} == DECLARED.get(process.id, {})
