"""A process begins."""

from engine.commands.command import command
from engine.commands.serve import new_instance
from engine.domain.errors import Invalid, NotFound, NotPermitted
from engine.store import definitions


@command
def start_instance(step, process_id=None, definition_key=None, version=-1, version_tag=None, variables=None, business_id=None, tags=()):
    """Start a process by its id (latest version, a version, or one with a tag) or by its definition's key.

    The lane of the none start event is the role that may start it; without a lane, everybody with a case role. Returns {"key",
    "definition_key", "process_id", "version", "version_tag", "status", "business_id", "tags", "opened": [{"key", "element"}]}.
    """
    row = find_definition(step, process_id, definition_key, version, version_tag)
    case = new_instance(step, row, business_id=business_id, tags=tags)

    expect_starter(step.actor, case.definition)

    step.advance(case, "start", variables=variables or {})

    case.note("instance:started", process=row["process_id"], version=row["version"], business_id=business_id)
    return step.save(started(case), tells_opened=True)


def expect_starter(actor, definition):
    """Raises Invalid for a process that nobody starts by hand, NotPermitted where `actor` is not one of those who do."""
    start = definition.none_start
    if start is None:
        how = "by a message, signal, timer or condition"
        raise Invalid(f"Expected process {definition.id} to have a none start event, but it starts only {how}")
    if start.lane is None and actor.only_watches:
        raise NotPermitted(f"Expected somebody with a case role to start {definition.id}, but {actor.username} only watches")
    if start.lane and start.lane not in actor.groups and not actor.is_administrator:
        raise NotPermitted(f"Expected a member of {start.lane} to start {definition.id}, but {actor.username} is not one")


def find_definition(step, process_id=None, definition_key=None, version=-1, version_tag=None):
    """The row of the definition that is meant. Raises NotFound, Invalid where nothing or too much is named."""
    if (process_id is None) is (definition_key is None):
        raise Invalid("Expected either the id or the key of a process definition, but found both or none")
    if definition_key is not None:
        rows = step.transaction.fetch(definitions.PROCESS_BY_KEY, key=definition_key)
    elif version_tag is not None:
        rows = step.transaction.fetch(definitions.PROCESS["versionTag"], id=process_id, version_tag=version_tag)
    elif version != -1:
        rows = step.transaction.fetch(definitions.PROCESS_VERSION, id=process_id, version=version)
    else:
        rows = step.transaction.fetch(definitions.PROCESS["latest"], id=process_id)
    if not rows:
        which = f"key {definition_key}" if definition_key is not None else f"id {process_id!r}"
        more = f" and version tag {version_tag!r}" if version_tag is not None else f" and version {version}" if version != -1 else ""
        raise NotFound(f"Expected a deployed process definition with {which}{more}, but there is none")
    return rows[0]


def started(case):
    """What the caller is told of a new instance."""
    row, deployed = case.row, case.deployed.row
    return {
        "key": row["key"],
        "definition_key": row["definition_key"],
        "process_id": row["process_id"],
        "version": deployed["version"],
        "version_tag": deployed["version_tag"],
        "status": case.outcome.status,
        "business_id": row["business_id"],
        "tags": row["tags"],
    }
