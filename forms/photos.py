"""What a photo has to prove: when it was taken, where, and how far from the place."""

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from forms import moments, wording

EARTH = 6_371_000  # metres, its mean radius


def taken_after(photos, given):
    """Every photo that says when it was taken is later than the latest of those at the path."""
    label, others = given.other()
    before = [moments.any_of(photo.get("taken_at")) for photo in others or [] if isinstance(photo, dict)]
    latest = max((moment for moment in before if moment is not None), default=None)
    wrong = [photo for photo in photos if latest and "taken_at" in photo and photo["taken_at"] <= latest]
    if not wrong:
        return None
    return f"应晚于「{label}」拍摄（{wording.shown(latest)}）", f"「{wrong[0]['name']}」拍摄于 {wording.shown(wrong[0]['taken_at'])}"


def evidence(photos, given):
    """Every photo says when and where it was taken, or the text at the path says why not."""
    label, reason = given.other()
    lacking = [photo["name"] for photo in photos if not photo.keys() >= {"taken_at", "lng", "lat"}]
    if not lacking or (isinstance(reason, str) and reason.strip()):
        return None
    return f"应含拍摄时间和位置，或在「{label}」说明原因", f"「{lacking[0]}」没有"


def near(photos, given):
    """Every photo that says where was taken within so many metres of the place at the two paths."""
    longitude, latitude, most = given.other(0)[1], given.other(1)[1], int(given.arguments[2])
    if not isinstance(longitude, Decimal | int) or not isinstance(latitude, Decimal | int):
        return None
    for photo in photos:
        if "lng" in photo and (away := metres(longitude, latitude, photo["lng"], photo["lat"])) > most:
            return f"应在场所 {most} 米以内拍摄", f"「{photo['name']}」距场所约 {round(away)} 米"
    return None


def metres(longitude, latitude, other_longitude, other_latitude):
    """The distance of two places in degrees, over the sphere (haversine)."""
    east, north, other_east, other_north = (radians(float(value)) for value in (longitude, latitude, other_longitude, other_latitude))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))
