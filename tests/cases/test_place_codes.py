"""What region and place codes ask for (R-15 – R-22): asked of those places alone, kept with the row, read on the ledger and the case."""

import json
from datetime import UTC, datetime

import pytest

from cases import audit_words, case_facts, ledger_columns, ledger_list
from cases.find_duplicates import find_duplicates
from cases.hazards import Hazard
from cases.inspections import Inspection
from cases.ledger_filter import Wanted
from cases.ledger_sight import PLACES
from cases.list_place import list_place
from cases.parties import Party, Tenure
from cases.places import AREA_TYPES, NINE_SMALL, PLACE_TYPES, PROGRAMMES, Place
from cases.verify_inspectors import verify_inspectors
from engine.domain.errors import Invalid
from tests.artefacts.town import ROOT, Case, Town, at
from tests.cases.ledger_room import OFFICER
from tests.forms import filled_place, violations

TOWN = Town()
FORM = json.loads((ROOT / "forms/discovery_intake/report_place.form").read_text())


class Found(Case):
    """发现受理 up to the ledger, which is a real one."""

    def __init__(self, room):
        self.room = room
        super().__init__(TOWN, "discovery_intake", at("2024-04-02T09:00"))

    def answer(self, call):
        handlers = {
            "local:inspection:verify": verify_inspectors, "local:place:find_duplicates": find_duplicates, "local:place:list": list_place
        }  # fmt: skip
        return {"variables": self.room.ask(handlers[call.name], **call.variables)[0]}

    def listed(self, report):
        self.fill_in("report_place", **report).until(at("2024-04-02T15:00")).fill_in("check_report", **filled_place.check_report())
        return self

    def cells(self):
        """{label: what stands in the town's sheet} of its only place."""
        with self.room.store_engine.connect() as connection:
            page = ledger_list.page(connection, OFFICER, PLACES, Wanted(), "old", None, 9, datetime(2024, 4, 3, tzinfo=UTC))
        return {column.label: ledger_columns.value(column, page.rows[0]) for column in ledger_columns.columns(PLACES, OFFICER)}


def test_what_the_codes_of_a_place_ask_for_is_kept_with_it_and_read_on_the_ledger_and_the_case(room):
    # when
    case = Found(room).listed(filled_place.report_shared())

    # then it stands in the rows
    place = room.row(Place)
    assert (place.adjacent_orgs, place.nine_small) == ([{"name": "佘山镇", "duty": "配合"}], ["P6e", "P6i"])
    assert (place.land_owner_district, place.managing_district, place.owner_level) == ("青浦区", "松江区", "区")
    assert (place.land_use_mismatch, place.n_operators, place.n_formats) == (True, 1, None)
    assert (place.structure, place.built, place.fire_facilities) == ("砖混", 1998, ["灭火器"])
    assert [link.unit for link in sorted(room.rows(Tenure), key=lambda link: link.rank)] == [None, "2 层东侧"]
    # and is read on the ledger
    cells = case.cells()
    assert cells["区域类型"] == "本镇与其他镇交界（佘山镇配合）、“飞地”及周边区域（土地属青浦区，由松江区管理）"
    assert cells["场所类型"].endswith("、“九小”场所（小旅馆、小生产加工）")
    assert (cells["登记用途"], cells["实际用途"], cells["用途是否相符"]) == ("工业用地", "生产、住宿", "不符")
    assert cells["承租方"] == f"{filled_place.TENANT}（2 层东侧）"
    # and by whoever works on the case
    (begun,) = case.thrown
    assert ("用途", "登记为工业用地，实际为生产、住宿（不符）") in case_facts.facts(begun.variables)


def test_how_much_is_mixed_in_a_place_is_counted_once(room):
    mixed = filled_place.report_major(hazards=[filled_place.hazard()], inspection=filled_place.inspection())
    mixed["parties"] = mixed["parties"][:2]

    cells = Found(room).listed(mixed).cells()

    assert cells["场所类型"] == "多业态、多产权、多主体混合生产经营场所（2 种业态、1 个产权人、3 个主体）、违法建筑"
    assert (cells["区域类型"], cells["用途是否相符"]) == ("城乡结合区域", "相符")


