"""How the town is organised, as an administrator reads it: units, grids, task forces, sponsoring leaders, certificates."""

from datetime import timedelta

from sqlalchemy import func, select

from cases.organisation import Certificate, Grid, TaskForce, TaskForceMember, UnitType
from cases.places import Place
from engine.store.people import Account, Membership, Unit

#: What a unit may be (R-02).
TYPES = ("安委会成员单位", "基层单位", "机关部门", "企业")
#: A certificate is about to expire so long before its last day.
SOON = timedelta(days=60)


def units(connection, text="", kind=None, after=None, limit=100):
    """([{"name", "parent", "types" [type], "people", "grids"}], the name after which more come or None), by name."""
    chosen = select(Unit.name, Unit.parent)
    if text:
        chosen = chosen.where(Unit.name.contains(text, autoescape=True))
    if kind is not None:
        chosen = chosen.where(select(UnitType.unit).where(UnitType.unit == Unit.name, UnitType.type == kind).exists())
    if after:
        chosen = chosen.where(Unit.name > after)
    rows = connection.execute(chosen.order_by(Unit.name).limit(limit + 1)).all()
    names = [name for name, _ in rows[:limit]]
    types = _grouped(connection, select(UnitType.unit, UnitType.type).where(UnitType.unit.in_(names)).order_by(UnitType.type))
    people = select(Membership.unit, func.count(Membership.username.distinct())).join(Account, Account.username == Membership.username)
    people = dict(connection.execute(people.where(Account.active, Membership.unit.in_(names)).group_by(Membership.unit)).all())
    kept = dict(connection.execute(select(Grid.unit, func.count()).where(Grid.unit.in_(names)).group_by(Grid.unit)).all())
    found = [
        {"name": name, "parent": parent, "types": types.get(name, []), "people": people.get(name, 0), "grids": kept.get(name, 0)}
        for name, parent in rows[:limit]
    ]
    return found, names[-1] if len(rows) > limit else None


def unit_types(connection):
    """What units are called in the town: the types of the law, and those that somebody has entered beside."""
    there = connection.execute(select(UnitType.type).distinct().order_by(UnitType.type)).scalars()
    return list(dict.fromkeys([*TYPES, *there]))


def grids(connection):
    """[{"code", "name", "unit", "keeper", "keeper_name", "places"}] by code; no `keeper_name` where nobody keeps it who may sign in."""
    keeper = select(Account.display_name).where(Account.username == Grid.keeper, Account.active).scalar_subquery()
    places = select(func.count()).where(Place.grid == Grid.code, ~Place.voided).scalar_subquery()
    chosen = select(Grid.code, Grid.name, Grid.unit, Grid.keeper, keeper.label("keeper_name"), places.label("places"))
    return [dict(row) for row in connection.execute(chosen.order_by(Grid.code)).mappings()]


def task_forces(connection):
    """[{"no", "name", "place_no", "root_key", "unit", "lead", "lead_name", "members" [name], "formed", "dissolved"}], the newest first."""
    lead = select(Account.display_name).where(Account.username == TaskForce.lead).scalar_subquery()
    chosen = select(TaskForce.__table__, lead.label("lead_name"), Place.root_key).outerjoin(Place, Place.no == TaskForce.place_no)
    rows = connection.execute(chosen.order_by(TaskForce.dissolved.is_not(None), TaskForce.no.desc())).mappings().all()
    named = select(TaskForceMember.task_force_no, func.coalesce(Account.display_name, TaskForceMember.username))
    named = named.outerjoin(Account, Account.username == TaskForceMember.username)
    members = _grouped(connection, named.order_by(TaskForceMember.username))
    return [dict(row) | {"members": members.get(row["no"], [])} for row in rows]


def sponsors(connection):
    """[(leader, places, of them open)]: 包案领导, as the places name them."""
    still = func.count().filter(Place.status != "已销号")
    chosen = select(Place.sponsor, func.count(), still).where(Place.sponsor.is_not(None), ~Place.voided)
    return [tuple(row) for row in connection.execute(chosen.group_by(Place.sponsor).order_by(Place.sponsor))]


def certificates(connection, username=None):
    """[{"no", "kind", "username", "name", "issuer", "valid_from", "valid_to"}], of somebody or of all, the last to expire first."""
    chosen = select(Certificate.__table__, Account.display_name.label("name")).outerjoin(Account, Account.username == Certificate.username)
    if username is not None:
        chosen = chosen.where(Certificate.username == username)
    return [dict(row) for row in connection.execute(chosen.order_by(Certificate.valid_to.desc(), Certificate.no)).mappings()]


def expiring(connection, day):
    """The same, the first to expire first: what accounts that may sign in hold and is about to expire, or expired and was not renewed."""
    later = Certificate.__table__.alias("renewed")
    renewed = select(later.c.no).where(
        later.c.username == Certificate.username, later.c.kind == Certificate.kind, later.c.valid_to > day + SOON
    )
    chosen = select(Certificate.__table__, Account.display_name.label("name")).join(Account, Account.username == Certificate.username)
    # One that ended before it began was entered wrongly, and is nobody's.
    chosen = chosen.where(Account.active, Certificate.valid_to <= day + SOON, Certificate.valid_from <= Certificate.valid_to)
    chosen = chosen.where(~renewed.correlate(Certificate.__table__).exists()).order_by(Certificate.valid_to, Certificate.no)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _grouped(connection, chosen):
    found = {}
    for key, value in connection.execute(chosen):
        found.setdefault(key, []).append(value)
    return found
