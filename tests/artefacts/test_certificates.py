"""Who needs which certificate: what two officers do towards a party (行政处罚法 art. 42), and who reviews a decision (art. 58)."""

from pathlib import Path

import pytest

from cases.certificates import LAWYER, OFFICER
from engine.domain import certificates, separation
from engine.workflow import definition

ROOT = Path(__file__).parents[2]

DECLARED = {
    "hazard_rectification": {"leave_notice": OFFICER, "recheck": OFFICER},
    "enforcement": {"file_case": OFFICER, "take_statements": OFFICER},
    "respondent_penalty": {"serve_notice": OFFICER, "serve_decision": OFFICER, "legal_review": LAWYER},
    "penalty_hearing": {"notify_hearing": OFFICER},
    "emergency_stop": {"order_stop": OFFICER, "inspect_resume": OFFICER},
}


@pytest.mark.parametrize("path", sorted(ROOT.glob("bpmn/*/*.bpmn")), ids=lambda path: path.stem)
def test_certificates_are_asked_for_where_the_law_does_and_nowhere_else(path):
    (process,) = definition.read(path.read_bytes())
    asked = {element.id: certificates.declared(element.properties) for element in process.elements.values()}
    assert {name: kind for name, kind in asked.items() if kind} == DECLARED.get(process.id, {})


@pytest.mark.parametrize("process", DECLARED)
def test_an_officer_s_act_takes_two(process):
    (found,) = definition.read((ROOT / f"bpmn/{process}/{process}.bpmn").read_bytes())
    acts = [name for name, kind in DECLARED[process].items() if kind == OFFICER]
    assert {name: separation.officers(found.elements[name].properties) for name in acts} == dict.fromkeys(acts, 2)
