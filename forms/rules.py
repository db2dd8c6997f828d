"""Everything that one component asks of a submission, compiled: when it is hidden or locked, its limits, its checks, its rows."""

from decimal import Decimal

from engine import feel
from engine.domain.secret import Secret
from forms import checks, fields, vocabulary
from forms.limits import Limits
from forms.tree import NotSupported

ROWS = 500  # of a list that says nothing itself


class Rules:
    """One component with its expressions compiled. `inner` holds the rules of the components inside it."""

    def __init__(self, component, reading):
        raw, called = component.raw, component.called
        reading.element = component.element
        self.component, self.type, self.label, self.path = component, component.type, component.label, component.path
        self.sensitive = self._secret(reading)
        hide = (raw.get("conditional") or {}).get("hide")
        self.hide = reading.expression(hide, f"hide of {called}") if hide else None
        self.readonly = reading.constant_or_expression(raw.get("readonly", False), f"readonly of {called}", (bool,), "true, false")
        self.disabled = raw.get("disabled", False)
        if type(self.disabled) is not bool:
            reading.refuse(f"Expected disabled of {called} to be true or false, but it is {self.disabled!r}")
        self.field = self.limits = self.computed = None
        if component.type == "expression":
            self.computed = reading.expression(raw.get("expression"), f"expression of {called}")
        elif component.kind == "input":
            self.field, self.limits = fields.BY_TYPE[component.type](component), Limits(component, reading)
            self._check_type(reading)
        self.checks = checks.read(component, reading)
        self._read_assertion(reading)
        self._read_rows(reading)
        self._read_texts(reading)
        self.inner = [Rules(inside, reading) for inside in component.components]

    def _secret(self, reading):
        properties = self.component.properties
        if properties.get("sensitive") == "true":
            return Secret(self.label, properties.get("audience"), properties.get("emergency"))
        for name in ("audience", "emergency"):
            if name in properties:
                reading.refuse(f"Expected {name} beside sensitive, but {self.component.called} is not sensitive")
        return None

    def _check_type(self, reading):
        raw, called = self.component.raw, self.component.called
        for name, allowed in (
            ("subtype", (None, "date", "time", "datetime")),
            ("timeSerializingFormat", (None, "utc_offset", "utc_normalized", "no_timezone")),
        ):
            if raw.get(name) not in allowed:
                listed = ", ".join(filter(None, allowed))
                reading.refuse(f"Expected {name} of {called} to be one of {listed}, but it is {raw[name]!r}")
        digits, increment = raw.get("decimalDigits"), raw.get("increment")
        if digits is not None and (type(digits) is not int or digits < 0):
            reading.refuse(f"Expected decimalDigits of {called} to be a whole number from 0, but it is {digits!r}")
        if increment is not None and not _above_zero(increment):
            reading.refuse(f"Expected increment of {called} to be a number above 0, but it is {increment!r}")
        accept = raw.get("accept")
        if accept is not None and (not isinstance(accept, str) or accept.startswith("=") or "{{" in accept):
            reading.refuse(f"Expected accept of {called} to be a list of file types, but it is {accept!r}")

    def _read_assertion(self, reading):
        text, self.says = (self.component.properties.get(name) for name in ("assert", "assertMessage"))
        called = self.component.called
        if bool(text) != bool(self.says):
            reading.refuse(f"Expected assert and assertMessage together in {called}, but there is only one")
        self.assertion = reading.expression(text, f"assert of {called}", in_browser=False) if text else None
        if self.says and self.says.startswith("="):
            self.says = reading.expression(self.says, f"assertMessage of {called}", in_browser=False)
        if text and self.component.kind == "presentation":
            reading.refuse(f"Expected assert on what is filled in, but {called} only shows something")

    def _read_rows(self, reading):
        raw, called, properties = self.component.raw, self.component.called, self.component.properties
        self.least, self.most = self._rows("minRows", Decimal(0), reading), self._rows("maxRows", Decimal(ROWS), reading)
        self.distinct = properties.get("distinct")
        self.fixed_rows = raw.get("allowAddRemove") is False
        self.first_rows = raw.get("defaultRepetitions", 1)
        if self.component.type != "dynamiclist":
            for name in ("minRows", "maxRows", "distinct"):
                if name in properties:
                    reading.refuse(f"Expected {name} on a dynamiclist, but {called} has it")
            return
        if raw.get("isRepeating") is False:
            reading.refuse(f"Expected {called} to repeat, but isRepeating is false; use a group")
        if type(self.first_rows) is not int or self.first_rows < 0:
            reading.refuse(f"Expected defaultRepetitions of {called} to be a whole number from 0, but it is {self.first_rows!r}")
        if isinstance(self.least, Decimal) and isinstance(self.most, Decimal) and self.least > self.most:
            found = f"minRows is {self.least} and maxRows is {self.most}"
            reading.refuse(f"Expected a number of rows of {called} to be possible, but {found}")
        keys = {".".join(inner.path[len(self.path) + 1 :]) for inner in self.component.components if inner.path}
        if self.distinct and self.distinct not in keys:
            reading.refuse(f"Expected distinct of {called} to name a field of its rows, but there is no {self.distinct}")

    def _rows(self, name, default, reading):
        text = self.component.properties.get(name)
        if text is None:
            return default
        value = Decimal(text) if text.isdecimal() else text
        return reading.constant_or_expression(value, f"{name} of {self.component.called}", (Decimal,), "a whole number", in_browser=False)

    def _read_texts(self, reading):
        raw, entry = self.component.raw, vocabulary.TYPES[self.type]
        for name in entry.templates:
            value = raw
            for step in name.split("."):
                value = value.get(step) if isinstance(value, dict) else None
            if value is not None:
                reading.template(value, f"{name} of {self.component.called}")
        for name in entry.feel:
            if raw.get(name) is not None:
                reading.expression(raw[name], f"{name} of {self.component.called}")

    def is_hidden(self, scope):
        return self.hide is not None and self.hide(scope) is True

    def is_locked(self, scope):
        """Shown and not to be changed."""
        return self.disabled or (self.readonly(scope) is True if isinstance(self.readonly, feel.Expression) else self.readonly)

    def walk(self):
        yield self
        for inner in self.inner:
            yield from inner.walk()


def _above_zero(value):
    try:
        return not isinstance(value, bool) and Decimal(str(value)) > 0
    except ArithmeticError:
        return False


def read(tree, reading):
    """[Rules] of a tree's components. Raises NotSupported with everything that was found to be wrong."""
    found = [Rules(component, reading) for component in tree.components]
    if reading.problems:
        raise NotSupported(reading.problems)
    return found
