"""What somebody tells of a find (隐患上报), held against what a village can act on; the rest is asked by the form of its queue."""

import unicodedata
from datetime import datetime
from decimal import Decimal, InvalidOperation

from cases.hazards import CATEGORIES
from engine.domain.errors import Invalid

#: A position that is less exact than this does not tell where it is: then the address has to. Metres.
EXACT = 500
#: Of one report; each as large as any attachment.
PHOTOS = 6
#: Photos of one report together: on the way from a telephone, bytes.
TOGETHER = 60 * 1024 * 1024
#: Longest texts, as the forms have them.
TEXT, ADDRESS = 500, 120
OTHER = "H99"
#: A telephone that lost its time says another year.
_YEARS = range(2020, 2200)


def read(given, units):
    """{"category", "text", "is_major", "village", "address", "position" {lng, lat, accuracy} or None, "found_at"} of {name: text}.

    `units`: those for which the actor works, one of which the place lies in. Raises Invalid with a Chinese sentence for each field.
    """
    told, wrong = {"is_major": given.get("severe") == "1", "found_at": _moment(given.get("found_at"))}, {}
    for name, look in (("category", _category), ("position", position), ("text", _text), ("address", _address)):
        try:
            told[name] = look(given, told)
        except ValueError as error:
            wrong[name] = [str(error)]
    told["village"] = (given.get("village") or (units[0] if len(units) == 1 else None)) if units else None
    if units and told["village"] not in units:
        wrong["village"] = ["请选择隐患所在的居村（公司）。"]
    if wrong:
        raise Invalid(f"Expected a find with what and where, but {', '.join(wrong)} will not do", problems=wrong)
    return told


def _category(given, _):
    if given.get("category") not in CATEGORIES:
        raise ValueError("请选择是什么隐患。")
    return given["category"]


def _text(given, told):
    text = plain(given.get("text", ""))
    if len(text) > TEXT:
        raise ValueError(f"说明最多 {TEXT} 个字，现有 {len(text)} 个字。")
    if told.get("category") == OTHER and len(text) < 4:
        raise ValueError("选了“其他”的，请说明是什么隐患（至少 4 个字）。")
    return text


def position(given, _=None):
    """{"lng", "lat", "accuracy" metres} of three texts, None of none. Raises ValueError with a Chinese sentence."""
    texts = [given.get(name) or None for name in ("lng", "lat", "accuracy")]
    if texts == [None, None, None]:
        return None
    try:
        lng, lat, accuracy = (Decimal(text) for text in texts)
        if not (abs(lng) <= 180 and abs(lat) <= 90 and 0 <= accuracy < 10**7):
            raise ValueError
    except (InvalidOperation, TypeError, ValueError):
        raise ValueError("定位数据有误，请重新定位，或者写明地址。") from None
    places = Decimal("0.000001")
    return {"lng": lng.quantize(places), "lat": lat.quantize(places), "accuracy": round(accuracy)}


def _address(given, told):
    address = " ".join(plain(given.get("address", "")).split())
    there = told.get("position")
    if len(address) > ADDRESS:
        raise ValueError(f"地址最多 {ADDRESS} 个字，现有 {len(address)} 个字。")
    if not address and there and there["accuracy"] <= EXACT:
        return ""
    if len(address) < 4:
        raise ValueError("请写明地址（至少 4 个字）。" if address or not there else f"定位误差超过 {EXACT} 米，请写明地址。")
    return address


def plain(text):
    """Without what nobody sees, and ends of lines as there are everywhere."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in kept if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")).strip()


def _moment(text):
    """When it was found, by the telephone's clock; None where it does not say."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo and found.year in _YEARS else None
