"""cases/inbox.py: a task is found by the number, the place and the parties of its case, in one's own queues alone."""

import pytest
from sqlalchemy import insert

from cases import inbox
from cases.parties import Party, Tenure
from cases.places import Place
from cases.titles import titles
from engine.domain import values
from engine.domain.people import AUDITOR, PARTY, Actor
from engine.store.models import Variable
from tests.engine.store.test_inbox import NOW, Queues

LI = Actor("li", "李娜", frozenset({"居村", "居村@陈坊村"}))
ENTERPRISE = Actor("zheng", "郑强", frozenset({PARTY, f"{PARTY}@昆港五金"}))
NUMBER = "松昆安整-2024-0137"


@pytest.fixture
def town(store_engine):
    """Task 21 in the queue 居村 of a case that is on the ledger under NUMBER, with its party; 22 in that of 消防; 23 was done."""
    queues = Queues(store_engine)
    place = {"no": NUMBER, "root_key": 10, "name": "昆港公路 88 号", "address": "3 幢 100%", "lng": 121.1, "lat": 31.0, "datum": "WGS-84"}
    place |= {"village": "陈坊村", "zone": "城镇", "programme": "工业区", "area_types": [], "place_types": [], "owner_nature": "民营"}
    with queues.writing() as connection:
        connection.execute(insert(Place), [place | {"status": "整改中", "listed": NOW}])
        connection.execute(insert(Party), [{"no": 1, "kind": "单位", "name": "昆港五金制品有限公司"}])
        tenure = {"no": 1, "place_no": NUMBER, "party_no": 1, "role": "承租方", "safety_agreement": True, "rank": 1}
        connection.execute(insert(Tenure), [tenure])
    queues.put(21, ["居村"])
    queues.put(22, ["消防"])
    queues.put(23, ["居村"], is_open=False)
    return queues


def found(town, actor, text):
    with town.engine.connect() as connection:
        return inbox.found_by(connection, actor, text)


@pytest.mark.parametrize("text", [NUMBER, "0137", f"{NUMBER}-01", "昆港公路", "100%", "昆港五金"])
def test_a_task_is_found_by_a_part_of_what_the_ledger_knows_of_its_case(town, text):
    assert found(town, LI, text) == {21}
    assert found(town, Actor("zhao", "", frozenset({"执法队"})), text) == set()
    assert found(town, Actor("jiang", "", frozenset({AUDITOR})), text) >= {21, 22}


@pytest.mark.parametrize("text", ["0138", "昆港%路", "昆港_路", "松昆安整-2023"])
def test_what_only_looks_like_a_pattern_is_none(town, text):
    assert found(town, LI, text) == set()


def tell(town, **told):
    rows = [{"instance_key": 10, "scope": 1, "name": name, "value": values.write(value)} for name, value in told.items()]
    with town.writing() as connection:
        connection.execute(insert(Variable), [row | {"key": 900 + at, "root_key": 10} for at, row in enumerate(rows)])


def test_what_is_not_on_the_ledger_yet_is_found_by_what_its_case_tells(town):
    town.put(24, ["居村@陈坊村", "user:li"])
    tell(town, place={"name": "文翔路 1200 弄"}, secret="文翔路 1300 弄")

    assert found(town, LI, "文翔路 1200") == {21, 24}
    assert found(town, LI, "文翔路 1300") == set()


def test_a_party_is_told_nothing_by_the_case_around_its_own(town):
    # given a called instance, 11, of the case 10
    tell(town, place_name="昆港公路 88 号", hazards=[{"category": "H03"}, {"category": "H10"}])
    row = {"key": 21, "instance_key": 11, "root_key": 10}

    with town.engine.connect() as connection:
        to_li, to_party = titles(connection, LI, [row])[21], titles(connection, ENTERPRISE, [row])[21]

    assert (to_li.place, to_li.what) == ("昆港公路 88 号", "2 处隐患")
    assert (to_party.place, to_party.what) == (None, None)
