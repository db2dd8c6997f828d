"""发布: a draft becomes what new cases take. A second person does it, who drew none of it (domain: a diagram or table needs four eyes)."""

import hashlib

import orjson

from engine.commands.command import command
from engine.commands.deploy import bring_in, expect_designer
from engine.commands.drawn import conflict, design_lock, expect_etag, read
from engine.commands.second_person import expect_another
from engine.domain.errors import Conflict, NotFound, Refused, WrongState
from engine.store import designs, messages


def publish_design(engine, actor, kind, id, etag, idempotency_key=None):
    """Deploy the draft of a design that has this etag -> {"version"}.

    Raises Separated for whoever saved any of it, Refused with every problem that the gate finds, Conflict where the draft, or what is live,
    is no longer what it was.
    """
    expect_designer(actor, "publish")
    if kind not in designs.KINDS:
        raise NotFound(f"Expected a kind of design among {', '.join(designs.KINDS)}, but found {kind!r:.60}")
    with engine.store.read() as connection:
        draft = designs.draft(connection, kind, id)
    checked = Checked()
    if draft is not None and draft["etag"] == etag:
        expect_another(actor, draft)
        drawn = read(engine, actor, kind, id, draft["content"])
        if drawn.errors:
            sentence = f"Expected a draft that can be published, but found {len(drawn.errors)} problems, first {drawn.errors[0].sentence}"
            raise Refused(sentence, problems=drawn.problems)
        checked = Checked(drawn.resource, drawn.facts)
    return publish_checked(engine, actor, kind, id, etag, checked, idempotency_key=idempotency_key)


class Checked:
    """The draft as the gate read it, outside of any transaction; empty where there was none to be read.

    It reads the same whatever is in it: a request that is sent again, after the draft is gone, is still the same request.
    """

    def __init__(self, resource=None, facts=None):
        self.resource, self.facts = resource, facts

    def __str__(self):
        return "checked"


@command
def publish_checked(step, kind, id, etag, checked):
    """The second half, in one transaction: nobody saved, published or deployed in between."""
    step.begin_writing()
    messages.lock_names(step.transaction, [("deployment", ""), design_lock(kind, id)])
    draft = expect_etag(step, kind, id, etag)
    if checked.resource is None:
        raise conflict(kind, id, etag, draft)
    expect_another(step.actor, draft)
    _expect_base(draft, step.transaction.fetch(designs.LIVE[kind], id=id), checked.resource)

    key, deployed, told = bring_in(step, [checked.resource], {checked.resource.name: checked.facts}, authors=draft["authors"])
    step.batches.append((designs.REMOVE, [{"kind": kind, "id": id}]))
    version = next(one["version"] for one in deployed if one["id"] == id)

    told |= {"kind": kind, "id": id, "version": version, "authors": orjson.loads(draft["authors"]), "deployment": str(key)}
    step.record(f"design:{kind}:{id}", step.key(), "design:published", told)
    return step.save({"version": version})


def _expect_base(draft, live, resource):
    """Raises Conflict where what is live is not what was drawn on, WrongState where nothing was changed."""
    version = live[0]["version"] if live else None
    if version != draft["base_version"]:
        begun = f"version {draft['base_version']}" if draft["base_version"] else "nothing"
        told = f"草稿是在第 {draft['base_version']} 版上画的" if draft["base_version"] else "草稿是作为新的画的"
        raise Conflict(
            f"Expected to publish what goes on from version {version} of {draft['id']}, but the draft goes on from {begun}",
            problems={"": [f"{told}，而现行的已是第 {version} 版。请先把第 {version} 版的变化并入草稿，再发布。"]},
        )
    if live and live[0]["hash"] == hashlib.sha256(resource.content).hexdigest():
        raise WrongState(
            f"Expected a draft that changes something, but it is the same as version {version} of {draft['id']}",
            problems={"": [f"草稿与现行的第 {version} 版相同，没有可以发布的变化。"]},
        )
