"""DMN-0 分派: the one unit that carries out, the department of the trade and the leader (松昆府〔2024〕21号五（一）)."""

from itertools import product

import pytest

from tests.artefacts.tables import File

FILE = File("place_case/assignment.dmn")
PROGRAMMES = ("工业区", "社区", "商铺商圈", "养老场所")
OWNERS = ("国有", "镇集体", "村集体", "民营", "个人")


def place(programme, owner_nature, *area_types):
    return {"village": "陈坊村", "programme": programme, "owner_nature": owner_nature, "area_types": list(area_types)}


CASES = [
    (place("工业区", "民营", "A1"), "高科技公司", "应急管理中心"),
    (place("工业区", "国有"), "高科技公司", "应急管理中心"),
    (place("工业区", "个人", "A3", "A4"), "高科技公司", "应急管理中心"),
    (place("工业区", "村集体", "A4"), "陈坊村", "应急管理中心"),
    (place("工业区", "镇集体"), "陈坊村", "应急管理中心"),
    (place("社区", "镇集体"), "陈坊村", "应急管理中心"),
    (place("商铺商圈", "镇集体"), "陈坊村", "应急管理中心"),
    (place("社区", "个人", "A1"), "陈坊村", "房管所"),
    (place("商铺商圈", "民营"), "陈坊村", "市场监管所"),
    (place("养老场所", "镇集体"), "陈坊村", "社会事务办"),
    (place("养老场所", "民营", "A3"), "陈坊村", "社会事务办"),
    (place("工业区", "民营", "A1", "A2"), "应急管理中心", "应急管理中心"),
    (place("工业区", "村集体", "A2c"), "应急管理中心", "应急管理中心"),
    (place("社区", "个人", "A5"), "应急管理中心", "房管所"),
    (place("商铺商圈", "镇集体", "A5"), "应急管理中心", "市场监管所"),
    (place("养老场所", "个人", "A2"), "应急管理中心", "社会事务办"),
    ({**place("社区", "个人"), "area_types": None}, "陈坊村", "房管所"),
]


@pytest.mark.parametrize("case, implementer, department", CASES)
def test_a_place_has_one_implementer_and_one_department(case, implementer, department):
    found = FILE.decide(**case)
    assert (found["implementer"], found["industry_dept"]) == (implementer, department)


def test_every_place_has_an_implementer_a_department_a_leader_and_a_basis():
    for programme, owner, area in product(PROGRAMMES, OWNERS, ((), ("A1",), ("A2",), ("A5", "A3"))):
        found = FILE.decide(**place(programme, owner, *area))
        assert found.keys() == {"implementer", "industry_dept", "leader", "basis"} and all(found.values())


def test_the_leader_follows_the_programme_wherever_the_place_is():
    for programme in PROGRAMMES:
        assert len({FILE.decide(**place(programme, owner, area))["leader"] for owner in OWNERS for area in ("A1", "A2", "A5")}) == 1


def test_the_asset_company_works_with_the_village_and_does_not_replace_it():
    found = FILE.decide(**place("工业区", "镇集体"))
    assert found["implementer"] == "陈坊村" and "资产公司" in found["basis"]


def test_every_rule_is_matched_analysed_and_dated():
    assert FILE.unmatched(case for case, *_ in CASES) == FILE.findings == FILE.undated == []
