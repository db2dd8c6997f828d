"""Office documents are zips: read without being blown up by one."""

import io
import zipfile
import zlib

#: Bytes that a document may have when unpacked, how many times its packed size that may be, and how many parts it may have. XML packs to
#: a twentieth; a bomb to a thousandth.
UNPACKED, RATIO, PARTS = 200 * 1024 * 1024, 100, 5000
_SMALL = 1024 * 1024  # below it the ratio tells nothing: a sheet of empty cells packs to almost nothing

_TYPES = "[Content_Types].xml"


class Unsound(ValueError):
    """The zip is not one that we open; the text is a Chinese sentence part."""


def read(content):
    """(names of all parts, bytes of the part that lists their types). Every part is unpacked once, and its CRC checked. Raises Unsound."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            _expect_small(parts, len(content))
            if package.testzip() is not None:
                raise Unsound("已损坏，请重新上传")
            names = {part.filename for part in parts}
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Unsound("含有宏，不予接收：请另存为不带宏的文件")
            return names, package.read(_TYPES) if _TYPES in names else b""
    except Unsound:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as problem:
        raise Unsound("已损坏或已加密，无法读取") from problem


def _expect_small(parts, packed):
    # zipfile never unpacks more of a part than its head says, so that the heads may be believed.
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED or (unpacked > _SMALL and unpacked > RATIO * packed):
        raise Unsound("解压后过大，不予接收")
    if any(part.flag_bits & 1 for part in parts):
        raise Unsound("已加密，无法读取：请取消密码后再上传")
