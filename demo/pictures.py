"""Files to hand in: a small photo as a telephone takes it, with time and position; a sheet of paper as PDF; a film without a track."""

import io
import random
from fractions import Fraction

from PIL import ExifTags, Image, ImageDraw

from engine.domain.people import ZONE

_SIZE = (240, 180)
_WALLS = ("#b9b4a7", "#a9b3ba", "#c2b59b", "#9fa8a3", "#b7a9a0")
_THINGS = ("#8a3b2e", "#2f5d7c", "#6b7a3a", "#7a5c2e", "#c9a227", "#d9d9d9")


def photo(taken_at, lng, lat, seed):
    """The bytes of a JPEG that says when (aware datetime) and where (degrees of WGS-84) it was taken: a room with things in it."""
    local, exif = taken_at.astimezone(ZONE), Image.Exif()
    tags = ExifTags.Base
    inner = {tags.DateTimeOriginal: f"{local:%Y:%m:%d %H:%M:%S}", tags.OffsetTimeOriginal: "+08:00", tags.OffsetTime: "+08:00"}
    exif.get_ifd(ExifTags.IFD.Exif).update(inner)
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(position(lng, lat))
    written = io.BytesIO()
    _room(seed, f"{local:%Y-%m-%d %H:%M}  E{lng:.5f} N{lat:.5f}").save(written, "JPEG", quality=55, exif=exif)
    return written.getvalue()


def _room(seed, mark):
    """A floor, a wall, a door, boxes: enough for a thumbnail to look at."""
    chance = random.Random(seed)  # noqa: S311
    width, height = _SIZE
    image = Image.new("RGB", _SIZE, chance.choice(_WALLS))
    draw = ImageDraw.Draw(image)
    horizon = height * chance.randint(52, 64) // 100
    draw.polygon([(0, horizon), (width, horizon), (width, height), (0, height)], fill="#6f6a62")
    door = chance.randint(10, 180)
    draw.rectangle([door, horizon - 62, door + 34, horizon], fill="#4d5a52", outline="#2d322f")
    for _ in range(chance.randint(3, 7)):
        left, top = chance.randint(0, width - 30), chance.randint(horizon - 18, height - 55)
        draw.rectangle(
            [left, top, left + chance.randint(16, 52), top + chance.randint(14, 40)], fill=chance.choice(_THINGS), outline="#333"
        )
    draw.rectangle([0, height - 14, width, height], fill="#1c1c1c")
    draw.text((4, height - 13), mark, fill="#f2f2f2")
    return image


def position(lng, lat):
    """The EXIF tags of a position in degrees."""
    tags = ExifTags.GPS
    return {
        tags.GPSLongitudeRef: "E" if lng >= 0 else "W", tags.GPSLongitude: _parts(abs(lng)),
        tags.GPSLatitudeRef: "N" if lat >= 0 else "S", tags.GPSLatitude: _parts(abs(lat)),
    }  # fmt: skip


def _parts(degrees):
    whole, rest = divmod(Fraction(str(degrees)) * 3600, 3600)
    minutes, seconds = divmod(rest, 60)
    return Fraction(whole), Fraction(minutes), Fraction(round(seconds * 10_000), 10_000)


def sheet(title):
    """The bytes of a PDF of one page that bears a Chinese title, in the font that every reader of PDF brings along for Chinese."""
    text = title.encode("utf-16-be").hex().upper()
    content = f"BT /F1 22 Tf 90 740 Td <{text}> Tj ET 90 725 m 505 725 l S".encode()
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
        b"/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 880/StemV 93>>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, body)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)


def film():
    """The bytes of an MP4 without a track."""
    return _box(b"ftyp", b"isom" + bytes(4) + b"isom") + _box(b"moov", _box(b"mvhd", bytes(100))) + _box(b"mdat", b"demo")


def _box(name, inside):
    return (8 + len(inside)).to_bytes(4) + name + inside
