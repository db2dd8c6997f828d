"""Is it on the ledger already? What lies where somebody stands who reports a find, for them to judge; nothing is merged here."""

from decimal import Decimal

from sqlalchemy import and_, or_, select

from cases.find_duplicates import plain
from cases.ledger_sight import PLACES, seen
from cases.places import Place
from forms.photos import metres

#: Metres within which a place may be the same one.
NEAR = 80
#: Degrees that are certainly further than that, at 31° north: a first look, by the columns alone.
_LNG, _LAT = Decimal("0.001"), Decimal("0.0008")
#: Datums in which degrees mean the same to a few metres.
_ALIKE = ("WGS-84", "CGCS2000")
SHOWN = 3


def near(connection, actor, position, address, village):
    """[{"no", "name", "address", "status", "metres" or None}]: at most SHOWN places of the ledger, the same address first, then the next.

    `position`: {lng, lat} or None; an address is looked for in its village.
    """
    where, conditions = plain(address), []
    if position:
        lng, lat = position["lng"], position["lat"]
        box = and_(Place.lng.between(lng - _LNG, lng + _LNG), Place.lat.between(lat - _LAT, lat + _LAT), Place.datum.in_(_ALIKE))
        conditions.append(box)
    if where and village:
        conditions.append(Place.village == village)
    if not conditions:
        return []
    columns = (Place.no, Place.name, Place.address, Place.status, Place.lng, Place.lat, Place.datum)
    chosen = select(*columns).where(or_(*conditions), ~Place.voided, Place.closed.is_(None), seen(PLACES, actor))
    found = []
    for row in connection.execute(chosen):
        away = round(metres(lng, lat, row.lng, row.lat)) if position and row.datum in _ALIKE else None
        same = bool(where) and plain(row.address) == where
        if same or (away is not None and away <= NEAR):
            told = {"no": row.no, "name": row.name, "address": row.address, "status": row.status, "metres": away}
            found.append((not same, away if away is not None else NEAR, row.no, told))
    return [told for *_, told in sorted(found, key=lambda one: one[:3])[:SHOWN]]
