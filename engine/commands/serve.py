"""What the machine asks for between two of its steps: handlers, decisions, child instances, and what a child gives back to its parent."""

import orjson

from engine import decisions as dmn
from engine import feel, history
from engine.commands.decided import decided
from engine.commands.handlers import run_handler
from engine.domain.errors import NotFound
from engine.domain.outcome import ACTIVE
from engine.store import definitions


def settle(step, case):
    """Serve until `case` and everybody around it waits for somebody outside, or is over."""
    todo = [case]
    while todo:
        case = todo.pop()
        _serve_calls(step, case)
        for number, child in list(case.outcome.children_opened.items()):
            if number not in case.children_started:
                case.children_started.add(number)
                todo += _start_child(step, case, child)
        for number in list(case.outcome.children_cancelled):
            if number not in case.children_ended:
                case.children_ended.add(number)
                todo += _cancel_child(step, case, number)
        todo += _tell_parent(step, case)


def _serve_calls(step, case):
    while case.outcome.calls:
        call = case.outcome.calls.pop(0)
        sentence = step.failed.get((case.identity, call.number))
        if sentence is not None:
            case.advance("fail_call", number=call.number, message=sentence, error_type="JOB_NO_RETRIES")
        elif call.kind == "local":
            case.advance("finish_call", number=call.number, variables=run_handler(step, case, call))
        else:
            _decide(step, case, call)


def _decide(step, case, call):
    try:
        row = step.engine.find(
            step.transaction,
            definitions.DECISION,
            call.name,
            call.binding,
            call.version_tag,
            case.deployed.row["deployment_key"],
            "decision",
        )
    except NotFound as error:
        case.advance("fail_call", number=call.number, message=error.sentence, error_type="CALLED_DECISION_ERROR")
        return
    requirements = step.engine.requirements(step.transaction, row["requirements_key"])
    environment = feel.Environment(step.local, step.calendar())
    found = dmn.evaluate(requirements, call.name, call.variables, environment)
    made = decided(row, step.engine.decisions_of(step.transaction, row["requirements_key"]), found)
    case.decisions.append((call.number, call.element_id, made))
    if found.failed:
        case.advance("fail_call", number=call.number, message=found.failed, error_type="DECISION_EVALUATION_ERROR")
    else:
        case.advance("finish_call", number=call.number, result=found.result)


def _start_child(step, case, child):
    try:
        row = step.engine.find(
            step.transaction, definitions.PROCESS, child.process_id, child.binding, child.version_tag, case.deployed.row["deployment_key"]
        )
    except NotFound as error:
        case.advance("fail_call", number=child.number, message=error.sentence, error_type="CALLED_ELEMENT_ERROR")
        return [case]
    started = new_instance(step, row, parent=case, number=child.number)
    started.advance("start", variables=child.variables, caught_above=child.caught_above)
    started.note("instance:started", process=row["process_id"], version=row["version"], parent=str(case.row["key"]))
    return [started]


def new_instance(step, definition_row, parent=None, number=None, business_id=None, tags=()):
    """A Case for an instance that is about to start: its row gets its key now, and is inserted when the step is saved."""
    key = step.key()
    row = {
        "key": key,
        "root_key": parent.row["root_key"] if parent else key,
        "parent_key": parent.row["key"] if parent else None,
        "parent_number": number,
        "definition_key": definition_row["key"],
        "process_id": definition_row["process_id"],
        "status": ACTIVE,
        "revision": 0,
        "incidents": 0,
        "business_id": parent.row["business_id"] if parent else business_id,
        "tags": parent.row["tags"] if parent else orjson.dumps(list(tags)).decode(),
        "started": step.now,
        "started_by": step.actor.username,
        "history_seq": 0,
        "history_head": history.GENESIS,
    }
    return step.take(row, [], new=True)


def _cancel_child(step, case, number):
    of_call = (case.row["key"], number)
    child = next((one for one in step.cases.values() if (one.row["parent_key"], one.row["parent_number"]) == of_call), None)
    if child is None:
        row, variables = step.transaction.load_child(*of_call)
        if row is None or row["status"] != ACTIVE:
            return []
        child = step.take(row, variables)
    if not child.is_active:
        return []
    child.advance("cancel")
    child.note("instance:cancelled", reason=f"{case.row['process_id']} ended its call")
    return [child]


def _tell_parent(step, case):
    """The parent, advanced by what its child gave it: an error, an escalation, or its end."""
    if case.row["parent_key"] is None:
        return []
    number, told = case.row["parent_number"], []
    for thrown in case.outcome.thrown[case.told :]:
        case.told += 1
        if thrown.kind in ("error", "escalation"):
            told.append((f"child_{thrown.kind}", {"code": thrown.name, "variables": thrown.variables}))
    if case.is_completed and not case.end_told:
        case.end_told = True
        told.append(("complete_child", {"variables": case.variables()}))
    if not told:
        return []
    parent = step.cases.get(case.row["parent_key"]) or step.take(*step.transaction.load_instance(case.row["parent_key"]))
    for name, arguments in told:
        parent.advance(name, number=number, **arguments)
    return [parent]
