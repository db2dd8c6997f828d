"""保存草稿: what a designer drew is kept beside what is live, right or wrong, and nobody loses what another saved."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from engine.commands.deploy import deploy
from engine.commands.save_design import save_design
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted, Refused
from engine.domain.people import DESIGNER, Actor
from engine.gate.resource import Resource
from engine.store.deployed import DesignDraft
from tests.engine.commands.office import ADMIN, AUDITOR_, DRAWER, HERE, LI
from tests.engine.commands.together import until_waiting
from tests.engine.commands.watching import recorded, row, rows, unchanged

YIN = Actor("yin", "尹绘", frozenset({DESIGNER}))
COOLING = (HERE / "cooling.bpmn").read_text()
LONGER = COOLING.replace("P10D", "P20D")


def save(office, content, etag=None, by=DRAWER, id="cooling", kind="process", **more):
    """The answer of a save; what is drawn is cooling.bpmn."""
    return save_design(office.engine, by, kind, id, content, etag, **more)


def test_a_draft_is_kept_beside_what_is_live_and_names_everybody_who_drew(office):
    # given
    office.deploy("cooling.bpmn")
    before = office.everything()

    # when two designers go on from each other
    with recorded(office) as told:
        first = save(office, LONGER)
        second = save(office, LONGER.replace("十日届满", "二十日届满"), first["etag"], YIN)

    # then what is live is as it was, and no act was recorded
    assert office.everything() == before and told == []
    assert [one.code for one in first["problems"]] == ["NO_DRAWING"] and first["etag"] != second["etag"]
    kept = row(office, DesignDraft)
    assert (kept["author"], kept["authors"], kept["base_version"]) == ("yin", '["drawer","yin"]', 1)
    assert (kept["resource"], kept["name"], kept["errors"]) == ("cooling.bpmn", "催告期", 0)
    assert "二十日届满" in kept["content"]


def test_who_goes_on_from_an_older_draft_is_told_who_was_faster(office):
    first = save(office, LONGER)
    second = save(office, COOLING, first["etag"], YIN)

    for etag in (first["etag"], None, 77):
        with unchanged(office), pytest.raises(Conflict, match="but yin saved another one at 20") as refused:
            save(office, LONGER, etag)
        assert refused.value.details["draft"]["etag"] == second["etag"]
    with unchanged(office), pytest.raises(Conflict, match="there is none any more") as refused:
        save(office, LONGER.replace('"cooling"', '"heating"'), 77, id="heating")
    assert refused.value.details["draft"] is None


def test_of_two_who_save_at_once_one_is_kept_and_the_other_told(office):
    first = save(office, LONGER)["etag"]
    store = office.engine.store

    def saving(engine, by, days):
        try:
            return save_design(engine, by, "process", "cooling", COOLING.replace("P10D", days), first)["etag"]
        except Conflict as conflict:
            return conflict

    # when neither can write before both have begun
    with ThreadPoolExecutor(2) as pool:
        with store.engine.connect().execution_options(write=True) as connection, connection.begin():
            connection.execute(update(DesignDraft).values(saved=DesignDraft.saved))
            asked = [(office.engine, DRAWER, "P11D"), (office.another_process(), YIN, "P12D")]
            futures = [pool.submit(saving, *one) for one in asked]
            if not store.is_sqlite:
                until_waiting(store.engine, futures)
        answers = [future.result() for future in futures]

    # then
    (kept,) = [one for one in answers if isinstance(one, int)]
    (refused,) = [one for one in answers if isinstance(one, Conflict)]
    assert row(office, DesignDraft)["etag"] == kept == refused.details["draft"]["etag"]


def test_a_wrong_draft_is_kept_with_its_problems_and_an_unreadable_one_is_not(office):
    wrong = save(office, COOLING.replace('targetRef="wait"', 'targetRef="nowhere"'))
    assert "nowhere" in "".join(one.sentence for one in wrong["problems"])
    errors = [one for one in wrong["problems"] if one.severity == "error"]
    assert row(office, DesignDraft)["errors"] == len(errors) > 0

    for kind, content in (("process", COOLING[:-20]), ("process", "<a/>"), ("form", "{"), ("decision", COOLING)):
        with unchanged(office), pytest.raises(Refused, match="Expected content that can be read, but Expected") as refused:
            save(office, content, id="fresh", kind=kind)
        assert refused.value.details["problems"]


def test_only_a_designer_draws_and_nothing_under_another_s_id(office):
    for who in (LI, AUDITOR_):
        with unchanged(office), pytest.raises(NotPermitted, match=f"administrator to draw, but {who.username} is neither"):
            save(office, COOLING, by=who)
    with unchanged(office), pytest.raises(Invalid, match="to be process heating, but its id is cooling") as refused:
        save(office, COOLING, id="heating")
    assert "标识不能改" in refused.value.details["problems"]["content"][0]
    for id in ("../x", "a b", "1st", "x" * 200, ""):
        with unchanged(office), pytest.raises(Invalid, match="the id of a new design to be a letter"):
            save(office, COOLING, id=id)
    with unchanged(office), pytest.raises(NotFound, match="a kind of design among process, decision, form"):
        save(office, COOLING, kind="page")


def test_who_saves_what_is_there_already_has_drawn_nothing(office):
    first = save(office, LONGER)

    assert save(office, LONGER, first["etag"], YIN) == first

    assert row(office, DesignDraft)["authors"] == '["drawer"]'


def test_a_decision_that_belongs_to_another_file_is_a_problem(office):
    table = (HERE / "../decisions/risk_level.dmn").read_text()
    deploy(office.engine, ADMIN, [Resource("risk_level.dmn", table.encode())])

    copied = save(office, table.replace('"risk_level_requirements"', '"copied"'), id="copied", kind="decision")

    assert {(one.element, one.code) for one in copied["problems"]} == {(id, "ID_OF_ANOTHER_DESIGN") for id in ("risk_level", "risk_score")}


def test_others_go_on_while_the_gate_reads(office, monkeypatch):
    # given a file that takes the gate long: whatever others write meanwhile would wait for a lock that is held
    class Slow:
        def check(self, resources, references):
            started.append(office.start("cooling"))
            return checked(resources, references)

    office.deploy("cooling.bpmn")
    started, checked = [], office.engine.gate.check
    monkeypatch.setattr(office.engine, "gate", Slow())

    # when, then
    save(office, LONGER)
    assert len(started) == len(rows(office, DesignDraft)) == 1
