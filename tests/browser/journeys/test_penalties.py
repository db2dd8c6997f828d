"""一案双罚 by clicking: a re-check confirms the refusal, enterprise and manager each go their way, and both pay."""

from tests.forms import filled_enforcement as filled
from tests.journeys.penalty import OFFICER
from tests.journeys.place import PlaceCase
from tests.journeys.test_penalty_refusal import REFUSED, decided, refused
from tests.journeys.test_place_case import ORDINARY

FINES = {"单位": 30000, "个人": 50000}


def test_a_refusal_costs_the_enterprise_and_its_manager(clicking):
    # given a hazard that nobody put right, and a case of it against both
    town = clicking()
    case = refused(PlaceCase(town).listed(**ORDINARY).assigned())
    case.filed(filled.unit(**REFUSED), filled.person(**REFUSED), ended_on="2024-04-18").investigated("2024-04-19")
    legs = case.legs()

    # when each is told what is intended, and asks for no hearing
    for kind, (leg, _) in legs.items():
        case.noticed(leg, FINES[kind], hearing_right=filled.HEARING_RIGHT)
    case.at("2024-04-22T12:00")
    for leg, _ in legs.values():
        case.served("serve_notice", leg, "2024-04-22T11:00")

    # and each is decided, served, pays and is published
    for kind, (leg, number) in legs.items():
        decided(case, leg, "2024-05-06", FINES[kind])
        case.at("2024-05-08T10:00").paid(number, FINES[kind], "2024-05-08")
        (execution,) = case.running("penalty_execution", leg)
        masked = {"masked": True} if kind == "个人" else {}
        case.do(OFFICER, "publish_decision", filled.publish_decision("2024-05-08T09:30+08:00", **masked), execution)
    case.opened("report_closing")
    case.do(OFFICER, "report_closing", filled.report_closing())
    case.by_head("approve_closing", filled.approve_closing())

    # then
    assert town.person("jiang.audit").status(case.key) == "COMPLETED"
    assert {(row["kind"], row["fine"], row["paid"], row["status"]) for row in case.ledger()} == {
        ("单位", 30000, 30000, "已缴清"),
        ("个人", 50000, 50000, "已缴清"),
    }
