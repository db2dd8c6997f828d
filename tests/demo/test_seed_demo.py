"""seed-demo: a town with something true in every queue, told by the product's commands with the clock moved."""

import json
from collections import Counter

from sqlalchemy import func, select

import verify_history
from cases.hazards import STATUSES, Hazard
from cases.organisation import Grid, TaskForce, UnitType
from cases.papers import Paper
from cases.penalties import Penalty
from cases.places import Place
from engine import queues
from engine.domain.people import ADMINISTRATOR
from engine.store import accounts, audit, seals
from engine.store.base import moment_text
from engine.store.models import Incident, ProcessInstance, Timer, UserTask, Variable
from engine.store.people import Membership
from engine.store.records import Attachment, History, Outbox
from tests.demo.conftest import FEW, TODAY

#: Who told the desk of a place.
REPORTERS = ("柳春生", "闻小燕", "祝长发")
#: Everything that people can have to do, but for what comes after a district's acceptance, or a penalty that was taken back.
ELEMENTS = {
    "accept_report", "answer_reporter",
    "report_place", "check_report", "approve_listing", "confirm_grading", "approve_disposition", "assign_place", "acknowledge_case",
    "register_hazard", "issue_notice", "acknowledge_notice", "serve_notice", "draft_plan", "review_plan_town", "report_completion",
    "report_progress", "urge", "recheck", "decide_follow_up", "sign_opinion", "remedy_findings", "apply_closure", "check_closure",
    "approve_closure", "approve_closure_leader", "check_state", "jump_rung", "reply_letter", "review_reply", "hold_interview",
    "report_measures", "apply_extension", "review_extension", "approve_extension", "request_void", "approve_void", "order_stop", "evacuate",
    "write_order", "apply_resume", "inspect_resume", "consent_resume", "register_clue", "file_case", "approve_filing", "take_statements",
    "draft_notice", "review_statement", "examine_hearing", "hold_hearing", "legal_review", "decide_penalty", "serve_decision",
    "publish_decision", "demand_payment", "approve_instalment", "approve_closing", "approve_transfer", "approve_transfer_by_head",
    "record_receipt", "urge_receipt", "urge_assignment",
}  # fmt: skip
ROLES = {
    "居村", "举报受理", "应急管理中心", "安委办", "复查组", "分管领导", "主要领导", "企业", "实施主体", "行业部门",
    "执法队", "法制审核", "执法负责人", "听证主持人",
}  # fmt: skip


def test_there_is_something_in_every_state(everything):
    assert not [line for line in everything.lines if "没有办成" in line]
    assert everything.rows(Incident.key) == []
    # the places and their hazards
    places = Counter(status for (status,) in everything.rows(Place.status))
    assert {"待分派", "待签收", "整改中", "待验收", "验收退回", "待销号", "已销号", "误录撤销", "回潮重开"} <= set(places)
    assert {level for (level,) in everything.rows(Place.risk_level)} >= {"一般", "较大", "重大"}
    assert {way for (way,) in everything.rows(Place.disposition)} >= {"整治", "改造"}
    assert set(STATUSES) - {"拒检"} <= {status for (status,) in everything.rows(Hazard.status)}
    assert [deadline for status, deadline in everything.rows(Hazard.status, Hazard.deadline) if status == "整改中" and not deadline] == []
    assert any(stopped for (stopped,) in everything.rows(Place.stopped))
    assert any(supervised for (supervised,) in everything.rows(Place.supervised))
    again = {no: earlier for no, earlier in everything.rows(Place.no, Place.reopened_from) if earlier}
    assert dict(everything.rows(Place.no, Place.status))[next(iter(again.values()))] == "已销号"
    # the penalties, of units and of persons
    penalties = Counter(everything.rows(Penalty.status, Penalty.kind))
    for status in ("办理中", "已决定", "执行中", "已缴清", "不予处罚"):
        assert penalties[status, "单位"] and penalties[status, "个人"], status
    assert any(late for (late,) in everything.rows(Penalty.late_fine))
    # terms of cases that stood still for a while
    assert any('"step":"T3"' in text and '"reason":"送检鉴定"' in text for (text,) in everything.rows(Variable.value))
    # what people have to do, and the papers that they made
    tasks = everything.rows(UserTask.element_id, UserTask.completed)
    assert {element for element, done in tasks if done is None} >= ELEMENTS
    assert "leave_notice" in {element for element, done in tasks if done}, "a notice that was not accepted was left there by two officers"
    waiting = [row for row in everything.rows(UserTask.element_id, UserTask.status) if row.status == "COMPLETING"]
    assert {element for element, _ in waiting} == {"file_case", "recheck"}
    with everything.engine.store.read() as connection:
        papers = set(connection.execute(select(Paper.kind)).scalars())
        extended = connection.execute(select(Variable.value).where(Variable.name == "rectify_deadline")).scalars().all()
    assert {"责令限期整改指令书", "复查意见书", "督促函", "约谈通知书", "验收单", "销号审批表", "案件移送书", "听证通知书"} <= papers
    assert {"送达回证", "行政处罚告知书", "行政处罚决定书（单位）", "行政处罚决定书（个人）"} <= papers
    assert any('"extensions":[{' in text for text in extended)
    # and who they are
    assert {unit for unit, _ in everything.rows(UnitType.unit, UnitType.type)} >= {"陈坊村居委会", "高科技公司", "精细化办", "派出所"}
    assert all(keeper for (keeper,) in everything.rows(Grid.keeper)) and everything.rows(TaskForce.no)


