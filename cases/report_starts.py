"""Who may begin which of the processes that begin with a find: the lane of the diagram's start says it."""

from typing import NamedTuple

from engine.commands.start_instance import expect_starter
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.store import definitions

#: A find of the town's own people, and a report by the public.
FIND, PUBLIC = "discovery_intake", "public_report"


class Lane(NamedTuple):
    """Where a process begins."""

    lane: str | None


class Start(NamedTuple):
    """What of a definition tells who may begin it."""

    id: str
    none_start: Lane | None


def startable(engine, actor):
    """Those of FIND and PUBLIC that the actor may begin, by the versions in force."""
    if not actor.groups:
        return frozenset()
    with engine.store.transaction() as transaction:
        return frozenset(process_id for process_id in (FIND, PUBLIC) if _may(engine, transaction, actor, process_id))


def starters(engine):
    """The lanes in which they begin, for whoever is refused."""
    with engine.store.transaction() as transaction:
        found = [_start(engine, transaction, process_id) for process_id in (FIND, PUBLIC)]
    return [start.none_start.lane for start in found if start and start.none_start and start.none_start.lane]


def units(engine, actor):
    """The units in which the actor holds the role that begins a find: there the place lies."""
    with engine.store.transaction() as transaction:
        start = _start(engine, transaction, FIND)
    lane = start and start.none_start and start.none_start.lane
    held = [group.partition("@") for group in sorted(actor.groups)]
    return [unit for role, _, unit in held if unit and role == lane]


def _may(engine, transaction, actor, process_id):
    start = _start(engine, transaction, process_id)
    try:
        return start is not None and expect_starter(actor, start) is None
    except (Invalid, NotPermitted):
        return False


def _start(engine, transaction, process_id):
    """What `expect_starter` looks at, of the newest version; None where the process is not deployed.

    Every page asks for its bar. What is kept is small, so that it stays when whole definitions have to go.
    """
    try:
        row = engine.find(transaction, definitions.PROCESS, process_id)
    except NotFound:
        return None

    def look():
        definition = engine.definition(transaction, row["key"]).definition
        return Start(definition.id, definition.none_start and Lane(definition.none_start.lane)), 1

    return engine.library.get(("start", row["key"]), look)
