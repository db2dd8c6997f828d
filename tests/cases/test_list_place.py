"""上账: the place, its chain of parties, its hazards and the inspection stand on the ledger, each row told to history."""

from datetime import date
from decimal import Decimal

import pytest

from cases.find_duplicates import find_duplicates, plain
from cases.hazards import Hazard
from cases.inspections import Inspection, faults
from cases.list_place import begin_place, list_place
from cases.parties import Party, Tenure
from cases.places import Place
from tests.forms import filled_place

MARK = {"hmac": "5f" * 32, "ref": "r-1"}


def told(**changes):
    """What the diagram hands over when a report with two parties and two hazards was checked."""
    parties = [filled_place.owner(), filled_place.tenant()]
    for party in parties:
        party["mobile"] = MARK
    hazards = [filled_place.hazard(), filled_place.hazard(party=filled_place.OWNER, category="H17")]
    report = filled_place.report_place(parties=parties, hazards=hazards)
    given = {name: report[name] for name in ("place", "parties", "hazards", "inspection", "source")}
    return {**given, "ticket_no": None, "reopened_from": None, **changes}


def listed(room, **changes):
    return room.ask(list_place, **told(**changes))


def test_a_place_gets_the_next_number_of_its_year(room):
    first, _ = listed(room)
    second, _ = listed(room)
    room.now = room.now.replace(year=2025)
    third, _ = listed(room)

    assert [one["case_no"] for one in (first, second, third)] == ["松昆安整-2024-0001", "松昆安整-2024-0002", "松昆安整-2025-0001"]


def test_a_number_whose_step_failed_is_given_again(room):
    with pytest.raises(ValueError, match="隐患的责任方应是当事人之一，但填写的是无名氏"):
        listed(room, hazards=[filled_place.hazard(party="无名氏")])

    answer, _ = listed(room)

    assert answer["case_no"] == "松昆安整-2024-0001"
    assert len(room.rows(Place)) == 1


def test_an_official_inspection_without_its_code_enters_nothing(room):
    bare = filled_place.inspection(kind="行政检查")

    with pytest.raises(ValueError, match="行政检查应有检查码，但没有填写；行政检查应有检查计划编号或者触发依据"):
        listed(room, inspection=bare)

    assert room.rows(Place) == []


def test_everything_that_was_told_stands_on_the_ledger(room):
    # when
    answer, _ = listed(room)

    # then
    place = room.row(Place)
    assert (place.no, place.status, place.village, place.listed) == ("松昆安整-2024-0001", "已上账", "陈坊村居委会", room.now)
    assert (place.lng, place.floor_area, place.area_types) == (Decimal("121.130000"), Decimal("1200.50"), ["A1"])
    owner, tenant = sorted(room.rows(Party), key=lambda party: party.no)
    assert (owner.uscc, tenant.name, tenant.mobile) == (filled_place.OWNER_USCC, filled_place.TENANT, MARK)
    chain = sorted(room.rows(Tenure), key=lambda link: link.rank)
    assert [(link.role, link.party_no, link.lessor_no) for link in chain] == [("产权人", owner.no, None), ("承租方", tenant.no, owner.no)]
    assert (chain[1].since, chain[1].safety_agreement, chain[1].area) == (date(2023, 1, 1), True, Decimal("600.00"))
    hazards = sorted(room.rows(Hazard), key=lambda hazard: hazard.no)
    assert [(hazard.no, hazard.category, hazard.party_no) for hazard in hazards] == [
        ("松昆安整-2024-0001-01", "H03", tenant.no),
        ("松昆安整-2024-0001-02", "H17", owner.no),
    ]
    assert room.row(Inspection).place_no == place.no
    assert [(one["hazard_no"], one["enterprise"]) for one in answer["hazards"]] == [
        ("松昆安整-2024-0001-01", filled_place.TENANT),
        ("松昆安整-2024-0001-02", filled_place.OWNER),
    ]


def test_history_is_told_of_every_row(room):
    _, changes = listed(room)

    assert [change["table"] for change in changes] == ["place", "party", "party", "tenure", "tenure", "hazard", "hazard", "inspection"]
    assert all(change["before"] is None for change in changes)
    assert changes[0]["after"]["name"] == filled_place.place()["name"]


def test_a_party_that_is_known_by_its_credit_code_is_not_entered_again(room):
    # given
    listed(room)
    changed = told()
    changed["parties"][1]["person"] = "郑小强"

    # when
    _, changes = room.ask(list_place, **changed)

    # then only what is new of it is told
    assert len(room.rows(Party)) == 2
    (change,) = [change for change in changes if change["table"] == "party"]
    assert (change["before"], change["after"]) == ({"person": "郑强"}, {"person": "郑小强"})


def test_a_relapse_keeps_where_it_comes_from(room):
    first, _ = listed(room)

    listed(room, reopened_from=first["case_no"])

    assert room.row(Place, Place.no == "松昆安整-2024-0002").reopened_from == first["case_no"]


def test_what_was_never_listed_cannot_be_opened_again(room):
    with pytest.raises(ValueError, match="台账上没有编号为松昆安整-2020-0001的场所"):
        listed(room, reopened_from="松昆安整-2020-0001")

    assert room.rows(Place) == []


def test_the_main_process_stands_with_its_place(room):
    answer, _ = listed(room)

    _, changes = room.ask(begin_place, place_no=answer["place_no"])

    assert changes[0]["after"] == {"root_key": 10, "status": "待分派"}
    assert room.row(Place).root_key == 10


@pytest.mark.parametrize(
    "name, address, found",
    [
        ("别的厂", "上海市松江区小昆山镇昆港公路88号3幢二层", True),
        ("昆港公路88号3号厂房", "别处 1 号", True),
        ("昆港公路 ８８ 号 ３ 号厂房", "别处 1 号", True),
        ("文翔路仓库", "文翔路 100 号", False),
    ],
)
def test_what_looks_the_same_is_shown_and_what_does_not_is_not(room, name, address, found):
    listed(room)

    answer, changes = room.ask(find_duplicates, name=name, address=address, village="陈坊村居委会")

    assert [one["no"] for one in answer["duplicates"]] == (["松昆安整-2024-0001"] if found else [])
    assert changes == []
    assert room.ask(find_duplicates, name=name, address=address, village="汤村居委会")[0]["duplicates"] == []


def test_of_many_that_look_the_same_the_ten_newest_are_shown(room):
    for _ in range(11):
        listed(room)

    answer, _ = room.ask(find_duplicates, name="别的厂", address="昆港公路88号3幢二层", village="陈坊村居委会")

    assert [one["no"][-2:] for one in answer["duplicates"]] == ["11", "10", "09", "08", "07", "06", "05", "04", "03", "02"]


def test_an_address_is_compared_without_what_people_write_differently():
    assert plain("上海市松江区小昆山镇 昆港公路（北）８８-１号") == plain("昆港公路北88—1号")


def test_only_an_official_inspection_needs_a_code_a_reason_and_two_certified_officers():
    bare = {"kind": "行政检查", "inspectors": [{"name": "王", "cert_no": "1"}, {"name": "李", "cert_no": "1"}]}
    assert faults(filled_place.inspection()) == []
    assert faults(filled_place.official_inspection()) == []
    assert faults(bare) == [
        "行政检查应有检查码，但没有填写",
        "行政检查应有检查计划编号或者触发依据，但两者都没有填写",
        "行政检查应有两名持证执法人员，但只填写了 1 个执法证号",
    ]
