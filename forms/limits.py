"""What form-js itself can ask of a value: that it is there, its range, its length, its pattern, one of the options, not in the past."""

from datetime import date, time
from decimal import ROUND_CEILING, Decimal

from engine import feel
from engine.domain import values
from forms import moments, wording
from forms.options import Options, same
from forms.patterns import Pattern

# RFC 5322 as HTML and form-js narrow it, rewritten here without look-ahead
_LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
EMAIL = Pattern(r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@" + _LABEL + r"(\." + _LABEL + ")*$")
_NO_PHONE = "form-js takes telephones only with a country code (+86); use the pattern ^1[3-9]\\d{9}$, or the check mobile"
_WORDS = {"min": "不小于", "max": "不大于", "minLength": "至少", "maxLength": "至多"}


class Limits:
    """The validation of one component, compiled. `check` gives every sentence about a value that was converted already."""

    __slots__ = ("_bounds", "_component", "_multiple", "_not_past", "_options", "_pattern", "_pattern_says", "required")

    def __init__(self, component, reading):
        raw, validate = component.raw, component.raw.get("validate") or {}
        self._component, self.required = component, validate.get("required") is True
        if type(validate.get("required", False)) is not bool:
            reading.refuse(f"Expected required of {component.called} to be true or false, but it is {validate['required']!r}")
        self._bounds = {name: self._bound(name, validate[name], reading) for name in _WORDS if validate.get(name) not in (None, "")}
        self._pattern, self._pattern_says = self._read_pattern(validate, reading), validate.get("patternErrorMessage")
        self._options = Options(component, reading) if component.type in ("radio", "select", "checklist", "taglist") else None
        self._not_past = raw.get("disallowPassedDates") is True
        self._multiple = raw.get("multiple", False)
        if component.type == "filepicker":
            self._multiple = reading.constant_or_expression(self._multiple, f"multiple of {component.called}", (bool,), "true, false")
        self._check_satisfiable(reading)

    def _bound(self, name, value, reading):
        where = f"{name} of {self._component.called}"
        if name in ("min", "max") and isinstance(value, str) and not value.startswith("="):
            value = _number(value)
        found = reading.constant_or_expression(value, where, (int, float, Decimal), "a number")
        found = Decimal(str(found)) if isinstance(found, int | float) else found
        if name in ("minLength", "maxLength") and isinstance(found, Decimal) and (found < 0 or found != int(found)):
            reading.refuse(f"{where}: Expected a whole number from 0, but found {value!r}")
        return found

    def _read_pattern(self, validate, reading):
        called, kind = self._component.called, validate.get("validationType")
        if kind == "phone":
            reading.refuse(f"Expected no validationType phone, but {called} has it: {_NO_PHONE}")
        elif kind not in (None, "", "custom", "email"):
            reading.refuse(f"Expected validationType email or custom, but {called} has {kind!r}")
        if kind == "email":
            return EMAIL
        for name in ("pattern", "patternErrorMessage"):
            if not isinstance(validate.get(name), str | None):
                reading.refuse(f"Expected {name} of {called} to be a text, but it is {validate[name]!r}")
                return None
        if not validate.get("pattern"):
            return None
        try:
            return Pattern(validate["pattern"])
        except ValueError as problem:
            reading.refuse(f"pattern of {called}: {problem}")
            return None

    def _check_satisfiable(self, reading):
        """A form that nobody could fill in is refused while it can still be mended."""
        called, raw = self._component.called, self._component.raw
        for low, high in (("min", "max"), ("minLength", "maxLength")):
            least, most = self._bounds.get(low), self._bounds.get(high)
            if isinstance(least, Decimal) and isinstance(most, Decimal) and not _exists(least, most, raw, low == "min"):
                found = f"{low} is {values.number(least)} and {high} is {values.number(most)}"
                reading.refuse(f"Expected a value of {called} to be possible, but {found}")

    def check(self, value, scope):
        """The sentences about `value`; `scope` is what FEEL sees where the component stands."""
        if is_missing(value, self._component.type):
            return [self._missing()] if self.required else []
        found = [self._check_bound(name, bound, value, scope) for name, bound in self._bounds.items()]
        found += [self._check_pattern(value), self._check_options(value, scope)]
        found += [self._check_files(value, scope), self._check_past(value, scope)]
        return [sentence for sentence in found if sentence]

    def _missing(self):
        expected, found = ("应当勾选", "没有勾选") if self._component.type == "checkbox" else ("为必填项", "没有填写")
        return wording.said(self._component.label, expected, found)

    def _check_bound(self, name, bound, value, scope):
        label = self._component.label
        if isinstance(bound, feel.Expression):
            bound = bound(scope)
            if isinstance(bound, bool) or not isinstance(bound, int | Decimal):
                return wording.said(label, f"{_WORDS[name]}的限值应可计算", "现有数据算不出来，请联系流程设计人员")
        measured = Decimal(len(value)) if name.endswith("Length") else Decimal(value)
        if measured >= bound if name.startswith("min") else measured <= bound:
            return None
        limit = values.number(Decimal(bound))
        if name.endswith("Length"):
            return wording.said(label, f"应{_WORDS[name]} {limit} 个字", f"填写了 {len(value)} 个字")
        return wording.said(label, f"应{_WORDS[name]} {limit}", self._filled(value))

    def _check_pattern(self, value):
        if self._pattern is None or self._pattern.search(value):
            return None
        expected = "应为有效的电子邮箱" if self._pattern is EMAIL else self._pattern_says or f"应符合格式 {self._pattern.text}"
        return wording.said(self._component.label, expected, self._filled(value))

    def _check_options(self, value, scope):
        if self._options is None:
            return None
        options = self._options.of(scope)
        wrong = [item for item in (value if isinstance(value, list) else [value]) if not any(same(item, option) for option, _ in options)]
        if not wrong:
            return None
        expected = f"应从所列选项中选择（{wording.offered([label for _, label in options])}）" if options else "目前没有可选项"
        return wording.said(self._component.label, expected, self._filled(wrong[0]))

    def _check_files(self, value, scope):
        if self._component.type != "filepicker" or len(value) == 1:
            return None
        multiple = self._multiple(scope) if isinstance(self._multiple, feel.Expression) else self._multiple
        return None if multiple is True else wording.said(self._component.label, "只需一个附件", f"有 {len(value)} 个")

    def _check_past(self, value, scope):
        if not self._not_past or isinstance(value, time) or not isinstance(value, date):
            return None
        today = moments.day(scope.env.now)
        return wording.said(self._component.label, "不得早于今天", self._filled(value)) if moments.day(value) < today else None

    def _filled(self, value):
        return wording.filled(value, self._component.properties.get("sensitive") == "true")

    def options(self, scope):
        """The values that may be chosen, None for a component without options."""
        return None if self._options is None else [value for value, _ in self._options.of(scope)]


def is_missing(value, component_type):
    """What form-js takes as not filled in: nothing, an empty list, a box that is not ticked."""
    return value is None or value in ("", []) or (component_type == "checkbox" and value is False)


def _number(text):
    try:
        return Decimal(text)
    except ArithmeticError:
        return text


def _exists(least, most, raw, is_number):
    step = Decimal(1)
    if is_number:
        digits, increment = raw.get("decimalDigits"), raw.get("increment")
        step = Decimal(str(increment)) if increment else Decimal(1).scaleb(-digits) if type(digits) is int and 0 <= digits < 30 else None
    if not step or step <= 0:
        return least <= most
    return (least / step).to_integral_value(ROUND_CEILING) * step <= most
