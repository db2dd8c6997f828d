"""Cases as an auditor looks for them: by number, place, party, paper or key; each with what it is about."""

import re

from sqlalchemy import or_, select, union

from cases.papers import Paper
from cases.parties import Party, Tenure
from cases.penalties import Penalty
from cases.places import Place
from cases.titles import titles
from engine.domain.errors import NotFound
from engine.store.deployed import ProcessDefinition
from engine.store.models import ProcessInstance, Variable

instances = ProcessInstance.__table__

#: Cases on a page; and so many of those that a search finds are looked at.
LIMIT, MOST = 10, 200
#: Among the newest so many cases one is looked for by what it knows, which a case has before it is on the ledger.
LOOKED_AT = 2_000
_TOLD = ("place_name", "place", "case_no", "hazard_no", "enterprise", "parties", "enforcement_no", "report_no")
_HAZARD = re.compile(r"(.*-\d{4}-\d{4})-\d{2}")
_KEY = re.compile(r"[1-9]\d{0,17}", re.ASCII)


def roots(connection, text):
    """The keys of the cases that a search for `text` finds, the newest first, at most MOST."""
    number = _HAZARD.fullmatch(text)
    number = number[1] if number else text
    of_party = select(Tenure.place_no).join(Party, Party.no == Tenure.party_no)
    of_party = of_party.where(or_(_holds(Party.name, text), _holds(Party.person, text)))
    named = [_holds(Place.no, number), _holds(Place.name, text), _holds(Place.address, text), Place.no.in_(of_party)]
    places = select(Place.no, Place.root_key).where(or_(*named)).order_by(Place.no.desc()).limit(MOST).subquery()
    punished = select(Penalty.penalty_no).where(or_(*(_holds(column, text) for column in (Penalty.name, Penalty.penalty_no))))
    newest = select(instances.c.key).where(instances.c.parent_key.is_(None)).order_by(instances.c.key.desc()).limit(LOOKED_AT).subquery()
    found = [
        select(places.c.root_key).where(places.c.root_key.is_not(None)),
        select(Paper.root_key).where(Paper.case_no.in_(select(places.c.no))),
        select(Paper.root_key).where(or_(_holds(Paper.number, text), _holds(Paper.addressee, text))).order_by(Paper.key.desc()).limit(MOST),
        select(Variable.instance_key)
        .join(newest, newest.c.key == Variable.instance_key)
        .where(Variable.scope == 1, or_(Variable.name.in_(_TOLD) & _holds(Variable.value, number), _is_one_of("penalty_no", punished))),
    ]
    if _KEY.fullmatch(text):
        found.append(select(instances.c.root_key).where(instances.c.key == int(text)))
    every = union(*(select(part.subquery()) for part in found)).subquery()
    chosen = select(instances.c.key).where(instances.c.key.in_(select(every.c[0])), instances.c.parent_key.is_(None))
    return list(connection.execute(chosen.order_by(instances.c.key.desc()).limit(MOST)).scalars())


def _holds(column, text):
    return column.contains(text, autoescape=True)


def _is_one_of(name, numbers):
    # Variables are JSON text: a number stands between quotes.
    return (Variable.name == name) & Variable.value.in_(select('"' + numbers.subquery().c[0] + '"'))


def root_of(connection, key):
    """The key of the case to which an instance belongs. Raises NotFound where there is none."""
    found = connection.execute(select(instances.c.root_key).where(instances.c.key == key)).scalar()
    if found is None:
        raise NotFound(f"Expected a process instance with key {key}, but there is none")
    return found


def listed(connection, actor, keys):
    """[{"key", "name", "title" (Title), "status", "started", "started_by"}] of cases, in the order of their keys."""
    shown = [instances.c[name] for name in ("key", "status", "started", "started_by")]
    chosen = select(*shown, ProcessDefinition.name).join(ProcessDefinition, ProcessDefinition.key == instances.c.definition_key)
    rows = {row["key"]: dict(row) for row in connection.execute(chosen.where(instances.c.key.in_(keys))).mappings()}
    told = titles(connection, actor, [{"key": key, "instance_key": key, "root_key": key} for key in rows])
    return [{**rows[key], "title": told[key]} for key in keys if key in rows]
