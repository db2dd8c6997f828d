"""`local:` handlers: functions of the campaign on a step's own transaction; what they do is saved with the step, or not at all."""

import contextlib

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from engine.commands.complete_task import complete_task
from engine.commands.resolve_incident import resolve_incident
from engine.domain.errors import Invalid
from engine.domain.people import ADMINISTRATOR
from engine.store.models import Incident, ProcessInstance
from engine.store.records import Comment
from tests.engine.commands.office import ADMIN, LI


def entering(session, call):
    """A handler that writes a row with the ORM, and tells what it changed."""
    key = 2 * call.instance_key + (call.element_id == "count")
    row = Comment(key=key, root_key=call.root_key, username=call.actor.username, at=call.now, text=call.variables["what"])
    session.add(row)
    return {"entered": True}, [{"table": "comment", "key": row.key, "before": None, "after": {"text": row.text}}]


def counting(session, call):
    """A handler that reads what the one before it wrote in the same step."""
    found = session.execute(select(Comment.text).where(Comment.root_key == call.root_key)).scalars().all()
    return {"counted": len(found)}, [{"table": "comment", "key": call.instance_key, "before": {"n": 0}, "after": {"n": len(found)}}]


def refusing(session, call):
    """A handler that writes, and then cannot do it."""
    entering(session, call)
    session.flush()
    raise LookupError("台账已封存")


def given(office, enter=entering, count=counting):
    """A case that waits for the task before the handlers -> (instance, key)."""
    office.engine.register("local:enter", enter, [ADMINISTRATOR])
    office.engine.register("local:count", count, [ADMINISTRATOR])
    return office.begin("handled")


def comments(office):
    """The texts that handlers have written."""
    return [row["text"] for row in office.db(select(Comment.text))]


def open_incident(office):
    """The one open incident."""
    (row,) = office.db(select(Incident.__table__).where(Incident.resolved.is_(None)))
    return row


def test_handlers_of_one_step_see_each_others_work_and_leave_one_entry(office):
    # given
    instance, key = given(office)

    # when
    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    # then
    assert comments(office) == ["电线私拉"]
    assert office.variables(instance) == {"what": "电线私拉", "entered": True, "counted": 1}
    assert office.task(instance, "assign")["status"] == "CREATED"
    assert office.trail(instance)[1:] == [("task:completed", "li", "file")]
    assert office.history(instance)[1]["changes"] == [
        {"table": "comment", "key": str(2 * instance), "before": None, "after": {"text": "电线私拉"}},
        {"table": "comment", "key": str(instance), "before": {"n": 0}, "after": {"n": 1}},
    ]


def test_a_handler_is_told_who_acts_when_and_where(office):
    # given
    told = []

    def listening(session, call):
        told.append(call)
        return {}, []

    instance, key = given(office, enter=listening)

    # when
    complete_task(office.engine, LI, key, {"what": "灭火器过期"})

    # then
    (call,) = told
    assert (call.actor, call.element_id, call.process_id) == (LI, "enter", "handled")
    assert (call.instance_key, call.root_key, call.business_id) == (instance, instance, None)
    assert call.variables["what"] == "灭火器过期"
    assert call.now.isoformat(timespec="microseconds").replace("+00:00", "Z") == office.history(instance)[1]["at"]


def test_one_that_raises_rolls_all_back_and_leaves_an_incident(office):
    # given a second handler that fails after the first has written
    instance, key = given(office, count=refusing)

    # when
    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    # then the first one's work stands, done again in the second transaction, and nothing of the second's
    assert comments(office) == ["电线私拉"]
    incident = open_incident(office)
    assert (incident["element_id"], incident["error_type"]) == ("count", "JOB_NO_RETRIES")
    assert incident["message"] == "local:count: LookupError: 台账已封存"
    assert office.instance(instance)["incidents"] == 1
    assert office.trail(instance)[1:] == [("task:completed", "li", "file")]
    entry = office.history(instance)[1]
    assert entry["data"]["incidents"] == {"count": "local:count: LookupError: 台账已封存"}
    assert [change["after"] for change in entry["changes"]] == [{"text": "电线私拉"}]


def test_what_a_failed_handler_wrote_is_nowhere(office):
    _, key = given(office, enter=refusing)

    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    assert comments(office) == []
    assert open_incident(office)["element_id"] == "enter"


