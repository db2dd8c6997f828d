"""Small real files of every kind that is taken in, made in a line; photos with what a telephone writes into them."""

import hashlib
import io
import zipfile
from datetime import datetime, timedelta, timezone

from PIL import ExifTags, Image

from demo.pictures import position

SHANGHAI = timezone(timedelta(hours=8))
PLACE = (121.13, 31.03)  # longitude, latitude: 小昆山


def photo(taken_at="2024-04-01T09:20+08:00", place=PLACE, size=(48, 32), format="JPEG", turned=1, gps=None, **exif):
    """The bytes of a photo. `taken_at`: ISO 8601, without offset none is written; None for a photo that says nothing. `gps`: more tags."""
    found, inner, tags = Image.Exif(), {}, ExifTags.Base
    if taken_at is not None:
        at = datetime.fromisoformat(taken_at)
        inner[tags.DateTimeOriginal] = f"{at:%Y:%m:%d %H:%M:%S}"
        if at.tzinfo:
            inner[tags.OffsetTimeOriginal] = f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:]
    inner.update({tags[name]: value for name, value in exif.items()})
    if inner:
        found._ifds[ExifTags.IFD.Exif] = inner
    if place is not None:
        found._ifds[ExifTags.IFD.GPSInfo] = position(*place) | {ExifTags.GPS[name]: value for name, value in (gps or {}).items()}
    if turned != 1:
        found[tags.Orientation] = turned
    return written(colours(size), format, exif=found.tobytes())


def colours(size):
    """An image whose left half is red and whose right half is blue, so that a turn shows."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


def written(image, format, **more):
    """An image as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, format, **more)
    return file.getvalue()


def pdf(text="回证"):
    """The bytes of a PDF without pages."""
    body = f"%PDF-1.4\n%{text}\n1 0 obj<</Type/Catalog>>endobj\n".encode()
    return body + b"trailer<</Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(body) - 1)


def office(part, main, *more):
    """The bytes of a zip with a part of a document, its type, and `more` (name, content)."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<Types><Override PartName="/{part}" ContentType="application/vnd.{main}"/></Types>')
        package.writestr(part, "<x/>")
        for name, content in more:
            package.writestr(name, content)
    return file.getvalue()


def docx(*more):
    return office("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document.main+xml", *more)


def xlsx(*more):
    return office("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main+xml", *more)


def mp4(text="执法记录", brand=b"isom"):
    """The bytes of a film without a track."""
    box = lambda name, inside: (8 + len(inside)).to_bytes(4) + name + inside  # noqa: E731
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"moov", box(b"mvhd", bytes(100))) + box(b"mdat", text.encode())


def standing_for(reference):
    """(name, bytes) of a file whose facts are those that a form's reference of tests/forms/filled.py claims."""
    name, kind = reference["name"], reference.get("type", "")
    if kind == "image/jpeg":
        place = (reference["lng"], reference["lat"]) if "lng" in reference else None
        return name, photo(reference.get("taken_at"), place, ImageDescription=name)
    return name, mp4(name) if kind == "video/mp4" else pdf(name)


def sha256(content):
    return hashlib.sha256(content).hexdigest()