MIXED = {"place_types": ["混合"], "nine_small": violations.ABSENT, "n_formats": 1, "n_owners": 1}
WRONG = [
    ({"adjacent_orgs": [{"name": one, "duty": "牵头"} for one in ("佘山镇", "石湖荡镇")]}, "adjacent_orgs", "牵头的至多一个"),
    ({"adjacent_orgs": [{"name": "陈坊村居委会", "duty": "配合"}]}, "adjacent_orgs.0.name", "应是另一单位"),
    ({"adjacent_orgs": []}, "adjacent_orgs", "应至少有 1 行"),
    ({"managing_district": "青浦区"}, "managing_district", "应与土地所属区不同"),
    ({"land_owner_district": "青浦"}, "land_owner_district", "应写到区、县、市"),
    ({"land_use": ""}, "facts.land_use_mismatch", "都应填写"),
    ({"nine_small": []}, "nine_small", "为必填项"),
    ({"area_types": ["A1"]}, "adjacent_orgs", "按现有情形不应填写"),
    ({"owner_nature": "民营"}, "owner_level", "按现有情形不应填写"),
    (MIXED, "n_formats", "至少一个应不少于 2"),
    (MIXED | {"n_owners": 2}, "n_owners", "至少登记两个产权人"),
]

ALONE = [{"name": one, "unit": "陈坊村居委会", "cert_no": "09170001"} for one in ("陈阿妹", "陈平")]
WRONG_INSPECTION = [
    ({"inspectors": ALONE}, "inspectors", "执法证号少于两个"),
    ({"mode": "联合"}, "mode", "应来自两个以上单位"),
    ({"mode": "交叉互查", "inspectors": ALONE}, "mode", "不得是场所所属居村（公司）的人"),
]


def test_what_contradicts_a_code_is_named_and_nothing_is_listed():
    case = Found(None)

    for changes, field, said in WRONG:
        report = filled_place.report_shared()
        report["place"] = {name: value for name, value in {**report["place"], **changes}.items() if value is not violations.ABSENT}
        with pytest.raises(Invalid) as refused:
            case.fill_in("report_place", **report)
        sentences = refused.value.details["problems"][field if field.startswith("facts") else f"place.{field}"]
        assert any(said in sentence for sentence in sentences), (changes, sentences)

    for changes, field, said in WRONG_INSPECTION:
        with pytest.raises(Invalid) as refused:
            case.fill_in("report_place", **filled_place.report_shared(inspection=filled_place.official_inspection() | changes))
        assert any(said in sentence for sentence in refused.value.details["problems"][f"inspection.{field}"])

    too_early = filled_place.hazard(grade="重大", standard_hits=["GB35181-2025-直接"])
    factory = filled_place.report_shared(facts=filled_place.facts(land_use_mismatch=False), hazards=[too_early])
    factory["parties"][1] = filled_place.tenant(lessor=filled_place.TENANT)
    with pytest.raises(Invalid) as refused:
        case.fill_in("report_place", **factory)
    assert refused.value.details["problems"].keys() == {
        "place.place_types",
        "parties.1.unit",
        "parties.1.lessor",
        "hazards.0.standard_hits",
    }
    assert case.open == ["report_place"]


def test_the_form_offers_the_codes_and_no_others():
    offered = {each.get("key"): [one["value"] for one in each.get("values", ())] for each in violations.every(FORM["components"])}

    assert offered["area_types"] == list(AREA_TYPES)
    assert offered["place_types"] == list(PLACE_TYPES)
    assert offered["nine_small"] == list(NINE_SMALL)
    assert offered["programme"] == list(PROGRAMMES)


@pytest.mark.parametrize("model", [Place, Party, Tenure, Hazard, Inspection], ids=lambda model: model.__tablename__)
def test_history_has_a_word_for_every_column_of_the_ledger(model):
    named = {column.name: audit_words.column(model.__tablename__, column.name) for column in model.__table__.columns}

    assert [name for name, word in named.items() if word == name] == []
