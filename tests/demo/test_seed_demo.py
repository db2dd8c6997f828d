"""seed-demo: a town with something true in every queue, told by the product's commands with the clock moved."""

import shutil
from collections import Counter
from datetime import datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

import verify_history
from api.app import create_app
from api.config import Config
from api.prepare import prepare
from cases.hazards import Hazard
from cases.organisation import Grid, TaskForce, UnitType
from cases.papers import Paper
from cases.penalties import Penalty
from cases.places import Place
from demo.clock import StoryClock
from demo.seed import seed
from engine import queues
from engine.commands.run_due import run_due
from engine.domain.people import ADMINISTRATOR, ZONE
from engine.store import accounts, audit, seals
from engine.store.base import moment_text
from engine.store.models import Incident, ProcessInstance, Timer, UserTask, Variable
from engine.store.people import Membership
from engine.store.records import Attachment, History, Outbox

#: A Wednesday; the ten weeks before it hold the festival of May, with its make-up days.
TODAY = datetime(2026, 6, 17, 10, 30, tzinfo=ZONE)
#: Fewer than everything needs: the first ones, as far as one that is stopped while it is put right.
FEW = 19

#: Everything that people can have to do, but for what comes after a district's acceptance, or a penalty that was taken back.
ELEMENTS = {
    "report_place", "check_report", "approve_listing", "confirm_grading", "approve_disposition", "assign_place", "acknowledge_case",
    "register_hazard", "issue_notice", "acknowledge_notice", "serve_notice", "draft_plan", "review_plan_town", "report_completion",
    "report_progress", "urge", "recheck", "decide_follow_up", "sign_opinion", "remedy_findings", "apply_closure", "check_closure",
    "approve_closure", "approve_closure_leader", "check_state", "jump_rung", "reply_letter", "review_reply", "hold_interview",
    "report_measures", "apply_extension", "review_extension", "approve_extension", "request_void", "approve_void", "order_stop", "evacuate",
    "write_order", "apply_resume", "inspect_resume", "consent_resume", "register_clue", "file_case", "approve_filing", "take_statements",
    "draft_notice", "review_statement", "examine_hearing", "hold_hearing", "legal_review", "decide_penalty", "serve_decision",
    "publish_decision", "demand_payment", "approve_instalment", "approve_closing", "approve_transfer", "approve_transfer_by_head",
    "record_receipt",
}  # fmt: skip
ROLES = {
    "居村", "应急管理中心", "安委办", "复查组", "分管领导", "主要领导", "企业", "实施主体", "行业部门",
    "执法队", "法制审核", "执法负责人", "听证主持人",
}  # fmt: skip


def town(folder, url):
    """A database that was prepared, at TODAY: .engine, .key of the seals, .tell(places) -> the lines of seed, .rows(columns)."""
    app = create_app(config(folder, url))
    engine, key = app.extensions["engine"], app.extensions["signing_key"]
    engine.gate.close()
    engine.clock = StoryClock(TODAY)

    def tell(places):
        return seed(engine, key, folder / "files", places, findings=1)

    def rows(*columns):
        with engine.store.read() as connection:
            return connection.execute(select(*columns)).all()

    return SimpleNamespace(engine=engine, key=key, tell=tell, rows=rows)


def config(folder, url):
    return Config(folder, url, "only for tests, and nothing else", demo=True, synchronous="NORMAL")


def prepared(folder, url):
    """A database as `make run` prepares it, with its keys beside it."""
    (folder / "keys").mkdir()
    app = create_app(config(folder, url))
    with app.app_context():
        list(prepare(app))
    app.extensions["engine"].gate.close()
    app.extensions["engine"].store.engine.dispose()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A folder with a prepared SQLite file."""
    folder = tmp_path_factory.mktemp("template")
    prepared(folder, f"sqlite:///{folder / 'town.db'}")
    return folder


@pytest.fixture(scope="module")
def told(template, tmp_path_factory):
    """The whole town, told once. `lines`: what was said."""
    folder = tmp_path_factory.mktemp("told") / "town"
    shutil.copytree(template, folder)
    found = town(folder, f"sqlite:///{folder / 'town.db'}")
    found.lines = list(found.tell(60))
    yield found
    found.engine.store.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, template, tmp_path):
    """A town of which nothing is told yet."""
    if request.param == "sqlite":
        shutil.copytree(template, tmp_path / "town")
        found = town(tmp_path / "town", f"sqlite:///{tmp_path / 'town' / 'town.db'}")
    else:
        url = request.getfixturevalue("postgres").database()
        prepared(tmp_path, url)
        found = town(tmp_path, url)
    yield found
    found.engine.store.engine.dispose()


def expect_in_order(found):
    """Every chain is whole, and no entry is older than the one before it; all of the story's are before TODAY."""
    engine, public = found.engine, seals.public_key(found.key)
    with audit.snapshot(engine.store.engine) as connection:
        seen = verify_history.examine(audit.export_lines(connection, [public]), [public])
    assert seen.findings == []
    last = {}
    for chain, _, at in sorted(found.rows(History.chain, History.seq, History.at)):
        assert last.get(chain, "") <= at
        last[chain] = at
    instances = {key for (key,) in found.rows(ProcessInstance.key)}
    assert max(at for chain, at in last.items() if chain in instances) <= moment_text(TODAY)


