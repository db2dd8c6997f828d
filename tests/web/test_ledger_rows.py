"""The ledger's rows on each database: what is found, in which order, by whom it is seen, and where the deadline of a running hazard is."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from cases import ledger_columns, ledger_list
from cases.hazards import Hazard
from cases.ledger_filter import NONE, Wanted
from cases.ledger_sight import HAZARDS, PLACES
from cases.papers import Paper, PaperTemplate
from cases.parties import Party, Tenure
from cases.penalties import Penalty
from cases.places import Place
from engine.domain.people import AUDITOR, DESIGNER, Actor
from engine.store.deployed import Deployment, ProcessDefinition, Resource
from engine.store.models import ProcessInstance

NOW = datetime(2024, 4, 12, 2, tzinfo=UTC)
CENTER = Actor("wang", "王志强", frozenset({"应急管理中心"}))
FACTORY = Actor("zheng", "郑强", frozenset({"企业", "企业@昆港五金厂"}))


def place(number, **more):
    told = {
        "name": f"昆港公路 {number} 号厂房",
        "address": f"小昆山镇昆港公路 {number} 号",
        "village": "陈坊村居委会",
        "programme": "工业区",
    }
    told |= {"lng": 121, "lat": 31, "datum": "WGS-84", "zone": "城镇", "area_types": ["A2a"], "place_types": ["P5"], "owner_nature": "个人"}
    told |= {"status": "整改中", "listed": NOW - timedelta(days=30 - number)}
    return Place(**told | {"no": f"松昆安整-2024-{number:04d}"} | more)


def hazard(number, serial, party_no, **more):
    told = {"category": "H07", "location": "配电间", "description": "导线裸露", "grade": "一般", "standard_hits": [], "source": "举报"}
    told |= {"found": NOW, "found_by": "陈阿妹", "status": "已上账", "party_no": party_no, "place_no": f"松昆安整-2024-{number:04d}"}
    return Hazard(**told | {"no": f"松昆安整-2024-{number:04d}-{serial:02d}"} | more)


def tenure(number, party_no, role, rank):
    return Tenure(place_no=f"松昆安整-2024-{number:04d}", party_no=party_no, role=role, safety_agreement=True, rank=rank)


class Ledger:
    """Three places: in the first are two tenants with a hazard each, the second is closed, the third was voided."""

    def __init__(self, store_engine):
        self.store_engine = store_engine
        self.add(
            Party(no=1, kind="单位", name="昆港五金厂", person="郑强"),
            Party(no=2, kind="单位", name="文翔包装厂", person="冯兰"),
            Party(no=3, kind="个人", name="顾阿根"),
            place(1, risk_level="较大", disposition="整治", implementer="高科技公司", supervised="镇级", root_key=10),
            place(2, risk_level="重大", status="已销号", closed=NOW, village="汤村居委会", name="秦安街堆场"),
            place(3, status="误录撤销", voided=True, void_reason="重复登记，见 13812345678"),
        )
        self.add(
            *(tenure(1, 3, "产权人", 1), tenure(1, 1, "承租方", 2), tenure(1, 2, "承租方", 3), tenure(2, 3, "产权人", 1)),
            hazard(1, 1, 1, deadline=NOW - timedelta(days=1), grade="重大"),
            hazard(1, 2, 2, deadline=NOW + timedelta(days=3)),
            hazard(2, 1, 3, deadline=NOW - timedelta(days=9), status="复查合格", verified=NOW),
            hazard(3, 1, 3, status="误录撤销", voided=True, void_reason="重复登记"),
        )

    def add(self, *rows):
        with (
            self.store_engine.connect().execution_options(write=True) as connection,
            connection.begin(),
            Session(bind=connection) as session,
        ):
            session.add_all(rows)
            session.commit()

    def page(self, kind, actor=CENTER, order="old", after=None, limit=50, **wanted):
        with self.store_engine.connect() as connection:
            return ledger_list.page(connection, actor, kind, Wanted(**wanted), order, after, limit, NOW)

    def found(self, kind, actor=CENTER, order="old", **wanted):
        """The last digits of the numbers of what is found: 1, or 1-02."""
        name = "hazard_no" if kind == HAZARDS else "place_no"
        return [row[name].removeprefix("松昆安整-2024-").lstrip("0") for row in self.page(kind, actor, order, **wanted).rows]

    def counts(self, kind, actor=CENTER, **wanted):
        with self.store_engine.connect() as connection:
            return ledger_list.counts(connection, actor, kind, Wanted(**wanted), NOW)


@pytest.fixture
def ledger(store_engine):
    return Ledger(store_engine)


FOUND = [
    (PLACES, {}, ["1", "2"]),
    (HAZARDS, {}, ["1-01", "1-02", "2-01"]),
    (PLACES, {"status": "误录撤销"}, ["3"]),
    (PLACES, {"risk_level": "重大"}, ["2"]),
    (PLACES, {"disposition": "未定"}, ["2"]),
    (PLACES, {"village": "汤村居委会"}, ["2"]),
    (PLACES, {"programme": "社区"}, []),
    (PLACES, {"implementer": "高科技公司"}, ["1"]),
    (PLACES, {"supervised": "任一级"}, ["1"]),
    (PLACES, {"supervised": NONE}, ["2"]),
    (PLACES, {"overdue": True}, ["1"]),
    (HAZARDS, {"overdue": True}, ["1-01"]),
    (HAZARDS, {"grade": "重大"}, ["1-01"]),
    (PLACES, {"since": date(2024, 3, 15)}, ["2"]),
    (PLACES, {"until": date(2024, 3, 14)}, ["1"]),
    (HAZARDS, {"due_since": date(2024, 4, 12)}, ["1-02"]),
    (HAZARDS, {"due_since": date(2024, 4, 11), "due_until": date(2024, 4, 11)}, ["1-01"]),
    (PLACES, {"due_until": date(2024, 4, 15)}, ["1"]),
    (PLACES, {"due_since": date(2024, 4, 12)}, []),
    (HAZARDS, {"place": "松昆安整-2024-0002"}, ["2-01"]),
    (PLACES, {"units": {"village": ["汤村居委会"], "implementer": ["高科技公司"]}}, ["1", "2"]),
    (PLACES, {"text": "0002"}, ["2"]),
    (PLACES, {"text": "秦安街"}, ["2"]),
    (PLACES, {"text": "公路 1 号"}, ["1"]),
    (PLACES, {"text": "文翔包装"}, ["1"]),
    (HAZARDS, {"text": "文翔包装"}, ["1-01", "1-02"]),
    (PLACES, {"text": "%"}, []),
]


@pytest.mark.parametrize(("kind", "wanted", "numbers"), FOUND, ids=str)
def test_a_filter_finds_what_it_says(ledger, kind, wanted, numbers):
    assert ledger.found(kind, **wanted) == numbers


@pytest.mark.parametrize("order", ["new", "old", "risk", "due", "name"])
@pytest.mark.parametrize("kind", [PLACES, HAZARDS])
def test_pages_of_every_order_follow_each_other_without_gap_or_repetition(ledger, kind, order):
    if kind not in ledger_list.ORDERS[order]:
        return
    for number in range(4, 11):
        ledger.add(place(number, risk_level=[None, "低", "重大"][number % 3], name="同名" if number % 2 else f"厂房 {number}"))
        ledger.add(hazard(number, 1, 1, deadline=[None, NOW, NOW + timedelta(hours=number // 2)][number % 3]))
    whole = ledger.page(kind, order=order).rows

    paged, after = [], None
    while after is not None or not paged:
        listed = ledger.page(kind, order=order, after=after, limit=2)
        paged, after = paged + listed.rows, listed.after
        assert len(paged) <= len(whole)

    assert paged == whole


def test_orders_put_first_what_they_say(ledger):
    assert ledger.found(PLACES, order="new") == ["2", "1"]
    assert ledger.found(PLACES, order="risk") == ["2", "1"]
    assert ledger.found(PLACES, order="due") == ["1", "2"]
    assert ledger.found(HAZARDS, order="due") == ["1-01", "1-02", "2-01"]


@pytest.mark.parametrize(
    ("order", "position"), [("new", [1]), ("new", "x"), ("new", ["a", "b"]), ("risk", ["x", "y"]), ("due", ["x", "y"])]
)
def test_a_position_that_is_none_is_refused(ledger, order, position):
    with pytest.raises((ValueError, TypeError)):
        ledger.page(HAZARDS, order=order, after=position)


def test_numbers_are_those_of_the_lists_that_they_open(ledger):
    assert ledger.counts(PLACES) == {"整改中": (1, 1), "已销号": (1, 0), "误录撤销": (1, 0)}
    assert ledger.counts(HAZARDS, overdue=True) == {"已上账": (2, 1), "复查合格": (1, 0), "误录撤销": (1, 0)}
    for kind in (PLACES, HAZARDS):
        for status, (number, late) in ledger.counts(kind).items():
            assert len(ledger.found(kind, status=status)) == number
            assert len(ledger.found(kind, status=status, overdue=True)) == late


def test_a_party_sees_what_is_its_own_and_of_others_nothing(ledger):
    assert ledger.found(PLACES, FACTORY) == ["1"]
    assert ledger.found(HAZARDS, FACTORY) == ["1-01"]
    assert ledger.found(HAZARDS, FACTORY, text="文翔包装") == []
    assert ledger.counts(HAZARDS, FACTORY) == {"已上账": (1, 1)}

    (row,) = ledger.page(PLACES, FACTORY).rows

    assert (row["hazards"], row["tenant"], row["owner"], row["deadline"]) == (1, ["昆港五金厂"], [], NOW - timedelta(days=1))
    assert "fine_unit" not in row and "urged" not in row
    told = {column.name for column in ledger_columns.columns(HAZARDS, FACTORY)}
    assert told.isdisjoint({"source", "fine_unit", "fine_person", "urged", "interviewed", "enforcement_no"})


def test_a_person_of_the_same_name_is_no_party(ledger):
    assert ledger.found(PLACES, Actor("gu", "顾阿根", frozenset({"企业", "企业@顾阿根"}))) == []


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        *((("居村", "居村@汤村居委会"), 2), (("执法队",), 2), ((AUDITOR,), 2), ((DESIGNER,), 0), ((), 0)),
        *((("企业",), 0), (("企业", "企业@无此厂"), 0)),
    ],
    ids=str,
)
def test_the_town_s_people_and_auditors_see_all_of_it(ledger, roles, seen):
    assert len(ledger.found(PLACES, Actor("x", "某", frozenset(roles)))) == seen


def instance(key, **more):
    told = {"root_key": 10, "definition_key": 1, "process_id": "hazard_rectification", "status": "ACTIVE", "state": b"", "revision": 1}
    told |= {"started": NOW, "started_by": "wang", "history_seq": 1, "history_head": ""}
    return ProcessInstance(key=key, **told | more)


def test_a_hazard_that_is_being_put_right_opens_its_own_process_and_its_place_has_its_deadline(ledger):
    # given
    ledger.add(Deployment(key=1, deployed=NOW, actor="system"))
    ledger.add(Resource(key=1, deployment_key=1, name="x", hash="", content=b""))
    ledger.add(ProcessDefinition(key=1, process_id="hazard_rectification", version=1, deployment_key=1, resource_key=1))
    late = NOW - timedelta(days=2)
    ledger.add(instance(21), hazard(1, 3, 2, status="整改中", deadline=late, deadline_provisional=True, instance_key=21))

    # when
    *_, row = ledger.page(HAZARDS, village="陈坊村居委会").rows

    # then
    assert (row["deadline"], row["provisional"], row["is_overdue"], row["case_key"]) == (late, True, True, 21)
    assert ledger.found(HAZARDS, status="整改中") == ["1-03"]
    assert ledger.found(HAZARDS, overdue=True, order="due") == ["1-03", "1-01"]
    (of_place,) = ledger.page(PLACES, overdue=True).rows
    assert (of_place["deadline"], of_place["hazards_late"], of_place["hazards_open"]) == (late, 2, 3)
    # Nobody has a task in it, so that only whoever sees all cases opens it.
    assert not row["opens"]
    assert ledger.page(HAZARDS, Actor("jiang", "蒋审", frozenset({AUDITOR})), status="整改中").rows[0]["opens"]


def test_a_deadline_runs_as_long_as_the_hazard_is_open(ledger):
    # given
    ledger.add(hazard(1, 3, 1, status="待复查", deadline=NOW - timedelta(days=2)))
    assert ledger.found(HAZARDS, overdue=True, order="due") == ["1-03", "1-01"]

    # when it passes, when it is voided, when its place is at rest
    with ledger.store_engine.connect().execution_options(write=True) as connection, Session(bind=connection) as session:
        session.get(Hazard, "松昆安整-2024-0001-03").status = "复查合格"
        session.get(Hazard, "松昆安整-2024-0001-01").voided = True
        session.commit()

    # then
    assert ledger.found(HAZARDS, overdue=True) == [] and ledger.found(PLACES, overdue=True) == []
    assert ledger.page(PLACES, order="due").rows[0]["deadline"] == NOW + timedelta(days=3)


#: What a list of hazards is asked for, and the index by which the first table of its plan is found, and is in order.
PLANS = [
    ({}, "new", "hazard", "sqlite_autoindex_hazard_1"),
    ({}, "due", "hazard", "ix_hazard_due"),
    ({"status": "整改中"}, "new", "hazard", "ix_hazard_status"),
    ({"status": "整改中"}, "due", "hazard", "ix_hazard_status_due"),
    ({"overdue": True}, "due", "hazard", "ix_hazard_due"),
    ({"due_since": date(2024, 4, 1), "due_until": date(2024, 4, 30)}, "due", "hazard", "ix_hazard_due"),
    ({"status": "待复查", "overdue": True}, "due", "hazard", "ix_hazard_status_due"),
]


@pytest.mark.parametrize(("wanted", "order", "table", "index"), PLANS, ids=str)
def test_hazards_are_found_and_put_in_order_by_an_index(store_engine, wanted, order, table, index):
    if store_engine.dialect.name != "sqlite":
        return  # PostgreSQL chooses by how many rows there are
    statements = []
    with store_engine.connect() as connection:
        event.listen(store_engine, "before_cursor_execute", lambda *told: statements.append(told[2:4]))
        ledger_list.page(connection, CENTER, HAZARDS, Wanted(**wanted), order, None, 50, NOW)
        behind = [NOW.isoformat(), "松昆安整-2024-0001-01"][0 if order == "due" else 1 :]
        ledger_list.page(connection, CENTER, HAZARDS, Wanted(**wanted), order, behind, 50, NOW)
        first, second = (
            [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", told)]
            for statement, told in [each for each in statements if " AS by_0" in each[0]]
        )

    # of no page more rows are touched than it has, and the second one begins where the first one ended
    for plan in (first, second):
        assert f" {table} USING INDEX {index}" in plan[0] and len([step for step in plan if step.startswith("SCAN")]) <= (plan is first)
        assert not [step for step in plan if "TEMP B-TREE" in step]
    assert second[0].startswith("SEARCH")


def test_papers_and_fines_are_counted_for_the_hazard_and_for_the_place(ledger):
    # given
    ledger.add(PaperTemplate(sha256="0", name="x", content=b""))
    for key, kind, number, voided in ((1, "督促函", 1, None), (2, "督促函", 2, None), (3, "督促函", 1, NOW), (4, "约谈通知书", 1, None)):
        told = {
            "series": "x",
            "ordinal": key,
            "template": "x",
            "template_sha256": "0",
            "organ": "x",
            "seal": "x",
            "root_key": 10,
            "data": "{}",
        }
        told |= {"instance_key": 10, "case_no": "松昆安整-2024-0001", "hazard_no": f"松昆安整-2024-0001-0{number}", "addressee": "x"}
        ledger.add(Paper(key=key, kind=kind, number=str(key), issued=NOW, issued_by="wang", voided=voided, **told))
    for key, kind, fine, status in ((1, "单位", 27_500, "执行中"), (2, "个人", 5_500, "执行中"), (3, "单位", 9_000, "已撤销")):
        told = {
            "enforcement_no": "松昆安立-2024-0001",
            "act_date": date(2024, 4, 2),
            "name": "x",
            "role": "x",
            "article": "x",
            "mode": "本级",
        }
        told |= {
            "organ": "x",
            "fined": True,
            "case_no": "松昆安整-2024-0001",
            "hazard_no": "松昆安整-2024-0001-01",
            "paid": 0,
            "late_fine": 0,
        }
        ledger.add(Penalty(key=key, kind=kind, fine=fine, status=status, **told))

    # when
    first, second, _ = ledger.page(HAZARDS).rows
    of_place, other = ledger.page(PLACES).rows

    # then
    for row in (first, of_place):
        assert (row["fine_unit"], row["fine_person"]) == (Decimal(27_500), Decimal(5_500))
        assert row["enforcement_no"] == ["松昆安立-2024-0001"]
    assert [row["urged"] for row in (first, second, of_place, other)] == [1, 1, 2, 0]
    assert [row["interviewed"] for row in (first, second, of_place)] == [1, 0, 1]
    assert second["fine_unit"] is None and other["enforcement_no"] == []


def test_what_people_wrote_into_a_text_is_shown_without_its_numbers(ledger):
    (row,) = ledger.page(PLACES, status="误录撤销").rows
    (remark,) = (column for column in ledger_columns.COLUMNS if column.name == "remark")
    assert ledger_columns.value(remark, row) == "误录撤销：重复登记，见 138****5678"
    assert ledger_columns.clear("身份证310117198001011234，编号 2024013800138000123") == "身份证（证件号码略），编号 2024013800138000123"
