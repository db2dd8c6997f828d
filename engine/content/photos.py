"""Photos: decoded whole before they are kept, asked when and where they were taken, shown small.

A position is in degrees of WGS-84, which is what EXIF (JEITA CP-3451, GPSMapDatum) and every telephone writes; one in another datum is no
position to us. A time without its offset is taken for Shanghai's, where the cameras are.
"""

import io
import struct
import threading
import zlib
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from PIL import ExifTags, Image, ImageOps

from engine.content.kinds import Unfit
from engine.domain.people import ZONE

#: Pixels that a photo may have. Decoded it takes four bytes for each.
PIXELS = 80_000_000
#: Pixels along the longer side of a thumbnail.
SMALL = 320
#: A photo is read whole, but not shown, larger than this: a JPEG decodes to an eighth at no loss of what the check is for.
_LOOK = 64
#: No photo of ours is older, or from after this year: a camera that lost its time says 1970 or 1980. forms/moments.py has the same bounds.
_YEARS = range(1992, 2201)
#: Degrees are kept to a tenth of a metre.
_PLACES = Decimal("0.000001")
_WGS84 = ("", "WGS84", "WGS1984")

#: One at a time in a process, so that sixteen at once do not take its memory.
_one = threading.Lock()

_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error, zlib.error)
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def facts(content, kind):
    """{"width", "height", "taken_at", "lng", "lat"}: pixels as the photo is seen, an aware datetime, Decimals; the last three may be None.

    Raises Unfit for a photo that cannot be decoded, or only into too much.
    """
    with _opened(content, kind.type) as image:
        exif = image.getexif()
        width, height = image.size
        if exif.get(ExifTags.Base.Orientation) in (5, 6, 7, 8):  # lies on its side
            width, height = height, width
        taken_at, (lng, lat) = _tried(_taken_at, exif), _tried(_position, exif) or (None, None)
        image.draft("RGB", (_LOOK, _LOOK))
        image.load()
    return {"width": width, "height": height, "taken_at": taken_at, "lng": lng, "lat": lat}


def thumbnail(content, type_):
    """The bytes of a JPEG of at most SMALL pixels a side, upright, without any of the photo's metadata. Raises Unfit as `facts`."""
    with _opened(content, type_) as image:
        image.draft("RGB", (SMALL, SMALL))
        image.thumbnail((SMALL, SMALL))
        seen = ImageOps.exif_transpose(image).convert("RGBA")
    small = Image.new("RGB", seen.size, "white")  # a new one knows nothing of where it came from
    small.paste(seen, mask=seen.getchannel("A"))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=80)
    return written.getvalue()


@contextmanager
def _opened(content, type_):
    try:
        with _one, Image.open(io.BytesIO(content), formats=(_FORMATS[type_],)) as image:
            if image.width * image.height > PIXELS:
                raise Image.DecompressionBombError
            yield image
    except _BOMB as problem:
        raise Unfit(f"图片尺寸过大，最多 {PIXELS // 10_000} 万像素") from problem
    except _BROKEN as problem:
        raise Unfit("不是完整的图片，无法读取：请重新拍摄或上传") from problem


def _tried(look, exif):
    """What `look` finds in EXIF; None where the camera wrote nonsense."""
    try:
        return look(exif)
    except (*_BROKEN, ArithmeticError, AttributeError):
        return None


def _taken_at(exif):
    # DateTimeOriginal, or when it was digitised; DateTime is when a program last wrote the file.
    inner, tags = exif.get_ifd(ExifTags.IFD.Exif), ExifTags.Base
    for when, offset in ((tags.DateTimeOriginal, tags.OffsetTimeOriginal), (tags.DateTimeDigitized, tags.OffsetTimeDigitized)):
        if when in inner:
            local = datetime.strptime(_text(inner[when]), "%Y:%m:%d %H:%M:%S").replace(tzinfo=_zone(inner.get(offset)))
            return local if local.year in _YEARS else None
    return None


def _zone(text):
    try:
        sign, hours, minutes = _text(text)[0], *map(int, _text(text)[1:].split(":"))
        ahead = timedelta(hours=hours, minutes=minutes)
        if sign in "+-" and 0 <= minutes < 60 and ahead <= timedelta(hours=14):
            return timezone(ahead if sign == "+" else -ahead)
    except (ValueError, IndexError):
        pass
    return ZONE


def _position(exif):
    found, tags = exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPS
    datum = "".join(filter(str.isalnum, _text(found.get(tags.GPSMapDatum)))).upper()
    if datum not in _WGS84:
        return None
    lng = _degrees(found[tags.GPSLongitude], found[tags.GPSLongitudeRef], "EW", 180)
    lat = _degrees(found[tags.GPSLatitude], found[tags.GPSLatitudeRef], "NS", 90)
    if lng is None or lat is None or not (lng or lat):  # zero and zero is a camera that had no satellites
        return None
    return lng, lat


def _degrees(parts, towards, signs, most):
    degrees, minutes, seconds = (Decimal(part.numerator) / Decimal(part.denominator) for part in parts)
    found = (degrees + minutes / 60 + seconds / 3600).quantize(_PLACES)
    direction = _text(towards).upper()
    if direction not in tuple(signs) or not 0 <= found <= most or minutes >= 60 or seconds >= 60:
        return None
    return -found if direction == signs[1] else found


def _text(value):
    """A text of EXIF, which some cameras write as bytes, and end with NUL."""
    text = value.decode("ascii") if isinstance(value, bytes) else value or ""
    return text.strip("\x00 ")
