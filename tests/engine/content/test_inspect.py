"""What a file is stands in its content: neither its name nor its sender says so."""

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PIL import ExifTags, Image

from engine.content import packages, photos
from engine.content.inspect import inspected
from engine.content.kinds import ALLOWED, SIZE, Unfit
from tests.engine.content import made

KINDS = {
    "image/jpeg": (made.photo(), ".jpg"),
    "image/png": (made.photo(format="PNG"), ".png"),
    "image/webp": (made.photo(format="WEBP"), ".webp"),
    "application/pdf": (made.pdf(), ".pdf"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (made.docx(), ".docx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (made.xlsx(), ".xlsx"),
    "video/mp4": (made.mp4(), ".mp4"),
}
HEIC = made.mp4(brand=b"heic")


def refused(content, name="a.jpg"):
    """The sentence part with which a file is refused."""
    with pytest.raises(Unfit) as caught:
        inspected(name, content)
    return str(caught.value)


def test_everything_that_is_taken_in_is_tried_here():
    assert set(KINDS) == {kind.type for kind in ALLOWED}


@pytest.mark.parametrize("type_", KINDS)
def test_a_file_is_what_its_content_is_and_its_name_says_so_in_the_end(type_):
    content, ending = KINDS[type_]

    found = inspected("附件.exe", content)

    assert (found["type"], found["name"]) == (type_, f"附件.exe{ending}")
    assert (found["size"], found["sha256"]) == (len(content), made.sha256(content))
    assert inspected(f"附件{ending.upper()}", content)["name"] == f"附件{ending.upper()}"


@pytest.mark.parametrize(
    "sent, name",
    [
        (r"C:\照片\门口.jpg", "门口.jpg"),
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("门\n口\x00.jpg", "门口.jpg"),
        ("exe.\u202egpj.jpg", "exe.gpj.jpg"),
        ("全角\u3000空格.jpg", "全角\u3000空格.jpg"),
        ("a.jpeg", "a.jpeg"),
    ],
)
def test_a_name_is_without_folders_and_without_what_nobody_sees(sent, name):
    assert inspected(sent, made.photo())["name"] == name


@pytest.mark.parametrize("sent, says", [("", "没有文件名"), ("/", "没有文件名"), ("长" * 197 + ".jpg", "最多 200 个字")])
def test_a_name_has_bounds(sent, says):
    assert says in refused(made.photo(), sent)


@pytest.mark.parametrize(
    "content, says",
    [
        (b"", "空文件"),
        (b"MZ" + bytes(100), "不是可接收的文件"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "不是可接收的文件"),
        (b"GIF89a" + bytes(100), "不是可接收的文件"),
        (b"<html>", "不是可接收的文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "不是可接收的文件"),
        (HEIC, "HEIC"),
        (made.mp4(brand=b"qt  "), "不是 MP4"),
        (made.mp4()[:-4], "不完整的视频"),
        (made.pdf()[:-8], "不完整的 PDF"),
        (b"%PDF-1.4\n", "不完整的 PDF"),
        (b"\xff\xd8\xff" + bytes(100), "不是完整的图片"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "不是完整的图片"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "不是完整的图片"),
        (made.office("other/thing.xml", "thing+xml"), "不是 DOCX 或 XLSX"),
        (made.office("word/document.xml", "openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), "不是 DOCX 或 XLSX"),
        (made.docx(("word/vbaProject.bin", "x")), "含有宏"),
        (made.docx()[:-30], "已损坏"),
    ],
)
def test_what_is_none_of_them_or_only_begins_like_one_is_refused(content, says):
    assert says in refused(content)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_was_cut_off_is_refused(format):
    content = made.photo(size=(800, 600), format=format)

    assert "不是完整的图片" in refused(content[: len(content) * 9 // 10])


def test_a_file_has_a_size():
    content = made.pdf()
    head, tail = content[:60], content[60:]

    assert inspected("a.pdf", head + bytes(SIZE - len(content)) + tail)["size"] == SIZE
    assert "超过 20 MB" in refused(head + bytes(SIZE - len(content) + 1) + tail)


def test_a_photo_of_too_many_pixels_is_refused_before_it_is_decoded(monkeypatch):
    content = made.written(Image.new("1", (20_000, 20_000)), "PNG")
    assert len(content) < 100_000

    assert "图片尺寸过大，最多 8000 万像素" in refused(content)
    monkeypatch.setattr(photos, "PIXELS", 48 * 32 - 1)
    assert "图片尺寸过大" in refused(made.photo())


def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch):
    assert "解压后过大" in refused(made.docx(("word/bomb.xml", "\0" * 3_000_000)))
    monkeypatch.setattr(packages, "PARTS", 2)
    assert "解压后过大" in refused(made.docx(("word/a.xml", "a")))


def test_a_document_whose_parts_are_damaged_or_locked_is_refused():
    content = bytearray(made.docx(("word/media.bin", b"0123456789" * 3)))
    place = zipfile.ZipFile(io.BytesIO(bytes(content))).getinfo("word/document.xml")
    content[place.header_offset + 30 + len("word/document.xml")] ^= 0xFF
    assert "已损坏" in refused(bytes(content))

    locked = bytearray(made.docx())
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(head) + flags] |= 1
    assert "请取消密码" in refused(bytes(locked))


class TestPhoto:
    """What a camera wrote."""

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_it_tells_when_and_where_it_was_taken(self, format):
        found = inspected("a", made.photo("2024-04-01T09:20:30+08:00", (121.130001, 31.029999), format=format))

        assert found["taken_at"] == datetime(2024, 4, 1, 1, 20, 30, tzinfo=UTC)
        assert (found["lng"], found["lat"]) == (Decimal("121.130001"), Decimal("31.029999"))

    def test_west_and_south_are_below_zero(self):
        found = inspected("a", made.photo(place=(-70.5, -33.25)))
        assert (found["lng"], found["lat"]) == (Decimal("-70.5"), Decimal("-33.25"))

    @pytest.mark.parametrize(
        "written, utc",
        [
            ("2024-04-01T09:20+09:00", "2024-04-01T00:20"),
            ("2024-04-01T09:20-05:30", "2024-04-01T14:50"),
            ("2024-04-01T09:20", "2024-04-01T01:20"),
        ],
    )
    def test_a_time_without_its_offset_is_shanghai_s(self, written, utc):
        assert inspected("a", made.photo(written))["taken_at"] == datetime.fromisoformat(utc).replace(tzinfo=UTC)

    @pytest.mark.parametrize("offset", ["", "Z", "8", "+8:7x", "+99:00", "+08:75"])
    def test_an_offset_that_is_none_is_not_believed(self, offset):
        photo = made.photo("2024-04-01T09:20", OffsetTimeOriginal=offset)
        assert inspected("a", photo)["taken_at"] == datetime(2024, 4, 1, 1, 20, tzinfo=UTC)

    @pytest.mark.parametrize(
        "text", ["0000:00:00 00:00:00", "1980:01:01 00:00:00", "2024-04-01", "", "9999:01:01 00:00:00", "    :  :     :  :  "]
    )
    def test_a_time_that_is_none_is_none(self, text):
        assert inspected("a", made.photo(None, DateTimeOriginal=text))["taken_at"] is None

    def test_when_a_program_wrote_the_file_is_not_when_it_was_taken(self):
        exif = Image.Exif()
        exif[ExifTags.Base.DateTime] = "2024:04:01 09:20:00"
        assert inspected("a", made.written(made.colours((8, 8)), "JPEG", exif=exif))["taken_at"] is None

    def test_when_it_was_digitised_stands_in(self):
        assert inspected("a", made.photo(None, DateTimeDigitized="2024:04:01 09:20:00"))["taken_at"] is not None

    @pytest.mark.parametrize(
        "gps",
        [
            {"GPSLatitude": (91, 0, 0)},
            {"GPSLongitude": (181, 0, 0)},
            {"GPSLatitude": (31, 61, 0)},
            {"GPSLatitudeRef": "X"},
            {"GPSLatitudeRef": ""},
            {"GPSMapDatum": "TOKYO"},
            {"GPSMapDatum": "GCJ-02"},
            {"GPSLongitude": (0, 0, 0), "GPSLatitude": (0, 0, 0)},
        ],
    )
    def test_a_position_that_is_none_or_in_another_datum_is_none(self, gps):
        found = inspected("a", made.photo(gps=gps))
        assert (found["lng"], found["lat"]) == (None, None) and found["taken_at"] is not None

    @pytest.mark.parametrize("datum", ["WGS-84", "WGS84", "wgs 84"])
    def test_the_datum_is_wgs_84(self, datum):
        assert inspected("a", made.photo(gps={"GPSMapDatum": datum}))["lng"] == Decimal("121.13")

    def test_one_that_says_nothing_is_taken_in_all_the_same(self):
        found = inspected("a", made.photo(None, None))
        assert (found["taken_at"], found["lng"], found["lat"], found["width"]) == (None, None, None, 48)

    @pytest.mark.filterwarnings("ignore:Corrupt EXIF data")  # Pillow tells the log
    def test_exif_that_is_nonsense_is_no_exif(self):
        content = made.written(made.colours((8, 8)), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f" + bytes(8))
        assert inspected("a", content)["taken_at"] is None

    def test_its_size_is_as_it_is_seen(self):
        found = inspected("a", made.photo(turned=6))
        assert (found["width"], found["height"]) == (32, 48)


class TestThumbnail:
    """Small, upright, and it tells nothing."""

    def open(self, content, type_="image/jpeg"):
        return Image.open(io.BytesIO(photos.thumbnail(content, type_)))

    @pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
    def test_it_is_a_small_jpeg(self, format):
        small = self.open(made.photo(size=(1600, 900), format=format), f"image/{format.lower()}")
        assert (small.format, small.size) == ("JPEG", (320, 180))

    def test_it_stands_upright(self):
        small = self.open(made.photo(size=(1600, 900), turned=6))
        assert small.size == (180, 320)
        red, _, blue = small.getpixel((90, 10))
        assert red > 200 > 50 > blue

    def test_nothing_of_the_photo_s_metadata_is_in_it(self):
        content = made.written(
            Image.open(io.BytesIO(made.photo())), "JPEG", exif=Image.open(io.BytesIO(made.photo())).getexif(), comment=b"secret"
        )
        assert b"secret" in content and b"Exif" in content

        small = photos.thumbnail(content, "image/jpeg")

        assert b"secret" not in small and b"Exif" not in small
        assert not self.open(content).getexif()

    def test_what_cannot_be_seen_through_is_white(self):
        small = self.open(made.written(Image.new("RGBA", (64, 64), (0, 0, 0, 0)), "PNG"), "image/png")
        assert min(small.getpixel((10, 10))) > 250

    def test_a_small_photo_stays_as_small_as_it_is(self):
        assert self.open(made.photo()).size == (48, 32)
