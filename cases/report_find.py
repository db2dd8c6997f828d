"""上报隐患: what somebody found begins its process, with its photos, under a number of its own; all of it, or nothing."""

from cases.hazards import CATEGORIES
from cases.numbers import next_number
from cases.report_starts import FIND
from engine.commands.attached import reference
from engine.commands.command import command
from engine.commands.serve import new_instance
from engine.commands.start_instance import expect_starter, find_definition, started
from engine.domain.people import ZONE
from engine.store import attachments

#: 松昆随-2024-0001: a find keeps it until it is on the ledger, and in its history for good.
SERIES = "松昆随"
#: What history tells of a file, as engine/commands/add_attachments.py.
_TOLD = ("name", "type", "size", "sha256", "taken_at", "lng", "lat")


@command
def report_find(step, told, files):
    """Begin 发现受理 with what `told` says (cases.report_told.read) and photos, `files` [facts of engine.content.inspect], kept already.

    Returns {"key" of the instance, "number", "opened" [{"key", "element"}]}. Raises NotPermitted where the process is not the actor's to
    begin.
    """
    row = find_definition(step, FIND)
    expect_starter(step.actor, step.engine.definition(step.transaction, row["key"]).definition)

    step.begin_writing()
    with step.transaction.session() as session:
        series = f"{SERIES}-{step.local.year}"
        number = f"{series}-{next_number(session, series):04d}"
    case = new_instance(step, row, business_id=number)
    keys = [step.key() for _ in files]
    rows = [attachments.row(key, facts, step.actor, step.now, case.row["root_key"]) for key, facts in zip(keys, files, strict=True)]
    step.batches.append((attachments.ADD, rows))
    step.advance(case, "start", variables=variables(told, number, step, [reference(row) for row in rows]))

    case.note("instance:started", process=row["process_id"], version=row["version"], business_id=number)
    kept = [{"key": str(key)} | {name: facts[name] for name in _TOLD} for key, facts in zip(keys, files, strict=True)]
    case.note("attachment:added", name=[facts["name"] for facts in files], files=kept)
    return step.save({"key": str(started(case)["key"]), "number": number}, tells_opened=True)


def variables(told, number, step, photos):
    """What the form of 登记场所和隐患 begins with; nothing in it is more than was told."""
    position, actor = told["position"], step.actor
    at = min(told["found_at"] or step.now, step.now).astimezone(ZONE).isoformat(timespec="minutes")
    where = {"address": told["address"], "village": told["village"]}
    if position:
        where |= {"lng": position["lng"], "lat": position["lat"], "datum": "WGS-84"}
    units = [group.partition("@")[2] for group in sorted(actor.groups) if "@" in group]
    inspector = {"name": actor.display_name, "unit": told["village"] or next(filter(None, units), None)}
    words = told["text"] or CATEGORIES[told["category"]]
    found = {
        "source": "排查",
        "description": words,
        "place": _given(where),
        "hazards": [{"category": told["category"], "description": words, "grade": "重大" if told["is_major"] else "一般"}],
        "inspection": {"kind": "巡查", "at": at, "inspectors": [_given(inspector)]},
        "photos": photos,
        "reported": _given({"number": number, "by": actor.display_name, "at": at, **({"position": position} if position else {})}),
    }
    if not all(photo.keys() >= {"taken_at", "lng", "lat"} for photo in photos):
        found["photo_reason"] = "手机随手拍上报，照片未带拍摄时间或位置；" + (
            f"上报时定位误差约 {position['accuracy']} 米。" if position else "上报时没有定位，地址由上报人填写。"
        )
    return found


def _given(told):
    return {name: value for name, value in told.items() if value}
