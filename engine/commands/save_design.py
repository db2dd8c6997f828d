"""保存草稿: a design as somebody drew it so far. It may be wrong; what is live stays as it is until another person publishes."""

import orjson

from engine.commands.command import command
from engine.commands.deploy import expect_designer
from engine.commands.drawn import expect_etag, lock, read
from engine.store import designs


def save_design(engine, actor, kind, id, content, etag=None, base_version=None, idempotency_key=None):
    """Keep `content` (text) as the draft of a design -> {"etag", "problems": [Problem]}. A design that is not deployed yet begins so.

    `etag`: of the draft that was edited, None for the first one. `base_version`: the version from which the content goes on, for whoever
    has taken into it what became live meanwhile; None leaves it as it was, and is the newest for the first draft. Raises Refused for what
    cannot be read, Invalid for another design's content, Conflict where somebody else was faster.
    """
    expect_designer(actor, "draw")
    drawn = read(engine, actor, kind, id, content)
    kept = keep_design(engine, actor, kind, id, drawn.row(), etag, base_version, idempotency_key=idempotency_key)
    return {**kept, "problems": drawn.problems}


@command
def keep_design(step, kind, id, drawn, etag, base_version):
    """The second half. Drafts leave no history: they change nothing that is live, and their publication names everybody who drew."""
    lock(step, kind, id)
    found = expect_etag(step, kind, id, etag)
    if found and found["content"] == drawn["content"] and base_version in (None, found["base_version"]):
        return step.save({"etag": found["etag"]})  # who changed nothing drew nothing, and may still publish

    if base_version is None:
        live = step.transaction.fetch(designs.LIVE[kind], id=id)
        base_version = found["base_version"] if found else (live[0]["version"] if live else None)
    authors = sorted({step.actor.username, *(orjson.loads(found["authors"]) if found else ())})
    row = {"kind": kind, "id": id, "etag": step.key(), **drawn, "base_version": base_version, "saved": step.now}
    step.batches.append((designs.SAVE, [row | {"author": step.actor.username, "authors": orjson.dumps(authors).decode()}]))

    return step.save({"etag": row["etag"]})
