"""第二人: what the town works by is not changed by one person alone, whichever door they come through."""

import orjson

from engine.domain.errors import Separated
from engine.store import designs


def expect_not_needed(step, brought):
    """Raises Separated where somebody deploys, without a second person, what takes one; `brought` is what deploy.py makes new versions of.

    Nobody deploys what they drew a draft of. Designers, who publish each other's drafts (publish_design.py), deploy on their own only what
    never came with the product and was never published so: a diagram that is being tried out. Administrators deploy everything else too:
    it is how a release, or another system, comes in, and history names who did it.
    """
    actor = step.actor
    if actor.is_system:
        return
    for one in brought:
        kind = "decision" if one["kind"] == "requirements" else one["kind"]
        draft = step.transaction.fetch(designs.FIND, kind=kind, id=one["id"]) if one["kind"] != "decision" else None
        if draft:
            expect_another(actor, draft[0])
        if not actor.is_administrator and step.transaction.fetch(designs.WATCHED[one["kind"]], id=one["id"]):
            raise Separated(
                f"Expected a second person to publish {one['id']}, but {actor.username} deploys it alone: save it as a draft for another "
                "designer to publish",
                problems={"": [f"{one['id']} 应由第二人发布：请在“流程设计”中保存草稿，由另一名流程设计人员发布。"]},
            )


def expect_another(actor, draft):
    """Raises Separated where the actor saved any of a draft."""
    if actor.username in orjson.loads(draft["authors"]):
        who = actor.display_name or actor.username
        raise Separated(
            f"Expected somebody to publish {draft['id']} who drew none of it, but {actor.username} did",
            problems={"": [f"{who}参与起草了这份草稿，应由另一名流程设计人员或者管理员发布。"]},
        )
