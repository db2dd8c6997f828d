"""A number of its own for what is neither a case, a penalty nor a paper."""

from cases.numbers import next_number
from engine.domain.people import DESIGNER, ZONE

#: 松昆举: reports by the public. The numbers of cases, penalties and papers are taken by whoever enters those.
SERIES = frozenset({"松昆举"})


def take(session, call):
    """local:number:take — In: series. Out: number 松昆举-2024-0001. Raises ValueError for a series that is not among SERIES."""
    series = call.variables["series"]
    if series not in SERIES:
        raise ValueError(f"Expected a series among {'、'.join(sorted(SERIES))}, but found {series!r}")
    year = call.now.astimezone(ZONE).year
    return {"number": f"{series}-{year}-{next_number(session, f'{series}-{year}'):04d}"}, []


HANDLERS = {"local:number:take": (take, frozenset({DESIGNER}))}
