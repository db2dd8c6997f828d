"""Numbers that prove themselves: the credit code of an organisation, the identity number of a citizen, a mobile number."""

import re
from datetime import datetime

_USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015, 4.6: without I, O, S, V, Z
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}\Z", re.ASCII)
_CITIZEN = re.compile(r"[1-9]\d{16}[\dX]\Z", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)


def uscc_fault(text):
    """None for a valid 统一社会信用代码 (GB 32100-2015, check digit after annex B), else what was expected and found."""
    if not _USCC.match(text):
        return "应为 18 位统一社会信用代码（数字和大写字母，不含 I、O、S、V、Z）", None
    total = sum(_USCC_CHARACTERS.index(character) * 3**place for place, character in enumerate(text[:17]))
    expected = _USCC_CHARACTERS[-total % 31]
    if text[17] == expected:
        return None
    return "的校验码（第 18 位）应正确（GB 32100-2015）", f"第 18 位是「{text[17]}」，按前 17 位算应为「{expected}」"


def citizen_fault(text, today):
    """None for a valid 公民身份号码 (GB 11643-1999, ISO 7064 MOD 11-2) of somebody born by `today`, else what was expected and found.

    The number itself is never part of the sentence.
    """
    if not _CITIZEN.match(text):
        return "应为 18 位公民身份号码（末位可为 X）", "填写的内容不是"
    try:
        born = datetime.strptime(text[6:14], "%Y%m%d").date()  # noqa: DTZ007 (a day of birth has no zone)
    except ValueError:
        return "中的出生日期（第 7 至 14 位）应为真实日期", "填写的不是"
    if born > today or born.year < 1880:
        return "中的出生日期（第 7 至 14 位）应不晚于今天", "填写的不是"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(text[:17]))
    return None if text[17] == "10X98765432"[total % 11] else ("的校验码（第 18 位）应正确（GB 11643-1999）", "填写的不正确")


def mobile_fault(text):
    """None for a mobile number of mainland China, else what was expected and found."""
    return None if _MOBILE.match(text) else ("应为 11 位手机号码", "填写的内容不是")
