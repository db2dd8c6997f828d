"""预览文书: which tasks of the campaign's diagrams lead to a paper, as the diagrams themselves say it."""

from pathlib import Path

from cases.preview_paper import follows
from engine.workflow import definition

DIAGRAMS = Path(__file__).parents[2] / "bpmn"
#: process -> its tasks behind which a paper is issued before anybody else has anything to do.
LEADING = {
    "closure": {"check_closure", "approve_closure", "approve_closure_leader"},
    "emergency_stop": {"write_order"},
    "graded_acceptance": {"sign_opinion"},
    "hazard_rectification": {"issue_notice", "serve_notice", "leave_notice", "recheck"},
    "penalty_hearing": {"examine_hearing"},
    "respondent_penalty": {"draft_notice", "decide_penalty"},
    "transfer_out": {"approve_transfer", "approve_transfer_by_head"},
    "urge_and_interview": {"draft_letter", "call_in"},
}


def test_a_task_is_previewed_where_its_diagram_leads_to_a_paper_without_a_wait():
    found = {}
    for path in sorted(DIAGRAMS.glob("*/*.bpmn")):
        for each in definition.read(path.read_bytes()):
            users = [element.id for element in each.elements.values() if element.kind == "user"]
            leading = {name for name in users if follows(each, name)}
            if leading:
                found[each.id] = leading

    assert found == LEADING
