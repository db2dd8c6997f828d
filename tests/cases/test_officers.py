"""A paper by officers, and the row of a re-check, name those who did the task under their own accounts, and their certificates of then."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from cases import papers
from cases.certificates import OFFICER
from cases.enter_inspection import enter_inspection
from cases.inspections import Inspection, faults
from cases.officers import issue_by_officers
from cases.organisation import Certificate
from engine.commands.handlers import HandlerCall
from engine.domain import values
from engine.domain.people import Actor
from engine.store.models import UserTask
from engine.store.people import Account
from tests.cases.paper_samples import SAMPLES

NOW = datetime(2024, 4, 28, 1, 30, tzinfo=UTC)
PEOPLE = {"pan.yue": "潘岳", "tao.jun": "陶军", "zhao.lei": "赵磊", "admin": "管理员"}


@pytest.fixture
def session(store_engine):
    """A session on the transaction of a step; 潘岳 and 陶军 hold certificates, 赵磊's came to its end the day before."""
    with store_engine.connect().execution_options(write=True) as connection, connection.begin() as transaction:
        found = Session(bind=connection, join_transaction_mode="rollback_only")
        for username, name in PEOPLE.items():
            found.add(Account(username=username, display_name=name, password_hash="-", changed=NOW))
        for number, username, last in (("0911", "pan.yue", 2028), ("0910", "pan.yue", 2025), ("0912", "tao.jun", 2028)):
            valid = {"valid_from": date(2023, 1, 1), "valid_to": date(last, 12, 31)}
            found.add(Certificate(no=number, kind=OFFICER, username=username, issuer="上海市人民政府", **valid))
        valid = {"valid_from": date(2019, 4, 28), "valid_to": date(2024, 4, 27)}
        found.add(Certificate(no="0913", kind=OFFICER, username="zhao.lei", issuer="上海市人民政府", **valid))
        found.flush()
        yield found
        transaction.rollback()


def did(session, number, completed_by, *confirmed_by, completed=None):
    """A round of the task 复查 in instance 12; `completed`: when, or None while its completion is what the step is about."""
    known = {"instance_key": 12, "root_key": 11, "definition_key": 1, "process_id": "hazard_rectification", "element_id": "recheck"}
    done = {"completed_by": completed_by, "confirmed_by": values.write(list(confirmed_by)), "completed": completed}
    sent = {"status": "COMPLETING", "candidate_groups": "[]", "candidate_users": "[]", "priority": 50, "created": NOW, "headers": "{}"}
    # A later round need not have a higher key: keys come in blocks.
    session.add(UserTask(key=1000 - number, number=number, **known, **done, **sent))
    session.flush()


def named(session, actor, officers_of="recheck"):
    """The officers in the 复查意见书 that a step of somebody's brings about."""
    organ, seal, mode, addressee, data = SAMPLES["复查意见书"]
    told = {"kind": "复查意见书", "organ": organ, "seal": seal, "mode": mode, "addressee": addressee, "officers_of": officers_of}
    told |= {"data": {name: value for name, value in data.items() if name != "officers"}, "case_no": None, "hazard_no": None}
    call = HandlerCall(told, {}, Actor(actor), NOW, None, 12, 11, None, "issue_recheck_opinion", "hazard_rectification")
    answer, _ = issue_by_officers(session, call)
    return values.read(session.get(papers.Paper, int(answer["paper"]["key"])).data)["officers"]


def test_whoever_filed_and_whoever_confirms_now_are_named_with_their_certificates(session):
    did(session, 4, "zhao.lei", "pan.yue", completed=NOW)
    did(session, 9, "tao.jun")
    assert named(session, "pan.yue") == [{"name": "陶军", "cert_no": "0912"}, {"name": "潘岳", "cert_no": "0911"}]


def test_whoever_puts_an_incident_right_afterwards_is_no_officer(session):
    did(session, 9, "tao.jun", "pan.yue", completed=NOW)
    assert [each["name"] for each in named(session, "admin")] == ["陶军", "潘岳"]


def test_a_certificate_that_has_ended_is_none(session):
    did(session, 9, "zhao.lei")
    assert named(session, "tao.jun") == [{"name": "赵磊", "cert_no": None}, {"name": "陶军", "cert_no": "0912"}]


def test_one_officer_alone_makes_no_paper(session):
    did(session, 9, None)
    with pytest.raises(ValueError, match=r"应写明两名以上执法人员.*但只有1名"):
        named(session, "tao.jun")


def test_a_task_that_nobody_did_is_told(session):
    with pytest.raises(ValueError, match="应写明办理“serve”的人，但本案中没有人办理过"):
        named(session, "tao.jun", officers_of="serve")


def test_a_re_check_enters_an_inspection_by_the_same_officers(session):
    # given
    did(session, 9, "tao.jun")
    found = {"at": "2024-04-28T09:00:00+08:00", "check_code": "SH-2024-000137", "result": "部分合格"}
    told = {"hazard_no": "松昆安整-2024-0001-01", "officers_of": "recheck", "inspection": found}

    # when
    _, (change,) = enter_inspection(
        session, HandlerCall(told, {}, Actor("pan.yue"), NOW, None, 12, 11, None, "record_inspection", "hazard")
    )

    # then the row lacks nothing that an 行政检查 must have, and history is told of it
    row = session.get(Inspection, int(change["key"]))
    assert (row.kind, row.trigger, row.place_no, row.check_code, row.result) == (
        "行政检查",
        told["hazard_no"],
        None,
        *[*found.values()][1:],
    )
    assert row.inspectors == [{"name": "陶军", "cert_no": "0912"}, {"name": "潘岳", "cert_no": "0911"}]
    assert faults(change["after"]) == [] and (change["table"], change["before"]) == ("inspection", None)
