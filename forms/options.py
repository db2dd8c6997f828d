"""What may be chosen: a list in the form, a variable that holds one, or FEEL that makes one."""

from decimal import Decimal

from forms import wording


class Options:
    """`values`, `valuesKey` or `valuesExpression` of a component."""

    __slots__ = ("fixed", "from_expression", "from_key")

    def __init__(self, component, reading):
        raw = component.raw
        named = [name for name in ("values", "valuesKey", "valuesExpression") if raw.get(name) is not None]
        self.fixed = self.from_key = self.from_expression = None
        if len(named) != 1:
            found = " and ".join(named) or "none"
            reading.refuse(f"Expected one source of the options of {component.called}, but found {found}")
        elif named == ["valuesKey"]:
            self.from_key = raw["valuesKey"]
        elif named == ["valuesExpression"]:
            self.from_expression = reading.expression(raw["valuesExpression"], f"valuesExpression of {component.called}")
        else:
            self.fixed = normalised(raw["values"])
            self._check_fixed(component, reading)

    def _check_fixed(self, component, reading):
        raws = component.raw["values"]
        if not isinstance(raws, list) or not raws or len(self.fixed) != len(raws):
            reading.refuse(f"Expected options with a label and a value each in {component.called}, but found {str(raws)[:80]}")
            return
        for index, (value, _) in enumerate(self.fixed):
            if any(same(value, other) for other, _ in self.fixed[:index]):
                reading.refuse(f"Expected every option of {component.called} once, but {value!r} stands there again")

    def of(self, scope):
        """[(value, label)] as the browser would offer them with this data."""
        if self.fixed is not None:
            return self.fixed
        return normalised(scope.get(self.from_key) if self.from_key else self.from_expression(scope))


def normalised(items):
    """[(value, label)] of what form-js takes as options: plain values, or objects with a label and a value; anything else is left out."""
    found = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            value, label = item.get("value"), item.get("label")
            label = label if isinstance(label, str) and label else None
            if _plain(value) or (label and isinstance(value, dict) and value):
                found.append((value, label or wording.shown(value)))
        elif _plain(item):
            found.append((item, wording.shown(item)))
    return found


def _plain(value):
    return value is True or value is False or (isinstance(value, str) and value != "") or (isinstance(value, int | float | Decimal))


def same(one, other):
    """Equal as JSON: true is not 1, 1 is 1.0, lists and objects by their parts."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, float) or isinstance(other, float):
        one, other = (Decimal(repr(value)) if isinstance(value, float) else value for value in (one, other))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    return one == other
