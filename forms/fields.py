"""A component as a marshmallow field: what form-js sends for it becomes a Python value, or a sentence says why not."""

import re
from datetime import date, datetime, time
from decimal import Decimal

from marshmallow import ValidationError, fields

from engine.domain import values
from forms import attachments, moments, wording
from forms.options import same

TEXT, LONG_TEXT = 2_000, 20_000  # characters of a text field, of a text area
DIGITS = 34  # of a number, as FEEL computes with
FILES, CHOSEN = 100, 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_WORDS = {"date": "日期（如 2024-03-01）", "time": "时间（如 09:30）", "datetime": "日期和时间（如 2024-03-01T09:30）"}


class Input(fields.Field):
    """The field of one component. Empty is null, whatever the browser sends for it; what is needed at all is not decided here."""

    def __init__(self, component):
        super().__init__(allow_none=True, metadata={"label": component.label})
        self.component, self.label = component, component.label
        self.sensitive = component.properties.get("sensitive") == "true"

    def fail_with(self, expected, value):
        raise ValidationError(wording.said(self.label, expected, wording.filled(value, self.sensitive)))

    def _deserialize(self, value, attr, data, **kwargs):
        return None if value == "" else self.read(value)


class Text(Input):
    """A text without blanks at its ends; a text field has no line breaks."""

    def read(self, value):
        if not isinstance(value, str):
            self.fail_with("应为文字", value)
        limit = LONG_TEXT if self.component.type == "textarea" else TEXT
        if len(value) > limit:
            raise ValidationError(wording.said(self.label, f"最多 {limit} 个字", f"有 {len(value)} 个字"))
        if _CONTROL.search(value):
            raise ValidationError(wording.said(self.label, "应为可见的文字", "含有控制字符"))
        if self.component.type == "textfield":
            value = re.sub(r"[\r\n\t]", " ", value)
        return value.strip() or None


class Number(Input):
    """A Decimal; with serializeToString the text of one, as form-js sends it then."""

    def read(self, value):
        as_text = bool(self.component.raw.get("serializeToString"))
        number = self.number(value, as_text)
        digits, increment = self.component.raw.get("decimalDigits"), self.component.raw.get("increment")
        if digits is not None and -number.normalize().as_tuple().exponent > digits:
            self.fail_with("应为整数" if digits == 0 else f"最多保留 {digits} 位小数", number)
        if increment and number % Decimal(str(increment)) != 0:
            self.fail_with(f"应为 {increment} 的倍数", number)
        return values.number(number) if as_text else number

    def number(self, value, as_text):
        if as_text and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII):
            value = Decimal(value) if len(value) <= 2 * DIGITS else None
        elif isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fail_with("应为数字", value)
        number = Decimal(value) if value is not None else None
        if number is None or not number.is_finite() or len(number.as_tuple().digits) > DIGITS or abs(number.adjusted()) > DIGITS:
            raise ValidationError(wording.said(self.label, f"最多 {DIGITS} 位数字", "填写的更多"))
        return number


class Moment(Input):
    """A date, a time, or a date and time in Shanghai's zone."""

    def read(self, value):
        subtype = self.component.raw.get("subtype", "date")
        if isinstance(value, date | time | datetime):
            value = value.isoformat()
        try:
            return moments.read(subtype, value)
        except ValueError:
            return self.fail_with(f"应为{_WORDS[subtype]}", value)


class Flag(Input):
    """true or false."""

    def read(self, value):
        if not isinstance(value, bool):
            self.fail_with("应为勾选或不勾选", value)
        return value


class Choice(Input):
    """One option. Which ones there are may depend on the data, so they are looked at later (forms/limits.py)."""

    def read(self, value):
        return value


class Choices(Input):
    """A list of options, each once."""

    def read(self, value):
        if not isinstance(value, list):
            self.fail_with("应为所选各项的列表", value)
        if len(value) > CHOSEN:
            raise ValidationError(wording.said(self.label, f"最多选 {CHOSEN} 项", f"选了 {len(value)} 项"))
        for index, item in enumerate(value):
            if any(same(item, other) for other in value[:index]):
                raise ValidationError(wording.said(self.label, "每项只选一次", f"「{wording.shown(item)}」重复"))
        return value


class Files(Input):
    """A list of references to uploaded files."""

    def read(self, value):
        if not isinstance(value, list):
            self.fail_with("应为已上传的附件", value)
        if len(value) > FILES:
            raise ValidationError(wording.said(self.label, f"最多 {FILES} 个附件", f"有 {len(value)} 个"))
        return [self.reference(item) for item in value]

    def reference(self, item):
        try:
            found = attachments.read(item)
        except ValueError as problem:
            raise ValidationError(f"「{self.label}」{problem}。") from problem
        accept = self.component.raw.get("accept") or ""
        if not attachments.accepted(found, accept):
            raise ValidationError(wording.said(self.label, f"应为 {accept} 类型的文件", f"收到的是「{found['name']}」"))
        return found


BY_TYPE = {
    "textfield": Text, "textarea": Text, "number": Number, "datetime": Moment, "checkbox": Flag, "radio": Choice, "select": Choice,
    "checklist": Choices, "taglist": Choices, "filepicker": Files,
}  # fmt: skip
#: What form-js sends for a field that nobody touched.
EMPTY = {"textfield": "", "textarea": "", "checkbox": False, "checklist": [], "taglist": []}
