"""What the ledger knows of a page's rows beside the row itself: parties, numbers of hazards, papers, penalties; a statement for each."""

from sqlalchemy import and_, case, func, or_, select

from cases.hazards import OPEN, Hazard
from cases.ledger_sight import HAZARDS, own_parties
from cases.ledger_source import source
from cases.papers import Paper
from cases.parties import Party, Tenure
from cases.penalties import DUPLICATE, NOT_AVAILABLE, REVOKED, Penalty

#: Which column a party of a place stands in, by its role.
CHAIN = {"产权人": "owner", "出租方": "lessor", "转租方": "lessor", "承租方": "tenant", "经营者": "tenant"}
PAPERS = {"督促函": "urged", "约谈通知书": "interviewed", "案件移送书": "transferred"}
#: Of such a leg there is no fine.
WITHOUT = (NOT_AVAILABLE, DUPLICATE, REVOKED)


def add(connection, actor, of, rows, now):
    """Write them into the rows. A party is told of itself alone: none of the others, no paper to others, no penalty."""
    kind = of.kind
    for row in rows:
        row |= {"owner": [], "lessor": [], "tenant": [], "head": []}
    if not rows:
        return
    places = sorted({row["place_no"] for row in rows})
    _chain(connection, actor, places, rows)
    if kind != HAZARDS:
        _hazards(connection, actor, places, rows, now)
    if not actor.is_party:
        _papers(connection, kind, places, rows)
        _penalties(connection, kind, places, rows)


def _chain(connection, actor, places, rows):
    chosen = select(Tenure.place_no, Tenure.role, Tenure.unit, Party.name, Party.person).join(Party, Party.no == Tenure.party_no)
    chosen = chosen.where(Tenure.place_no.in_(places)).order_by(Tenure.place_no, Tenure.rank)
    if actor.is_party:
        chosen = chosen.where(Tenure.party_no.in_(own_parties(actor)))
    found = {}
    for place_no, role, unit, name, person in connection.execute(chosen):
        found.setdefault(place_no, []).append((CHAIN.get(role), f"{name}（{unit}）" if unit else name, person))
    for row in rows:
        for column, name, person in found.get(row["place_no"], ()):
            if column and name not in row[column]:
                row[column].append(name)
            if column == "tenant" and person and person not in row["head"]:
                row["head"].append(person)


def _hazards(connection, actor, places, rows, now):
    of = source(HAZARDS, actor)
    still = Hazard.status.in_(OPEN)
    counted = [None, still, and_(still, Hazard.grade == "重大"), of.overdue(now)]
    numbers = [func.count() if which is None else func.count(case((which, 1))) for which in counted]
    chosen = select(Hazard.place_no, *numbers).select_from(of.table).where(Hazard.place_no.in_(places), ~Hazard.voided)
    if actor.is_party:
        chosen = chosen.where(Hazard.party_no.in_(own_parties(actor)))
    chosen = chosen.group_by(Hazard.place_no)
    found = {place_no: told for place_no, *told in connection.execute(chosen)}
    for row in rows:
        told = found.get(row["place_no"], (0, 0, 0, 0))
        row |= dict(zip(("hazards", "hazards_open", "hazards_major", "hazards_late"), told, strict=True))


def _papers(connection, kind, places, rows):
    of = Paper.hazard_no if kind == HAZARDS else Paper.case_no
    chosen = select(of, Paper.kind, func.count()).where(Paper.case_no.in_(places), Paper.kind.in_(PAPERS), Paper.voided.is_(None))
    found = {(number, name): count for number, name, count in connection.execute(chosen.group_by(of, Paper.kind))}
    for row in rows:
        row |= {column: found.get((_number(kind, row), name), 0) for name, column in PAPERS.items()}


def _penalties(connection, kind, places, rows):
    """By the hazard that a penalty is for; one that names none counts for its place."""
    of_places = select(Hazard.no).where(Hazard.place_no.in_(places))
    chosen = select(Penalty.case_no, Penalty.hazard_no, Penalty.enforcement_no, Penalty.kind, Penalty.fine, Penalty.status)
    chosen = chosen.where(or_(Penalty.hazard_no.in_(of_places), Penalty.case_no.in_(places))).order_by(Penalty.key)
    found = {}
    for each in connection.execute(chosen):
        number = each.hazard_no if kind == HAZARDS else each.case_no or each.hazard_no.rpartition("-")[0]
        told = found.setdefault(number, {"enforcement_no": [], "fine_unit": None, "fine_person": None})
        if each.enforcement_no not in told["enforcement_no"]:
            told["enforcement_no"].append(each.enforcement_no)
        if each.fine is not None and each.status not in WITHOUT:
            column = "fine_unit" if each.kind == "单位" else "fine_person"
            told[column] = (told[column] or 0) + each.fine
    for row in rows:
        row |= found.get(_number(kind, row), {"enforcement_no": [], "fine_unit": None, "fine_person": None})


def _number(kind, row):
    return row["hazard_no"] if kind == HAZARDS else row["place_no"]
