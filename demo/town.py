"""The town is set up: accounts, units, grids with their keepers, task forces. Under the clock of today: that is when they appear."""

from api import demo
from api.access import hasher
from cases import ledger
from cases.organisation import Grid, TaskForce, TaskForceMember, UnitType
from demo.people import GRIDS, OWNERS, PEOPLE, TYPES
from demo.places import SORTS
from engine.commands.command import command
from engine.commands.create_account import create_account
from engine.domain.people import THE_SYSTEM
from engine.store import accounts
from engine.store.people import Unit


def companies():
    """[(user name of the head, the head's name, company)] of everybody who answers for a place or lets one."""
    return [*OWNERS, *((each.username, each.head, each.name) for sort in SORTS.values() for each in sort.enterprises)]


def everybody():
    """All accounts that the story needs, in the form of demo.PEOPLE."""
    known = {username for username, _, _ in demo.PEOPLE}
    heads = [(username, name, [("企业", company)]) for username, name, company in companies() if username not in known]
    return (*demo.PEOPLE, *PEOPLE, *heads)


def set_up(engine):
    """Create what is not there yet; yields a line if it did."""
    people = everybody()
    with engine.store.read() as connection:
        missing = [person for person in people if not accounts.exists(connection, person[0])]
    password = hasher.hash(demo.PASSWORD) if missing else None
    for username, name, memberships in missing:
        create_account(engine, THE_SYSTEM, username, name, password, None, memberships)
    demo.certify(engine, people)
    types = TYPES | {company: ("企业",) for _, _, company in companies()}
    new = set_up_units(engine, THE_SYSTEM, types, GRIDS)
    if missing or new:
        yield f"{len(missing)} 个账号（密码都是 {demo.PASSWORD}），{len(types)} 个单位，{len(GRIDS)} 个网格"


@command
def set_up_units(step, types, grids):
    """Say what units are, `types` {unit: (type, …)}, and who keeps which grid, `grids` [(code, name, unit, keeper)]; what is there stays.

    Returns how many rows are new. One entry of history per unit that something new is said of.
    """
    step.begin_writing()
    told = {}
    with step.transaction.session() as session:

        def enter(unit, model, key, /, **values):
            if session.get(model, key) is None:
                told.setdefault(unit, []).append(ledger.enter(session, model(**values)))

        for unit in sorted({*types, *(unit for _, _, unit, _ in grids)}):
            enter(unit, Unit, unit, name=unit, type="", parent=None)
        for unit, kinds in types.items():
            for kind in kinds:
                enter(unit, UnitType, (unit, kind), unit=unit, type=kind)
        for code, name, unit, keeper in grids:
            enter(unit, Grid, code, code=code, name=name, unit=unit, keeper=keeper)
    for unit, changes in told.items():
        step.record(f"unit:{unit}", step.key(), "unit:changed", {"unit": unit}, changes)
    return step.save(sum(map(len, told.values())))


@command
def form_task_forces(step, subject, name, forces):
    """专班: `forces` [{name, place_no, unit, lead, members, formed}], user names and dates. One entry, `name`, on `subject`'s chain."""
    step.begin_writing()
    changes = []
    with step.transaction.session() as session:
        for told in forces:
            row = TaskForce(**{column: told[column] for column in ("name", "place_no", "unit", "lead", "formed")}, dissolved=None)
            changes.append(ledger.enter(session, row))
            members = dict.fromkeys((told["lead"], *told["members"]))
            changes += [ledger.enter(session, TaskForceMember(task_force_no=row.no, username=each)) for each in members]
    step.record(subject, step.key(), "setting:changed", {"name": name}, changes)
    return step.save(len(forces))
