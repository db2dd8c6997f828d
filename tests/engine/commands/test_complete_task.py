"""提交: what was filled in is held against the form, goes into the case, and opens what follows."""

import orjson
from sqlalchemy import select

from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.domain.errors import Invalid, NotFound, NotPermitted, WrongState
from engine.store.models import ProcessInstance, UserTask, Variable
from engine.store.records import Confidential, History
from tests.engine.commands.office import ADMIN, AUDITOR_, LI, SUN, TANG

MOBILE, NUMBER = "13812345678", "11010519491231002X"
REPORT = {"what": "电线私拉", "cost": 120.5, "reporter": {"mobile": MOBILE, "number": NUMBER, "name": "王某"}}


def begin_reported(office):
    """A case that waits for its first form -> (instance, key)."""
    office.deploy("reported.bpmn", "reported.form")
    instance = office.start("reported")
    return instance, office.task(instance)["key"]


def test_completing_leaves_one_entry_and_opens_what_follows(office):
    # given
    instance, key = office.begin("patrol")

    # when
    answer = complete_task(office.engine, LI, key, {"found": 3})

    # then
    review = office.task(instance, "review")
    assert answer == {"opened": [{"key": review["key"], "element": "review"}]}
    assert office.trail(instance) == [("instance:started", "admin", None), ("task:completed", "li", "inspect")]
    data = office.history(instance)[1]["data"]
    assert (data["task"], data["variables"], data["tasks"]) == (str(key), {"found": "3"}, {"review": ["消防"]})
    assert office.variables(instance) == {"found": 3}
    (done,) = office.db(select(UserTask.__table__).where(UserTask.key == key))
    assert (done["status"], done["completed_by"], done["assignee"]) == ("COMPLETED", "li", "li")


def test_an_administrator_completes_what_somebody_holds_and_history_names_who_did_it(office):
    instance, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    complete_task(office.engine, ADMIN, key, {})

    (done,) = office.db(select(UserTask.__table__).where(UserTask.key == key))
    assert (done["assignee"], done["completed_by"]) == ("li", "admin")
    assert office.trail(instance)[2:] == [("task:completed", "admin", "inspect")]


def test_the_last_task_ends_the_instance(office):
    # given
    instance, key = office.begin("personal")
    complete_task(office.engine, LI, key, {})

    # when
    answer = complete_task(office.engine, SUN, office.task(instance)["key"], {})

    # then
    assert answer == {"opened": []}
    assert office.instance(instance)["status"] == "COMPLETED"
    assert office.history(instance)[2]["data"]["status"] == "COMPLETED"


def test_a_task_that_somebody_holds_is_theirs_to_complete(office):
    _, key = office.begin("patrol")
    claim_task(office.engine, LI, key)

    for other in (SUN, AUDITOR_):
        with office.refuses(NotPermitted, f"Expected to complete user task {key} as li, who holds it, but the caller is {other.username}"):
            complete_task(office.engine, other, key, {})


def test_a_task_that_nobody_holds_is_its_candidates_to_complete(office):
    instance, key = office.begin("patrol")

    with office.refuses(NotFound, "none that tang can see"):
        complete_task(office.engine, TANG, key, {})
    complete_task(office.engine, LI, key, {})
    review = office.task(instance)["key"]
    with office.refuses(NotPermitted, f"Expected to complete user task {review} as a member of 消防, but li is not one"):
        complete_task(office.engine, LI, review, {})


def test_a_task_is_completed_once(office):
    _, key = office.begin("patrol")
    complete_task(office.engine, LI, key, {})

    with office.refuses(WrongState, f"Expected to complete user task {key}, but it is COMPLETED"):
        complete_task(office.engine, LI, key, {})


def test_a_form_names_each_field_that_is_wrong_and_nothing_is_changed(office):
    _, key = begin_reported(office)

    with office.refuses(Invalid, "Expected values that the form reported accepts") as caught:
        complete_task(office.engine, LI, key, {"cost": -1, "reporter": {"mobile": "138", "number": NUMBER}, "level": 3})

    problems = caught.value.details["problems"]
    assert set(problems) == {"what", "cost", "reporter.mobile", "level"}
    assert all("「" in sentence for field, sentences in problems.items() for sentence in sentences if field != "level")
    assert "138" not in str(problems["reporter.mobile"])


def test_what_a_form_marks_as_sensitive_stands_nowhere_in_clear(office):
    # given
    instance, key = begin_reported(office)

    # when it is filed under an idempotency key, and once more by the first of two officers
    complete_task(office.engine, LI, key, REPORT, idempotency_key="一")
    complete_task(office.engine, LI, office.task(instance)["key"], REPORT)

    # then there are an HMAC and a reference in its place, and the values are in the encrypted table
    assert office.tables_with(MOBILE) == office.tables_with(NUMBER) == []
    reporter = office.variables(instance)["reporter"]
    assert reporter.keys() == REPORT["reporter"].keys() and all(value.keys() == {"hmac", "ref"} for value in reporter.values())
    bodies = [orjson.loads(row["body"])["data"] for row in office.db(select(History.body).where(History.chain == instance))]
    assert bodies[1]["variables"]["reporter"] == bodies[2]["filed"]["reporter"] == reporter
    kept = {row["ref"]: row for row in office.db(select(Confidential.__table__))}
    assert {row["root_key"] for row in kept.values()} == {instance}
    opened = {name: office.engine.vault.open(kept[value["ref"]]["value"]) for name, value in reporter.items()}
    assert opened == REPORT["reporter"]


def test_what_is_not_sensitive_stands_as_it_was_filed(office):
    instance, key = begin_reported(office)

    complete_task(office.engine, LI, key, REPORT)

    assert office.variables(instance)["what"] == "电线私拉"
    (cost,) = office.db(select(Variable.value).where(Variable.instance_key == instance, Variable.name == "cost"))
    assert cost["value"] == "120.5"


def test_the_same_number_cannot_be_recognised_from_one_case_to_another(office):
    # given two cases with the same reporter
    reporters = []
    for _ in range(2):
        instance, key = begin_reported(office)
        complete_task(office.engine, LI, key, REPORT)
        reporters.append(office.variables(instance)["reporter"])

    # then
    one, other = reporters
    assert one["mobile"]["hmac"] != other["mobile"]["hmac"] and one["mobile"]["ref"] != other["mobile"]["ref"]
    assert len(office.rows(Confidential)) == 6 and len(office.rows(ProcessInstance)) == 2
