"""Money in capital figures (大写), as decisions and receipts write it: 50000 → 伍万元整.

Source: 支付结算办法, annex 1 (正确填写票据和结算凭证的基本规定).
"""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_SECTIONS = ("亿", "万", "")

#: Yuan; from here on a fourth section would be needed, and no fine is as large.
LIMIT = Decimal(10) ** 12


def capital(amount):
    """Yuan, as Decimal or int, to the fen -> 伍万零叁佰元伍角整. Raises ValueError for less than zero, too much, or parts of a fen."""
    amount = _exact(amount)
    yuan, fen = divmod(int(amount * 100), 100)
    jiao, fen = divmod(fen, 10)
    text = _whole(yuan) + "元" if yuan else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        return text + _DIGITS[jiao] + "角" + (_DIGITS[fen] + "分" if fen else "整")
    return text + ("零" if yuan else "") + _DIGITS[fen] + "分"


def figures(amount):
    """Yuan, as Decimal or int -> 50,000.00. Raises ValueError as `capital` does."""
    return f"{_exact(amount):,.2f}"


def _exact(amount):
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, int)):
        raise ValueError(f"应为以元为单位的金额，但找到“{amount}”")
    amount = Decimal(amount)
    if not amount.is_finite() or not 0 <= amount < LIMIT or amount * 100 % 1:
        raise ValueError(f"应为零以上、一万亿元以下、精确到分的金额，但找到“{amount}”")
    return amount


def _whole(yuan):
    """A positive whole number in capitals, by sections of four digits; one 零 for zeros between two digits that are not."""
    text, gap = "", False
    for name, digits in zip(_SECTIONS, (yuan // 10**8, yuan // 10**4 % 10**4, yuan % 10**4), strict=True):
        if not digits:
            gap = True
            continue
        text += ("零" if text and (gap or digits < 1000) else "") + _section(digits) + name
        gap = False
    return text


def _section(digits):
    text, gap = "", False
    for place, digit in zip(_PLACES, f"{digits:04d}", strict=True):
        if digit == "0":
            gap = True
            continue
        text += ("零" if text and gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return text
