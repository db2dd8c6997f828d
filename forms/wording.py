"""How a sentence to the person who fills in says what was expected and what was found."""

from datetime import date, datetime, time
from decimal import Decimal

from engine.domain import values

SHOWN = 40  # characters of a value that a sentence repeats
OFFERED = 6  # options that a sentence lists


def said(label, expected, found=None):
    """「字段」应……，但……。 `found` says what was found; without it the sentence ends after what was expected."""
    return f"「{label}」{expected}，但{found}。" if found else f"「{label}」{expected}。"


def filled(value, sensitive=False):
    """What was filled in, to follow 但. An identity number or telephone is never repeated."""
    if value is None or value == "" or value == []:
        return "没有填写"
    if sensitive:
        return "填写的内容不符（敏感信息，不显示）"
    return f"填写的是「{shown(value)}」"


def shown(value):
    """A value as people write it, cut to SHOWN characters."""
    if value is True or value is False:
        text = "是" if value else "否"
    elif isinstance(value, Decimal):
        text = values.number(value)
    elif isinstance(value, datetime):
        text = f"{value:%Y-%m-%d %H:%M}"
    elif isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, time):
        text = f"{value:%H:%M}"
    elif isinstance(value, list):
        text = "、".join(shown(item) for item in value[:OFFERED]) + ("……" if len(value) > OFFERED else "")
    elif isinstance(value, dict):
        text = str(value.get("name") or "一组数据")
    else:
        text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}……"


def offered(labels):
    """A list of options for a sentence, cut after OFFERED."""
    listed = "、".join(str(label) for label in labels[:OFFERED])
    return f"{listed}等 {len(labels)} 项" if len(labels) > OFFERED else listed
