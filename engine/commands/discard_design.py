"""放弃草稿: what was drawn is thrown away; what is live stays."""

import orjson

from engine.commands.command import command
from engine.commands.deploy import expect_designer
from engine.commands.drawn import expect_etag, lock
from engine.domain.errors import NotFound
from engine.store import designs


@command
def discard_design(step, kind, id, etag):
    """Remove the draft of a design. Every designer may, also of another's: history names both.

    Raises Conflict where it is no longer the draft with this etag.
    """
    expect_designer(step.actor, "discard drafts")
    if kind not in designs.KINDS:
        raise NotFound(f"Expected a kind of design among {', '.join(designs.KINDS)}, but found {kind!r:.60}")
    lock(step, kind, id)
    found = expect_etag(step, kind, id, etag)

    step.batches.append((designs.REMOVE, [{"kind": kind, "id": id}]))

    told = {"kind": kind, "id": id, "authors": orjson.loads(found["authors"])}
    step.record(f"design:{kind}:{id}", step.key(), "design:discarded", told)
    return step.save()
