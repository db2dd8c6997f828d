"""How the town is organised is changed: what a unit is, a grid with its keeper, a task force that is formed and dissolved (R-40 – R-47)."""

from sqlalchemy import delete

from cases import ledger
from cases.organisation import Grid, TaskForce, TaskForceMember, UnitType
from cases.places import Place
from engine.commands.command import command
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted, WrongState
from engine.store import account_rows
from engine.store.people import Unit

#: Characters of a name.
LONGEST = 60


@command
def change_unit(step, name, types, parent=None):
    """Say what unit `name` is, all of its `types`, and to which unit it belongs; a unit that is not there yet comes into being.

    Raises Invalid for a name that cannot be one, and for a unit above itself.
    """
    _expect_administrator(step.actor, "change units")
    name = _text(name, "name", "单位名称")
    if "@" in name:
        raise Invalid(f"Expected a unit's name without @, but found {name!r}", problems={"name": ["单位名称不能含有“@”。"]})

    step.begin_writing()
    with step.transaction.session() as session:
        changes = []
        row = session.get(Unit, name)
        if row is None:
            row = Unit(name=name, type="", parent=None)
            changes.append(ledger.enter(session, row))
        _expect_above(session, name, parent)
        changes += ledger.amend(session, row, parent=parent or None)
        held = {one.type: one for one in session.query(UnitType).filter_by(unit=name)}
        for kind in dict.fromkeys(types):
            if kind not in held:
                changes.append(ledger.enter(session, UnitType(unit=name, type=_text(kind, "types", "单位类型"))))
        gone = sorted(set(held) - set(types))
        for kind in gone:
            session.execute(delete(UnitType).where(UnitType.unit == name, UnitType.type == kind))
            changes.append({"table": "unit_type", "key": f"{name}:{kind}", "before": {"unit": name, "type": kind}, "after": None})
    if changes:
        step.record(f"unit:{name}", step.key(), "unit:changed", {"unit": name}, changes)
    return step.save({"name": name})


def _expect_above(session, name, parent):
    above, seen = parent, {name}
    while above:
        if above in seen:
            sentence = f"Expected a unit above {name} that is not below it, but found {parent}"
            raise Invalid(sentence, problems={"parent": [f"“{parent}”就在“{name}”之下，不能作为它的上级单位。"]})
        seen.add(above)
        row = session.get(Unit, above)
        if row is None:
            raise NotFound(f"Expected a unit {above!r}, but there is none", problems={"parent": [f"没有名为“{above}”的单位。"]})
        above = row.parent


@command
def change_grid(step, code, name, unit, keeper, new=False):
    """Say how grid `code` is called, to which unit it belongs and who keeps it (a user name, or None while nobody does).

    `new`: it is not there yet. Raises Conflict where it is, NotFound where it, its unit or its keeper is not there.
    """
    _expect_administrator(step.actor, "change grids")
    code, name = _text(code, "code", "网格编号"), _text(name, "name", "网格名称")

    step.begin_writing()
    if keeper and not _is_active(step, keeper):
        sentence = f"Expected an active account with user name {keeper!r}, but there is none"
        raise NotFound(sentence, problems={"keeper": [f"没有用户名为“{keeper}”的有效账号。"]})
    with step.transaction.session() as session:
        if session.get(Unit, unit) is None:
            raise NotFound(f"Expected a unit {unit!r}, but there is none", problems={"unit": [f"没有名为“{unit}”的单位。"]})
        row = session.get(Grid, code)
        if new and row is not None:
            raise Conflict(f"Expected a new grid, but {code} is there", problems={"code": [f"网格编号 {code} 已经有了，请换一个。"]})
        if not new and row is None:
            raise NotFound(f"Expected grid {code!r}, but there is none")
        told = {"name": name, "unit": unit, "keeper": keeper or None}
        changes = [ledger.enter(session, Grid(code=code, **told))] if row is None else ledger.amend(session, row, **told)
    if changes:
        step.record(f"unit:{unit}", step.key(), "unit:changed", {"unit": unit}, changes)
    return step.save({"code": code})


@command
def form_task_force(step, name, unit, lead, members, place_no=None):
    """组建专班 for a place, or for none in particular: who leads it and who belongs to it, user names. Its first day is today."""
    _expect_administrator(step.actor, "form task forces")
    name = _text(name, "name", "专班名称")

    step.begin_writing()
    people = list(dict.fromkeys((lead, *members)))
    for field, username in [("lead", lead), *(("members", each) for each in members)]:
        if not _is_active(step, username):
            sentence = f"Expected an active account with user name {username!r}, but there is none"
            raise NotFound(sentence, problems={field: [f"没有用户名为“{username}”的有效账号。"]})
    with step.transaction.session() as session:
        if session.get(Unit, unit) is None:
            raise NotFound(f"Expected a unit {unit!r}, but there is none", problems={"unit": [f"没有名为“{unit}”的单位。"]})
        if place_no and session.get(Place, place_no) is None:
            raise NotFound(
                f"Expected place {place_no!r}, but there is none", problems={"place_no": [f"台账上没有编号为 {place_no} 的场所。"]}
            )
        row = TaskForce(name=name, place_no=place_no or None, unit=unit, lead=lead, formed=step.local.date(), dissolved=None)
        changes = [ledger.enter(session, row)]
        changes += [ledger.enter(session, TaskForceMember(task_force_no=row.no, username=each)) for each in people]
        no = row.no
    step.record(f"task_force:{no}", step.key(), "setting:changed", {"name": f"专班：{name}"}, changes)
    return step.save({"no": no})


@command
def dissolve_task_force(step, no):
    """撤销专班, from today on. Raises NotFound where there is none, WrongState where that was done."""
    _expect_administrator(step.actor, "dissolve task forces")

    step.begin_writing()
    with step.transaction.session() as session:
        row = session.get(TaskForce, no)
        if row is None:
            raise NotFound(f"Expected task force {no}, but there is none")
        if row.dissolved is not None:
            sentence = f"Expected task force {no} to be at work, but it was dissolved on {row.dissolved}"
            raise WrongState(sentence, problems={"": [f"这个专班已于 {row.dissolved} 撤销，无需再办。"]})
        name, changes = row.name, ledger.amend(session, row, dissolved=step.local.date())
    step.record(f"task_force:{no}", step.key(), "setting:changed", {"name": f"专班：{name}"}, changes)
    return step.save()


def _expect_administrator(actor, wish):
    if not actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to {wish}, but {actor.username} is not one")


def _text(given, field, what):
    given = given.strip()
    if not 0 < len(given) <= LONGEST:
        sentence = f"Expected {field} of 1 to {LONGEST} characters, but it has {len(given)}"
        raise Invalid(sentence, problems={field: [f"{what}应为 1 至 {LONGEST} 个字，但填写了 {len(given)} 个。"]})
    return given


def _is_active(step, username):
    found = step.transaction.fetch(account_rows.FIND, username=username)
    return bool(found) and bool(found[0]["active"])
