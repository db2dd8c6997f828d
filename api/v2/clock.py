"""/v2/clock: time is moved, for tests and demonstrations."""

from datetime import UTC, datetime

from api.access import allow
from api.v2.door import Door, ask
from api.v2.fields import Whole
from api.v2.schemas import Request
from engine.commands.move_clock import move_clock

blueprint = Door("Clock", "Time is moved, for tests and demonstrations")

#: From 1970 to 2999 in milliseconds: what is added to the time then still has a date.
LATEST = 32_503_680_000_000 - 1


class ClockPin(Request):
    """Where the clock shall stand, in milliseconds since 1970."""

    timestamp = Whole(0, LATEST, required=True)


@blueprint.put("/clock")
@allow("administrator")
@blueprint.arguments(ClockPin)
@blueprint.response(204)
def pin_clock(given):
    """Set the engine's clock; it goes on from there. Only where CLOCK_CONTROL=1"""
    ask(move_clock, datetime.fromtimestamp(given["timestamp"] / 1000, UTC))


@blueprint.post("/clock/reset")
@allow("administrator")
@blueprint.response(204)
def reset_clock():
    """Set the engine's clock back to the machine's. Only where CLOCK_CONTROL=1"""
    ask(move_clock, None)
