"""一案双罚 through HTTP: one case, two respondents, each with a decision and a number of its own, paid and published for itself."""

import io
import json
import zipfile

from tests.forms import filled_enforcement as filled
from tests.journeys.penalty import HEAD, OFFICER, Enforcement, clue


def test_unit_and_person_are_punished_each_with_a_decision_and_a_number_of_its_own(town, clock):
    # given a case against the lessor and its manager (安全生产法 103(2)), filed and investigated
    case = Enforcement.asked(town, "2024-05-07T10:00", clue(9001)).filed().investigated("2024-05-09")
    legs = case.legs()
    assert set(legs) == {"单位", "个人"}

    # when each is told, and the days for its statement have passed
    fines = {"单位": 11750, "个人": 2350}
    for kind, (leg, _) in legs.items():
        case.noticed(leg, fines[kind])
    case.at("2024-05-10T11:00")
    for leg, _ in legs.values():
        case.served("serve_notice", leg, "2024-05-10T10:00")
    case.at("2024-05-16T10:00")
    for kind, (leg, _) in legs.items():
        case.opened("decide_penalty", leg)
        case.by_head("decide_penalty", filled.decide_penalty(fines[kind]), leg)
    case.at("2024-05-17T11:00")
    for leg, _ in legs.values():
        case.served("serve_decision", leg, "2024-05-17T10:00", "当场交付")

    # and pays, and is published, while the other waits for nobody
    case.at("2024-05-20T12:00")
    for kind, (leg, number) in legs.items():
        case.paid(number, fines[kind], "2024-05-20")
        (execution,) = case.running("penalty_execution", leg)
        masked = {"masked": True} if kind == "个人" else {}
        case.do(OFFICER, "publish_decision", filled.publish_decision("2024-05-20T11:30+08:00", **masked), execution)
    case.opened("report_closing")
    case.do(OFFICER, "report_closing", filled.report_closing())
    case.by_head("approve_closing", filled.approve_closing())

    # then
    auditor = town.person("jiang.audit")
    assert auditor.status(case.key) == "COMPLETED"
    assert [(row["kind"], row["fine"], row["paid"], row["status"]) for row in case.ledger()] == [
        ("单位", 11750, 11750, "已缴清"),
        ("个人", 2350, 2350, "已缴清"),
    ]
    papers = town.person(HEAD).json("GET", f"/api/instances/{case.key}/papers")
    decisions = {paper["kind"]: paper for paper in papers if "决定书" in paper["kind"]}
    assert len({paper["number"] for paper in decisions.values()}) == 2

    # and the person's number stands on their decision, and nowhere else
    opened = town.person(HEAD).ask("POST", f"/api/papers/{decisions['行政处罚决定书（个人）']['key']}/opening", {"reason": "送达"})
    with zipfile.ZipFile(io.BytesIO(opened.content)) as file:
        assert filled.IDENTITY in file.read("word/document.xml").decode()
    for instance in (case.key, *(leg for leg, _ in legs.values())):
        assert filled.IDENTITY not in json.dumps(auditor.variables(instance), ensure_ascii=False)
    assert filled.IDENTITY not in json.dumps(auditor.timeline(case.key), ensure_ascii=False)