def test_there_is_something_in_every_state(told):
    assert not [line for line in told.lines if "没有办成" in line]
    assert told.rows(Incident.key) == []
    # the places and their hazards
    places = Counter(status for (status,) in told.rows(Place.status))
    assert {"待分派", "待签收", "整改中", "待验收", "验收退回", "待销号", "已销号", "误录撤销"} <= set(places)
    assert {level for (level,) in told.rows(Place.risk_level)} >= {"一般", "较大", "重大"}
    assert {way for (way,) in told.rows(Place.disposition)} >= {"整治", "改造"}
    assert {"已上账", "复查合格", "拒不执行", "误录撤销"} <= {status for (status,) in told.rows(Hazard.status)}
    assert any(stopped for (stopped,) in told.rows(Place.stopped))
    assert any(supervised for (supervised,) in told.rows(Place.supervised))
    again = {no: earlier for no, earlier in told.rows(Place.no, Place.reopened_from) if earlier}
    assert dict(told.rows(Place.no, Place.status))[next(iter(again.values()))] == "已销号"
    # the penalties, of units and of persons
    penalties = Counter(told.rows(Penalty.status, Penalty.kind))
    for status in ("办理中", "已决定", "执行中", "已缴清", "不予处罚"):
        assert penalties[status, "单位"] and penalties[status, "个人"], status
    assert any(late for (late,) in told.rows(Penalty.late_fine))
    # what people have to do, and the papers that they made
    open_tasks = {element for element, done in told.rows(UserTask.element_id, UserTask.completed) if done is None}
    assert open_tasks >= ELEMENTS
    waiting = [row for row in told.rows(UserTask.element_id, UserTask.status) if row.status == "COMPLETING"]
    assert {element for element, _ in waiting} == {"file_case", "recheck"}
    with told.engine.store.read() as connection:
        papers = set(connection.execute(select(Paper.kind)).scalars())
        extended = connection.execute(select(Variable.value).where(Variable.name == "rectify_deadline")).scalars().all()
    assert {"责令限期整改指令书", "复查意见书", "督促函", "约谈通知书", "验收单", "销号审批表", "案件移送书", "听证通知书"} <= papers
    assert {"行政处罚告知书", "行政处罚决定书（单位）", "行政处罚决定书（个人）"} <= papers
    assert any('"extensions":[{' in text for text in extended)
    # and who they are
    assert {unit for unit, _ in told.rows(UnitType.unit, UnitType.type)} >= {"陈坊村居委会", "高科技公司", "精细化办", "派出所"}
    assert all(keeper for (keeper,) in told.rows(Grid.keeper)) and told.rows(TaskForce.no)


def test_every_queue_has_work_some_of_it_held_due_today_and_late(told):
    with told.engine.store.transaction() as transaction:
        auditor, centre = (accounts.account(transaction, name).actor for name in ("jiang.audit", "wang.zhiqiang"))
    found = queues.queues(told.engine, auditor)

    assert {queue["group"].partition("@")[0] for queue in found if queue["open"]} == ROLES
    assert sum(queue["due"] for queue in found) > 3 and sum(queue["overdue"] for queue in found) > 10
    (own,) = queues.queues(told.engine, centre)[:1]
    assert own["mine"] or any(queue["mine"] for queue in queues.queues(told.engine, centre))


def test_a_second_run_changes_nothing_and_says_so(told):
    tables = (History, ProcessInstance, UserTask, Timer, Place, Membership, Attachment)

    def counted():
        return [told.rows(func.count(next(iter(table.__table__.primary_key)))) for table in tables]

    before = counted()

    said = list(told.tell(60))

    assert said == ["演示数据已在 2026-06-17 写入（60 处场所），没有改动。"]
    assert counted() == before


def test_history_is_whole_and_in_order_and_nobody_acted_as_an_administrator(told):
    expect_in_order(told)
    administrators = {username for username, role in told.rows(Membership.username, Membership.role) if role == ADMINISTRATOR}
    assert administrators == {"admin"}
    acted = {actor for (actor,) in told.rows(History.actor)}
    assert "admin" not in acted and len(acted) > 40
    # the system only told the time, delivered, and wrote down that the story was told
    kinds = {kind for kind, actor in told.rows(History.kind, History.actor) if actor == "system"}
    assert not {kind for kind in kinds if kind.startswith("task:")}


def test_what_is_still_to_come_is_left_to_the_workers(told):
    assert {holder for (holder,) in told.rows(Timer.claimed_by)} == {None}
    assert told.rows(Outbox.key) == []
    assert min(due for (due,) in told.rows(Timer.due)) > TODAY


def test_what_was_killed_half_way_is_told_to_its_end(empty, told):
    # given a story that was killed in its last week, with a worker at work beside it
    telling = empty.tell(FEW)
    assert any("2026-06-12" in line for line in telling)
    telling.close()
    assert run_due(empty.engine, "worker").done == 0
    assert empty.rows(Place.no) and empty.rows(Timer.key)

    # when it is told again
    lines = list(empty.tell(60))

    # then it goes on where it stopped, and everybody has before them what they would have had
    assert "上次没有写完，接着写。" in lines and not [line for line in lines if "没有办成" in line]
    assert len(empty.rows(Place.no)) < FEW
    expected, columns = Counter(), (UserTask.element_id, UserTask.assignee, UserTask.due, UserTask.status, UserTask.completed)
    for element, assignee, due, status, completed in told.rows(*columns):
        expected[element, assignee, due, status, completed is None] += 1
    for element, assignee, due, status, completed in empty.rows(*columns):
        expected[element, assignee, due, status, completed is None] -= 1
    assert min(expected.values()) >= 0
    expect_in_order(empty)
