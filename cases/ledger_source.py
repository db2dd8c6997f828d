"""What the ledger is read from. While a hazard is being put right, its deadline stands in its running process and not yet in its row.

hazard_rectification derives the deadline from the service of its notice and may extend it; place_case enters it at the end.
"""

from dataclasses import dataclass

from sqlalchemy import Integer, Text, and_, case, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB

from cases.hazards import STATUSES, Hazard
from cases.ledger_sight import HAZARDS, own_parties
from cases.places import Place
from engine.store.base import Moment
from engine.store.models import ProcessInstance, Variable

#: A hazard with one of these has been dealt with, whatever its deadline says; with any other it is open.
SETTLED = ("复查合格", "误录撤销")
OPEN = tuple(status for status in STATUSES if status not in SETTLED)
#: In a place with one of these no deadline runs.
AT_REST = ("已销号", "中止", "移送部门", "误录撤销")
PROCESS = "hazard_rectification"
#: Written into the statement: with parameters in these places SQLite is less ready to make an index of `running` for its join.
_PROCESS, _ONE, _TWO = literal_column(f"'{PROCESS}'"), literal_column("1", Integer()), literal_column("2", Integer())


@dataclass(frozen=True, slots=True)
class Source:
    """`table`: of the rows of a kind; `model`: Place or Hazard; the other columns: as things stand now, wherever that is kept."""

    kind: str
    table: object
    model: object
    status: object
    deadline: object
    instance_key: object
    provisional: object

    @property
    def runs(self):
        """The condition that a deadline runs."""
        conditions = [self.deadline.is_not(None), Place.status.not_in(AT_REST), ~self.model.voided]
        if self.kind == HAZARDS:
            conditions.append(Hazard.status.in_(OPEN))
        return and_(*conditions)

    def overdue(self, now):
        """The condition that it is past: of the hazard; of a place, of one of its hazards."""
        return and_(self.runs, self.deadline < now)


def source(kind, actor, dialect):
    """The Source of a kind. A party's place has the deadlines of the party's own hazards."""
    if kind == HAZARDS:
        return _of_hazards(dialect)
    deadlines = nearest(actor, dialect)
    table = Place.__table__.outerjoin(deadlines, deadlines.c.place_no == Place.no)
    return Source(kind, table, Place, Place.status, deadlines.c.deadline, Place.root_key, literal(None))


def _of_hazards(dialect):
    now = running(dialect)
    # Hazards first, then the place of each: begun at the places, SQLite goes through all running ones for each hazard again.
    table = Hazard.__table__.join(Place.__table__, Place.no == func.coalesce(Hazard.place_no, literal_column("''")))
    table = table.outerjoin(now, now.c.hazard_no == Hazard.no)
    in_work = and_(Hazard.status == STATUSES[0], now.c.deadline.is_not(None))
    return Source(
        HAZARDS,
        table,
        Hazard,
        case((in_work, STATUSES[1]), else_=Hazard.status),
        func.coalesce(now.c.deadline, Hazard.deadline, type_=Moment()),
        func.coalesce(now.c.instance_key, Hazard.instance_key, Place.root_key),
        func.coalesce(now.c.provisional, Hazard.deadline_provisional),
    )


def nearest(actor, dialect):
    """(place_no, deadline): the first deadline among the open hazards of each place that has one."""
    now = running(dialect)
    first = func.min(func.coalesce(now.c.deadline, Hazard.deadline, type_=Moment()), type_=Moment())
    chosen = select(Hazard.place_no, first.label("deadline")).outerjoin(now, now.c.hazard_no == Hazard.no)
    # Found by its index, SQLite takes them for a handful, and looks through all running ones for each.
    chosen = chosen.where(func.coalesce(Hazard.status, literal_column("''")).in_(OPEN), ~Hazard.voided)
    if actor.is_party:
        chosen = chosen.where(Hazard.party_no.in_(own_parties(actor)))
    return chosen.group_by(Hazard.place_no).subquery("nearest")


def running(dialect):
    """(hazard_no, instance_key, deadline, provisional) of the hazards that are being put right, each once."""
    number, told = Variable.__table__.alias("running_number"), Variable.__table__.alias("running_deadline")
    # A number as the JSON text of a variable: the same between quotes. Without the cast SQLite has no type for it, and looks through all
    # of these rows for each hazard; it does so, too, where it expects a handful of them, hence a range in place of an equality.
    named = cast(func.substr(number.c.value, _TWO, func.length(number.c.value) - _TWO), Text)
    last = (
        select(named.label("hazard_no"), func.max(ProcessInstance.key).label("instance_key"))
        .join(
            number,
            and_(number.c.instance_key == ProcessInstance.key, number.c.scope == _ONE, number.c.name == literal_column("'hazard_no'")),
        )
        .where(ProcessInstance.process_id.between(_PROCESS, _PROCESS), ProcessInstance.status == literal_column("'ACTIVE'"))
        .group_by(named)
        .subquery("last_running")
    )
    deadline, provisional = _read(told.c.value, dialect)
    chosen = select(last.c.hazard_no, last.c.instance_key, deadline.label("deadline"), provisional.label("provisional"))
    joined = and_(told.c.instance_key == last.c.instance_key, told.c.scope == _ONE, told.c.name == literal_column("'rectify_deadline'"))
    return chosen.outerjoin(told, joined).subquery("running")


def _read(text, dialect):
    """`at` and `provisional` of the JSON text of a deadline with its derivation; NULL where they have another shape."""
    if dialect == "sqlite":
        # Of the width of Moment's own texts, and in UTC like them. No parameters: see _PROCESS.
        at = func.json_extract(text, literal_column("'$.at'"))
        moment = func.strftime(literal_column("'%Y-%m-%dT%H:%M:%f000Z'"), at, type_=Moment())
        return moment, func.json_extract(text, literal_column("'$.provisional'")) == _ONE
    at = cast(text, JSONB)["at"].astext
    moment = case((at.regexp_match(r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$"), cast(at, Moment())))
    return moment, cast(cast(text, JSONB)["provisional"].astext, Text) == "true"
