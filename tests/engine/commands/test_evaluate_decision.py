"""试算: somebody asks what a decision says, outside of any case; the evaluation is recorded like every other."""

import orjson
import pytest

from engine.commands.deploy import deploy
from engine.commands.evaluate_decision import evaluate_decision
from engine.domain.errors import NotFound, NotPermitted
from engine.gate.resource import Resource
from engine.store.models import DecisionInstance
from tests.engine.commands.office import ADMIN, DRAWER, LI, ROBOT
from tests.engine.commands.watching import recorded, rows, unchanged
from tests.engine.decisions import written

WORKSHOP = {"major_standard_hit": False, "three_in_one": True, "住宿人数": 3, "exits_ok": False, "n_operators": 1}


def test_the_answer_comes_with_every_decision_on_the_way_and_is_recorded(office):
    # given
    office.deploy("../decisions/risk_level.dmn")

    # when
    with recorded(office) as told:
        answer = evaluate_decision(office.engine, DRAWER, "risk_level", variables=WORKSHOP)

    # then
    assert (answer["output"], answer["failed"], answer["decision"]["version"]) == ('"红"', None, 1)
    score, level = answer["evaluated"]
    assert (score["id"], score["output"], [rule["id"] for rule in score["rules"]]) == ("risk_score", "4", ["s_2", "s_3", "s_5"])
    assert (level["id"], [rule["id"] for rule in level["rules"]]) == ("risk_level", ["l_4"])
    (body,) = told
    assert (body["kind"], body["actor"], body["chain"]) == ("decision:evaluated", "drawer", str(answer["key"]))
    assert body["data"]["decision"] == "risk_level" and [each["id"] for each in body["data"]["evaluated"]] == ["risk_score", "risk_level"]
    kept = rows(office, DecisionInstance)
    keys = {id_: row["key"] for id_, row in answer["decisions"].items()}
    assert [(each["evaluation_key"], each["place"], each["decision_key"], each["root_decision_key"]) for each in kept] == [
        (answer["key"], 1, keys["risk_score"], keys["risk_level"]),
        (answer["key"], 2, keys["risk_level"], keys["risk_level"]),
    ]
    assert [(orjson.loads(each["record"])["output"], each["failure"], each["instance_key"]) for each in kept] == [
        (4, None, None),
        ("红", None, None),
    ]


def two_versions(office):
    """Keys of the versions 1 and 2 of decision `d`."""
    found = []
    for text in ("1", "2"):
        content = written.file(written.decision("d", written.literal(text)))
        deployed = deploy(office.engine, ADMIN, [Resource("d.dmn", content)])["deployed"]
        found += [one["key"] for one in deployed if one["kind"] == "decision"]
    return found


def test_the_newest_version_is_asked_unless_another_is_named(office):
    older, newer = two_versions(office)

    by_id = evaluate_decision(office.engine, ROBOT, "d")
    by_key = evaluate_decision(office.engine, ROBOT, decision_key=older)

    assert (by_id["output"], by_id["decision"]["key"]) == ("2", newer)
    assert (by_key["output"], by_key["decision"]["version"]) == ("1", 1)


def test_an_evaluation_that_fails_says_so_and_is_recorded_too(office):
    # given
    content = written.file(written.decision("f", written.literal("function(x) x + 1")))
    deploy(office.engine, ADMIN, [Resource("f.dmn", content)])

    # when
    with recorded(office) as told:
        answer = evaluate_decision(office.engine, ADMIN, "f")

    # then
    sentence = "Expected decision f to answer a value that can be kept, but found a function"
    assert (answer["failed"], answer["failed_decision_id"], answer["output"]) == (sentence, "f", "null")
    assert [(body["kind"], body["data"]["failed"]) for body in told] == [("decision:evaluated", sentence)]
    assert [each["failure"] for each in rows(office, DecisionInstance)] == [sentence]


def test_a_decision_has_to_be_there(office):
    with unchanged(office), pytest.raises(NotFound, match="Expected a deployed decision with id 'no-such', but there is none"):
        evaluate_decision(office.engine, DRAWER, "no-such")
    with unchanged(office), pytest.raises(NotFound, match="Expected a deployed decision with key 4711, but there is none"):
        evaluate_decision(office.engine, DRAWER, decision_key=4711)


def test_a_villager_cannot_try_a_decision(office):
    office.deploy("../decisions/risk_level.dmn")

    with unchanged(office), pytest.raises(NotPermitted, match=r"Expected a designer, a program or an administrator .* but li is none"):
        evaluate_decision(office.engine, LI, "risk_level", variables=WORKSHOP)
    assert rows(office, DecisionInstance) == []
