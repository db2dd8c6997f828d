"""Handlers of `local:` jobs: functions of the campaign that run inside of the transaction of a step, on its own connection."""

from dataclasses import dataclass
from datetime import datetime

from engine.domain.errors import HandlerFailed, Invalid
from engine.domain.people import THE_SYSTEM, Actor
from engine.feel.calendar import Calendar


@dataclass(frozen=True, slots=True)
class HandlerCall:
    """What a handler is told. It may not commit, do I/O, write files or read the clock."""

    variables: dict
    headers: dict
    actor: Actor
    now: datetime
    calendar: Calendar
    instance_key: int
    root_key: int
    business_id: str | None
    element_id: str
    process_id: str


def run_handler(step, case, call):
    """The variables that the handler of `call` returns; its `changes` go into the instance's history.

    Raises HandlerFailed for whatever it raises: the step is rolled back, and a second transaction leaves an incident. But the Invalid of a
    handler is for whoever asked for the step: it is refused, and nothing has happened. Where it was nobody but time or a message that did,
    there is none to be told, and that leaves an incident too.
    """
    handler = step.engine.handlers.get(call.name)
    if handler is None:
        raise HandlerFailed(f"Expected a registered handler for jobs of type {call.name}, but there is none", (case.identity, call.number))
    row = case.row
    told = HandlerCall(
        call.variables,
        call.headers,
        step.actor,
        step.now,
        step.calendar(),
        row["key"],
        row["root_key"],
        row["business_id"],
        call.element_id,
        row["process_id"],
    )
    step.begin_writing()
    with step.transaction.session() as session:
        try:
            variables, changes = handler.function(session, told)
            session.flush()
        except Invalid as error:
            if step.actor != THE_SYSTEM:
                raise
            raise HandlerFailed(f"{call.name}: {error.sentence}", (case.identity, call.number)) from error
        except Exception as error:
            raise HandlerFailed(f"{call.name}: {_told(error)}", (case.identity, call.number)) from error
    if not step.transaction.is_open:
        # What came before it in this step is undone too, and must not be saved as if it stood.
        raise HandlerFailed(f"Expected {call.name} to leave the step's transaction alone, but it ended it", (case.identity, call.number))
    case.ledger += changes
    return variables


def _told(error):
    """What an incident says of an exception. Of a database's only the first line: below it stand the statement and people's data."""
    found = getattr(error, "orig", None) or error
    return f"{type(found).__name__}: {str(found).partition(chr(10))[0]}"
