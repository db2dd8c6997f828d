"""照片: before and after, hazard by hazard, and whatever else was photographed."""

from sqlalchemy import select

from cases.case_tree import MOST, variables_of
from engine.store.models import UserTask
from engine.store.records import Attachment
from engine.store.visibility import visible

#: So many photos on a page.
LIMIT = 24
#: Of a hazard: the variables in which photos stand, and on which side; the latter in the order in which they are taken.
_BEFORE = (("photos", None), ("completion", "before"))
_AFTER = (("completion", "after"), ("recheck", "photos"))


def pairs(connection, tree):
    """[{"no", "what", "before" [photo], "after" [photo]}] of the hazards of a tree (see case_tree.tree) of which there is any photo.

    A photo is {"key", "name", "taken_at" (ISO text or None)}, as the form holds it.
    """
    hazards = [row["key"] for row in tree if row["process_id"] == "hazard_rectification"][:MOST]
    told = variables_of(connection, hazards, ("hazard_no", "description", "photos", "completion", "recheck"))
    found = []
    for key in hazards:
        known = told.get(key, {})
        before, after = _photos(known, _BEFORE), _photos(known, _AFTER)
        if before or after:
            found.append({"no": known.get("hazard_no"), "what": known.get("description"), "before": before, "after": after})
    return found


def _photos(known, places):
    found = []
    for name, inner in places:
        value = known.get(name)
        value = value.get(inner) if inner and isinstance(value, dict) else value
        found += [one for one in value if _is_photo(one)] if isinstance(value, list) else []
    return [{name: one.get(name) for name in ("key", "name", "taken_at")} for one in {one["key"]: one for one in found}.values()]


def _is_photo(one):
    return isinstance(one, dict) and isinstance(one.get("key"), str) and str(one.get("type")).startswith("image/")


def others(connection, actor, root_key, shown, start=0):
    """([{"key", "name", "taken_at", "step"}], whether there are more): photos of a case but those with keys in `shown`, the last first."""
    chosen = (
        select(Attachment.key, Attachment.name, Attachment.taken_at, UserTask.name.label("step"))
        .outerjoin(UserTask, UserTask.key == Attachment.task_key)
        .where(
            Attachment.root_key == root_key,
            Attachment.type.like("image/%"),
            Attachment.key.not_in([int(key) for key in shown if key.isdecimal()]),
            visible(Attachment.root_key, UserTask.instance_key, actor),
        )
        .order_by(Attachment.at.desc(), Attachment.key.desc())
        .offset(start)
        .limit(LIMIT + 1)
    )
    rows = [dict(row) for row in connection.execute(chosen).mappings()]
    return rows[:LIMIT], len(rows) > LIMIT
