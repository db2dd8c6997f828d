"""What seals say, without reading all that they list: the list of the seals, and how far each of a few chains was sealed by which.

A seal's body lists every chain that grew and may be megabytes; its form is fixed (see seals.py), so the few words asked for are cut out.
"""

import re

from sqlalchemy import case, func, select

from engine.store.models import ProcessInstance
from engine.store.records import Seal, SealedChain

_seals, _sealed, _instances = Seal.__table__, SealedChain.__table__, ProcessInstance.__table__

#: The ends of a body: what stands before the list, and behind it.
_HEAD = re.compile(r'\{"at":"([^"]*)","chains":\[')
_TAIL = re.compile(r'\],"count":(\d+),"day":"([^"]*)","key":"([0-9a-f]{64})","number":(\d+),"previous":"([0-9a-f]{64})"\}\Z')
#: So long are they at most, and so long is an item of the list: key, length, head.
_ENDS, _ITEM = 320, 112
#: Seals are read so many at a time.
_BATCH = 20


def page(connection, before=None, limit=20):
    """([{"number", "day", "at", "count", "grown", "key", "previous", "hash", "signature"}], number to go on before or None).

    `count`: chains that there were, `grown`: those that the seal lists; what cannot be read any more is None.
    """
    length = func.length(_seals.c.body)
    listed = (length - func.length(func.replace(_seals.c.body, '["', ""))) / 2
    told = [func.substr(_seals.c.body, 1, _ENDS), func.substr(_seals.c.body, _larger(length - _ENDS + 1)), listed]
    chosen = select(_seals.c.number, _seals.c.day, _seals.c.hash, _seals.c.signature, *told).order_by(_seals.c.number.desc())
    if before is not None:
        chosen = chosen.where(_seals.c.number < before)
    rows = connection.execute(chosen.limit(limit + 1)).all()
    found = [_told(*row) for row in rows[:limit]]
    return found, found[-1]["number"] if len(rows) > limit else None


def _larger(position):
    return case((position > 1, position), else_=1)


def _told(number, day, digest, signature, head, tail, grown):
    begins, ends = _HEAD.match(head), _TAIL.search(tail)
    count, _, key, _, previous = ends.groups() if ends else (None,) * 5
    at = begins[1] if begins else None
    sealed = {"number": number, "day": day, "hash": digest, "signature": signature, "at": at, "grown": int(grown)}
    return sealed | {"count": count and int(count), "key": key, "previous": previous}


def chains(connection, root_key):
    """[{"chain", "length", "sealed", "process_id", "definition_key", "started"}] of a case's instances, the root first.

    `sealed`: how many entries the last seal that found it grown has counted; 0 before the first.
    """
    chosen = (
        select(
            _instances.c.key.label("chain"),
            _instances.c.history_seq.label("length"),
            func.coalesce(_sealed.c.seq, 0).label("sealed"),
            *(_instances.c[name] for name in ("process_id", "definition_key", "started")),
        )
        .outerjoin(_sealed, _sealed.c.chain == _instances.c.key)
        .where(_instances.c.root_key == root_key)
        .order_by(_instances.c.key)
    )
    return [dict(row) for row in connection.execute(chosen).mappings()]


def covering(connection, keys, since):
    """{chain: [(length, seal number, day)]}: how far each was sealed by which, oldest first. `since`: the first day (YYYY-MM-DD)."""
    found = {key: [] for key in keys}
    rows = select(_seals.c.number, _seals.c.day, _seals.c.body).where(_seals.c.day >= since).order_by(_seals.c.number)
    for number, day, body in connection.execute(rows, execution_options={"yield_per": _BATCH}):
        for key, sealed in found.items():
            place = body.find(f'["{key}",')
            item = re.match(r'\["\d+",(\d+),"', body[place : place + _ITEM]) if place >= 0 else None
            if item:
                sealed.append((int(item[1]), number, day))
    return found


def last(connection):
    """(number, day, hash) of the last seal; None before the first."""
    row = connection.execute(select(_seals.c.number, _seals.c.day, _seals.c.hash).order_by(_seals.c.number.desc()).limit(1)).first()
    return row and tuple(row)
