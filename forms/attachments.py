"""A file in a form is a reference to what was uploaded before: its key, its name, its content by SHA-256, where and when a photo was taken.

Whoever fills in a form need send the key alone: engine/commands/attached.py puts there what was found in the content, before this is read.
"""

import re
from decimal import Decimal

from forms import moments

#: name: must it be there
SHAPE = {
    "key": True, "name": True, "sha256": True, "size": True, "type": False, "taken_at": False, "lng": False, "lat": False, "width": False,
    "height": False,
}  # fmt: skip
SIZE = 200_000_000  # bytes
NAME = 200  # characters
_KEY = re.compile(r"\d{1,19}\Z", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f/\\]")
_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+\Z")


def read(reference):
    """One reference as it was sent -> the same with `taken_at` as an aware datetime. Raises ValueError with a Chinese sentence part."""
    if not isinstance(reference, dict) or not all(name in reference for name, needed in SHAPE.items() if needed):
        raise ValueError("应为已上传的附件（名称、SHA-256、大小）")
    for name, value in reference.items():
        if name not in SHAPE:
            raise ValueError(f"附件没有「{name}」这一项")
        if value is None and not SHAPE[name]:
            continue
        _CHECKS[name](value)
    kept = {name: value for name, value in reference.items() if value is not None}
    if "taken_at" in kept:
        kept["taken_at"] = moments.read("datetime", kept["taken_at"])
    if ("lng" in kept) != ("lat" in kept):
        raise ValueError("附件的经度、纬度应同时提供")
    return kept


def _key(value):
    if not isinstance(value, str) or not _KEY.match(value):
        raise ValueError("附件的编号应为上传后得到的数字")


def _name(value):
    if not isinstance(value, str) or not value.strip() or len(value) > NAME or _NOT_IN_NAMES.search(value):
        raise ValueError(f"附件名称应为 1 至 {NAME} 个字符，不含路径")


def _sha256(value):
    if not isinstance(value, str) or not _SHA256.match(value):
        raise ValueError("附件的 SHA-256 应为 64 位十六进制数")


def _size(value):
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value) or not 0 < value <= SIZE:
        raise ValueError(f"附件大小应为 1 至 {SIZE // 1_000_000} MB 之内的字节数")


def _type(value):
    if not isinstance(value, str) or not _TYPE.match(value):
        raise ValueError("附件类型应如 image/jpeg")


def _taken_at(value):
    try:
        moments.read("datetime", value)
    except ValueError:
        raise ValueError("附件的拍摄时间应为日期和时间") from None


def _degrees(most):
    def check(value):
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not -most <= value <= most:
            raise ValueError("附件的经度、纬度应为度数")

    return check


def _pixels(value):
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value) or value < 1:
        raise ValueError("附件的宽度、高度应为像素数")


_CHECKS = {
    "key": _key, "name": _name, "sha256": _sha256, "size": _size, "type": _type, "taken_at": _taken_at, "lng": _degrees(180),
    "lat": _degrees(90), "width": _pixels, "height": _pixels,
}  # fmt: skip


def accepted(reference, accept):
    """Does a file fit what the form accepts: `.pdf,image/*` and the like? An empty `accept` takes everything."""
    wanted = [part.strip().lower() for part in accept.split(",") if part.strip()]
    name, kind = reference["name"].lower(), reference.get("type", "")
    for part in wanted:
        if part.startswith("."):
            if name.endswith(part):
                return True
        elif kind == part or (part.endswith("/*") and kind.startswith(part[:-1])):
            return True
    return not wanted
