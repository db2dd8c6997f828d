"""An 行政检查 is made by two officers whose certificates are in the register, their own, and valid on its day; a patrol needs none."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from cases.certificates import LAWYER, OFFICER
from cases.organisation import Certificate
from cases.verify_inspectors import FIELD, verify_inspectors
from engine.domain.errors import Invalid
from engine.store.people import Account

NOW = datetime(2024, 4, 2, 1, tzinfo=UTC)
DAY = "2024-04-01T09:30:00+08:00"


@pytest.fixture
def ask(room, store_engine):
    """ask([(name, number)], …): what the handler answers; 潘岳, 陶军 hold certificates, 赵磊's ended the day before, 章法 holds another."""
    people = {"pan.yue": "潘岳", "tao.jun": "陶军", "zhao.lei": "赵磊", "zhang.fa": "章法"}
    held = [("0911", "pan.yue", OFFICER, 2028), ("0912", "tao.jun", OFFICER, 2028), ("0914", "zhang.fa", LAWYER, 2028)]
    rows = [Account(username=username, display_name=name, password_hash="-", changed=NOW) for username, name in people.items()]
    for number, username, kind, last in held:
        valid = {"valid_from": date(2023, 1, 1), "valid_to": date(last, 12, 31)}
        rows.append(Certificate(no=number, kind=kind, username=username, issuer="上海市人民政府", **valid))
    ended = {"valid_from": date(2019, 4, 1), "valid_to": date(2024, 3, 31)}
    rows.append(Certificate(no="0913", kind=OFFICER, username="zhao.lei", issuer="上海市人民政府", **ended))
    with Session(store_engine.execution_options(write=True)) as session, session.begin():
        session.add_all(rows)

    def asked(inspectors, kind="行政检查", at=DAY):
        told = [{"name": name, "unit": "应急管理中心", "cert_no": number} for name, number in inspectors]
        return room.ask(verify_inspectors, inspection={"kind": kind, "at": at, "inspectors": told})

    return asked


def test_two_officers_of_the_register_are_enough_whoever_comes_along(ask):
    assert ask([("潘岳", "0911"), ("陶军", "0912"), ("区局来人", "88001"), ("陈阿妹", "")]) == ({}, [])
    assert ask([("潘岳", "0911"), ("赵磊", "0913")], at="2024-03-31T23:59:00+08:00") == ({}, [])


def test_a_patrol_and_supervision_inside_ask_for_no_certificate(ask):
    for kind in ("巡查", "内部督查"):
        assert ask([("陈阿妹", ""), ("赵磊", "0913")], kind) == ({}, [])


@pytest.mark.parametrize(
    "inspectors, told",
    [
        ([("李四", "0911"), ("潘岳", "0911"), ("陶军", "0912")], "执法证「0911」登记的持证人是潘岳，不是李四。"),
        ([("潘岳", "0911"), ("李四", "0912")], "执法证「0912」登记的持证人是陶军，不是李四。"),
        ([("潘岳", "0911"), ("赵磊", "0913")], "赵磊的执法证「0913」有效期为 2019-04-01 至 2024-03-31，检查当日（2024-04-01）无效。"),
        ([("潘岳", "0911"), ("王五", "99999")], "填写的证号中只有 1 个在册；不在册的：「99999」。"),
        ([("潘岳", "0911"), ("章法", "0914")], "填写的证号中只有 1 个在册；不在册的：「0914」。"),
        ([("王五", "99998"), ("赵六", "99999")], "只有 0 个在册；不在册的：「99998」、「99999」。"),
    ],
)
def test_who_is_no_officer_on_that_day_is_named_at_the_field(ask, inspectors, told):
    with pytest.raises(Invalid) as refused:
        ask(inspectors)
    (problem,) = refused.value.details["problems"][FIELD]
    assert told in problem
