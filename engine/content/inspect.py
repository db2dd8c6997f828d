"""One uploaded file, looked at before anything of it is kept."""

import hashlib
import unicodedata

from engine.content import photos
from engine.content.kinds import MEBIBYTE, SIZE, Unfit, kind_of

#: Characters of a name; forms/attachments.py has the same bound.
NAME = 200

_NO_PHOTO = dict.fromkeys(("width", "height", "taken_at", "lng", "lat"))


def inspected(name, content):
    """The facts of a file: {"name", "type", "size", "sha256", "taken_at", "lng", "lat", "width", "height"}.

    `taken_at` is an aware datetime, `lng` and `lat` Decimals in degrees of WGS-84; None for what is no photo, or a photo that does not say.
    The name is the sender's, without its folders, and ends as the content wants it. Raises Unfit.
    """
    if not content:
        raise Unfit("是空文件")
    if len(content) > SIZE:
        raise Unfit(f"超过 {SIZE // MEBIBYTE} MB，请压缩或分开后再上传")
    kind = kind_of(content)
    found = photos.facts(content, kind) if kind.is_image else _NO_PHOTO
    named = {"name": _name(name, kind), "type": kind.type, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    return named | found


def _name(sent, kind):
    name = sent.replace("\\", "/").rpartition("/")[2]
    # Without what nobody sees: control characters, and marks that let a name be read backwards.
    name = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs")).strip()
    if not name:
        raise Unfit("没有文件名")
    if not name.lower().endswith(kind.endings):
        name += kind.endings[0]
    if len(name) > NAME:
        raise Unfit(f"的文件名最多 {NAME} 个字")
    return name