def test_what_a_handler_finds_wrong_is_said_to_whoever_asked_and_leaves_nothing(office):
    # given
    def wrong(session, call):
        entering(session, call)
        raise Invalid("Expected a number on the ledger, but there is none", problems={"number": ["台账上没有这个编号。"]})

    instance, key = given(office, enter=wrong)
    before = office.trail(instance)

    # when
    with pytest.raises(Invalid) as refused:
        complete_task(office.engine, LI, key, {"what": "已上账"})

    # then the task is as it was
    assert refused.value.details["problems"] == {"number": ["台账上没有这个编号。"]}
    assert comments(office) == [] and office.db(select(Incident.key)) == []
    assert office.trail(instance) == before and office.task(instance, "file")["status"] == "CREATED"


def test_its_incident_can_be_resolved_and_the_handler_is_asked_again(office):
    # given
    instance, key = given(office, enter=refusing)
    complete_task(office.engine, LI, key, {"what": "电线私拉"})
    incident = open_incident(office)["key"]

    # when nothing was put right, there is a new incident
    resolve_incident(office.engine, ADMIN, incident)
    again = open_incident(office)["key"]
    assert again != incident

    # and when it was, the case goes on
    office.engine.register("local:enter", entering, [ADMINISTRATOR])
    resolve_incident(office.engine, ADMIN, again)
    assert comments(office) == ["电线私拉"]
    assert office.task(instance, "assign")["status"] == "CREATED"
    assert office.instance(instance)["incidents"] == 0
    assert office.trail(instance)[2:] == [("incident:resolved", "admin", "enter")] * 2


def test_a_handler_that_nobody_registered_leaves_an_incident(office):
    instance, key = given(office)
    del office.engine.handlers["local:enter"]

    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    assert open_incident(office)["message"] == "Expected a registered handler for jobs of type local:enter, but there is none"
    assert office.kinds(instance) == ["instance:started", "task:completed"]


def committing(session, call):
    """A handler that commits what it wrote, and then fails."""
    entering(session, call)
    session.commit()
    raise LookupError("台账已封存")


def committing_below(session, call):
    """A handler that would commit the connection under its session, and go on as if nothing had been."""
    entering(session, call)
    session.flush()
    session.connection().commit()
    return {}, []


def rolling_back(session, call):
    """A handler that takes back what the whole step did, and goes on as if nothing had been."""
    entering(session, call)
    session.flush()
    session.rollback()
    return {}, []


def swallowing(session, call):
    """A handler that hides that the database refused its row: SQLAlchemy has rolled back what the whole step did."""
    with contextlib.suppress(IntegrityError):
        session.add(Comment(key=2 * call.instance_key, root_key=call.root_key, username="li", at=call.now, text="重复"))
        session.flush()
    return {}, []


def doubling(session, call):
    """A handler whose row the database refuses."""
    session.add(Comment(key=2 * call.instance_key, root_key=call.root_key, username="li", at=call.now, text="31011719800101001X"))
    return {}, []


def test_an_incident_tells_what_the_database_said_and_no_data_of_people(office):
    _, key = given(office, count=doubling)

    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    message = open_incident(office)["message"]
    assert "unique" in message.lower()
    assert "INSERT" not in message and "31011719800101001X" not in message and "\n" not in message


@pytest.mark.parametrize("handler", [committing, committing_below, rolling_back, swallowing], ids=lambda handler: handler.__name__)
def test_a_handler_can_neither_commit_nor_take_back_what_is_not_its_own(office, handler):
    # given a first handler that has written, and a second that would end the transaction
    instance, key = given(office, count=handler)

    # when
    complete_task(office.engine, LI, key, {"what": "电线私拉"})

    # then the step was done as a whole, with an incident where the handler stood
    assert comments(office) == ["电线私拉"]
    assert open_incident(office)["element_id"] == "count"
    assert office.trail(instance)[1:] == [("task:completed", "li", "file")]


def test_a_child_whose_handler_fails_is_there_with_its_incident_and_so_is_its_parent(office):
    # given
    office.engine.register("local:enter", refusing, [ADMINISTRATOR])
    office.deploy("above_handled.bpmn")

    # when
    root = office.start("above_handled", what="电线私拉")

    # then
    (child,) = office.db(select(ProcessInstance.__table__).where(ProcessInstance.parent_key == root))
    assert open_incident(office)["instance_key"] == child["key"]
    assert [office.trail(key) for key in (root, child["key"])] == [[("instance:started", "admin", None)]] * 2
    assert comments(office) == []


def test_what_a_handler_returns_and_history_cannot_hold_undoes_parent_and_child(office):
    # given a handler of a child, that returns half of a character
    office.engine.register("local:enter", lambda session, call: ({"entered": "\ud83d"}, []), [ADMINISTRATOR])
    office.deploy("above_handled.bpmn")

    # then
    with office.refuses(Invalid, "Expected text in Unicode, but found half of a surrogate pair"):
        office.start("above_handled", what="电线私拉")