def test_what_the_public_reported_is_received_checked_settled_and_answered(everything):
    facts, tasks, found = {}, {}, []
    for root, name, value in everything.rows(Variable.root_key, Variable.name, Variable.value):
        facts.setdefault(root, {})[name] = json.loads(value)
    for root, element, completed in everything.rows(UserTask.root_key, UserTask.element_id, UserTask.completed):
        tasks.setdefault(root, {})[element] = completed is not None
    checked = {known["ticket_no"]: tasks[root].get("check_report") for root, known in facts.items() if known.get("ticket_no")}
    for key, process in everything.rows(ProcessInstance.key, ProcessInstance.process_id):
        if process == "public_report":
            known = facts.get(key, {})
            who, became = known.get("reporter", {}).get("kind"), known.get("settled", {}).get("outcome")
            found.append((tasks[key], who, checked.get(known.get("report_no")), became))

    accepted, answered = {"accept_report": True}, {"accept_report": True, "answer_reporter": True}
    expected = [
        ({"accept_report": False}, None, None, None),
        (accepted, "实名", False, None),
        (answered | {"answer_reporter": False}, "实名", True, "上账"),
        (answered | {"heed_report": True}, "实名", True, "上账"),
        (accepted, "匿名", True, "并入"),
    ]
    assert sorted(found, key=repr) == sorted(expected, key=repr)
    # the ledger knows where it comes from, and who told is written nowhere
    assert "群众举报" in {source for (source,) in everything.rows(Hazard.source)}
    assert not [known for known in facts.values() if any(name in json.dumps(known, ensure_ascii=False) for name in REPORTERS)]


def test_every_queue_has_work_some_of_it_held_due_today_and_late(everything):
    with everything.engine.store.transaction() as transaction:
        auditor, centre = (accounts.account(transaction, name).actor for name in ("jiang.audit", "wang.zhiqiang"))
    found = queues.queues(everything.engine, auditor)

    assert {queue["group"].partition("@")[0] for queue in found if queue["open"]} == ROLES
    assert sum(queue["due"] for queue in found) > 3 and sum(queue["overdue"] for queue in found) > 10
    (own,) = queues.queues(everything.engine, centre)[:1]
    assert own["mine"] or any(queue["mine"] for queue in queues.queues(everything.engine, centre))


def test_a_second_run_changes_nothing_and_says_so(told):
    tables = (History, ProcessInstance, UserTask, Timer, Place, Membership, Attachment)

    def counted():
        return [told.rows(func.count(next(iter(table.__table__.primary_key)))) for table in tables]

    before = counted()

    said = list(told.tell(60))

    assert said == [f"演示数据已在 2026-06-17 写入（{told.places} 处场所），没有改动。"]
    assert counted() == before


def test_history_is_whole_and_in_order(told):
    with audit.snapshot(told.engine.store.engine) as connection:
        public = seals.public_key(told.key)
        seen = verify_history.examine(audit.export_lines(connection, [public]), [public])
    assert seen.findings == []
    # no entry is older than the one before it, and all of the stories' are before today
    last = {}
    for chain, _, at in sorted(told.rows(History.chain, History.seq, History.at)):
        assert last.get(chain, "") <= at
        last[chain] = at
    instances = {key for (key,) in told.rows(ProcessInstance.key)}
    assert max(at for chain, at in last.items() if chain in instances) <= moment_text(TODAY)


def test_nobody_acted_as_an_administrator(everything):
    administrators = {username for username, role in everything.rows(Membership.username, Membership.role) if role == ADMINISTRATOR}
    assert administrators == {"admin"}
    acted = {actor for (actor,) in everything.rows(History.actor)}
    assert "admin" not in acted and len(acted) > 40
    # the system only told the time, delivered, and wrote down that the story was told
    kinds = {kind for kind, actor in everything.rows(History.kind, History.actor) if actor == "system"}
    assert not {kind for kind in kinds if kind.startswith("task:")}


def test_what_is_still_to_come_is_left_to_the_workers(told):
    assert {holder for (holder,) in told.rows(Timer.claimed_by)} == {None}
    assert told.rows(Outbox.key) == []
    assert min(due for (due,) in told.rows(Timer.due)) > TODAY


def test_what_was_killed_half_way_is_told_to_its_end(everything, few):
    # both went on where they stopped
    for town in (everything, few):
        assert "上次没有写完，接着写。" in town.lines and not [line for line in town.lines if "没有办成" in line]
    assert 0 < len(few.rows(Place.no)) < len(FEW)

    # and wherever that was, everybody has before them what they would have had
    columns = (UserTask.element_id, UserTask.assignee, UserTask.due, UserTask.status, UserTask.completed)
    in_all, in_few = (
        Counter((element, assignee, due, status, completed is None) for element, assignee, due, status, completed in town.rows(*columns))
        for town in (everything, few)
    )
    assert in_few - in_all == Counter()
