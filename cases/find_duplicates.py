"""Is the place on the ledger already? People decide; this only shows what looks the same."""

import re
import unicodedata
from difflib import SequenceMatcher

from sqlalchemy import select

from cases.places import Place

#: From this likeness on two names are shown side by side; chosen so that 有限公司 alone does not make two names alike.
ALIKE = 0.75

_TOWN = re.compile("^(上海市)?(松江区)?(小昆山镇)?")


def find_duplicates(session, call):
    """`local:place:find_duplicates`. Variables: name, address, village.

    Gives back duplicates: [{no, name, address, status, closed}], the ten likeliest, of those alike the newest first; voided entries
    are left out.
    """
    given = call.variables
    address, found = plain(given["address"]), []
    for place in session.scalars(select(Place).where(Place.village == given["village"], ~Place.voided).order_by(Place.no.desc())):
        likeness = SequenceMatcher(None, plain(given["name"]), plain(place.name)).ratio()
        if plain(place.address) == address or likeness >= ALIKE:
            found.append((plain(place.address) == address, likeness, place))
    found.sort(key=lambda one: (not one[0], -one[1]))
    told = [
        {"no": place.no, "name": place.name, "address": place.address, "status": place.status, "closed": place.closed is not None}
        for _, _, place in found[:10]
    ]
    return {"duplicates": told}, []


def plain(text):
    """An address or a name without what people write differently: width, spaces, dashes, the town in front of it."""
    return _TOWN.sub("", re.sub(r"[\s\-—()（）·,，]", "", unicodedata.normalize("NFKC", text)))
