"""Which files are taken in, and how each is known by its content: never by its name, never by what the sender says it is."""

from dataclasses import dataclass

from engine.content import packages

MEBIBYTE = 1024 * 1024

#: Bytes that one file may have: a photo of a current telephone has 3 to 12 MiB, a minute of its video at the usual quality up to 20.
SIZE = 20 * MEBIBYTE


class Unfit(ValueError):
    """The content is not one that we keep; the text is a Chinese sentence part that follows the file's name."""


@dataclass(frozen=True)
class Kind:
    """`type` is the MIME type; `endings`: what a name may end with, the usual one first; `inline`: browsers may show it, not save it."""

    type: str
    endings: tuple
    is_image: bool = False
    inline: bool = False


JPEG = Kind("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"), is_image=True, inline=True)
PNG = Kind("image/png", (".png",), is_image=True, inline=True)
WEBP = Kind("image/webp", (".webp",), is_image=True, inline=True)
PDF = Kind("application/pdf", (".pdf",), inline=True)
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
MP4 = Kind("video/mp4", (".mp4", ".m4v"))

#: Everything that is taken in, and nothing else is.
ALLOWED = (JPEG, PNG, WEBP, PDF, DOCX, XLSX, MP4)
BY_TYPE = {kind.type: kind for kind in ALLOWED}

#: The part that makes a zip a document, and the type that its list of types must give it.
_PARTS = {
    "word/document.xml": (DOCX, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (XLSX, b"spreadsheetml.sheet.main+xml"),
}
#: Brands of ISO 14496-12 that a player of MP4 takes; QuickTime's own is none of them.
_MP4 = {b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

_OTHERS = "只收 JPEG、PNG、WebP 图片，PDF、DOCX、XLSX 文件和 MP4 视频"


def kind_of(content):
    """bytes -> Kind. Raises Unfit for everything that is not of ALLOWED, or only begins like it. Images are decoded elsewhere."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _package(content)
    if content[4:8] == b"ftyp":
        return _film(content)
    raise Unfit(f"不是可接收的文件：{_OTHERS}")


def _pdf(content):
    # ISO 32000-1, 7.5.5: the file ends with where its cross-reference stands; what was cut off while it was sent does not.
    if b"%%EOF" not in content[-1024:] or b"startxref" not in content[-2048:]:
        raise Unfit("是不完整的 PDF 文件，请重新上传")
    return PDF


def _package(content):
    try:
        names, types = packages.read(content)
    except packages.Unsound as problem:
        raise Unfit(str(problem)) from problem
    for part, (kind, main) in _PARTS.items():
        if part in names and main in types:
            return kind
    raise Unfit(f"不是 DOCX 或 XLSX 文件，压缩包和带宏的文件不予接收：{_OTHERS}")


def _film(content):
    length = int.from_bytes(content[:4])
    head = content[8:length] if 16 <= length <= 4096 else content[8:12]
    brands = {head[:4], *(head[place : place + 4] for place in range(8, len(head), 4))}
    if head[:4] in _HEIC:
        raise Unfit("是 HEIC 图片，无法读取：请在手机相机设置里选“兼容性最佳”（JPEG）后重拍，或转为 JPEG 再上传")
    if not brands & _MP4:
        raise Unfit(f"不是 MP4 视频：{_OTHERS}")
    if "moov" not in _boxes(content):
        raise Unfit("是不完整的视频，请重新上传")
    return MP4


def _boxes(content):
    """The names of the boxes of a film that are there as a whole; empty where one reaches beyond the end."""
    place, found = 0, set()
    while place < len(content):
        length, head = int.from_bytes(content[place : place + 4]), 8
        if length == 1:
            length, head = int.from_bytes(content[place + 8 : place + 16]), 16
        elif length == 0:
            length = len(content) - place
        if length < head or place + length > len(content):
            return set()
        found.add(content[place + 4 : place + 8].decode("latin-1"))
        place += length
    return found
