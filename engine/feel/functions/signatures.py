"""The FEEL signature of a built-in function: its parameters' names and types, and how values become of these types."""

import re
from datetime import date, datetime
from decimal import Decimal

from engine.feel.scope import MISSING
from engine.feel.values.far import midnight
from engine.feel.values.kinds import DATE, DATE_TIME, LIST, NUMBER, kind, number

_KINDS = {
    **{name: {name} for name in ("number", "string", "boolean", "list", "context", "range", "function", "date", "time", "date and time")},
    **{name: {name} for name in ("days and time duration", "years and months duration")},
    "duration": {"days and time duration", "years and months duration"}, "day": {"date", "date and time"},
    "moment": {"date", "time", "date and time"}, "any": None,
}  # fmt: skip
#: Python types that are taken without a second look
_PLAIN = {Decimal: "number", str: "string", bool: "boolean", list: "list", dict: "context", date: "date", datetime: "date and time"}
_SIGNATURE = re.compile(r"([^(]+)\((.*)\)")
_PARAMETER = re.compile(r"([^:?.]+)(\?)?(\.\.\.)?: ([^?]+)(\?)?")


def parse(signature):
    """ "name(a: type, b?: type)" -> (name, [Parameter]); see `built_in` for the signs."""
    name, parameters = _SIGNATURE.fullmatch(signature).groups()
    return name, [Parameter(part) for part in parameters.split(",") if part.strip()]


class Parameter:
    """One parameter: its name, the kinds it takes (None: any value), whether it may be left out, may be null, or gathers all the rest."""

    __slots__ = ("kinds", "name", "nullable", "optional", "plain", "rest", "said")

    def __init__(self, text):
        name, optional, rest, said, nullable = _PARAMETER.fullmatch(text.strip()).groups()
        self.name, self.optional, self.rest, self.said = name, bool(optional), bool(rest), said
        self.kinds, self.nullable = _KINDS[said], bool(nullable) or said == "any"
        self.plain = {python for python, name in _PLAIN.items() if self.kinds and name in self.kinds}

    def take(self, value):
        """-> the value as this parameter's type (DMN 1.5, 10.3.2.9.4: a list of one is its item and the other way round), else MISSING."""
        if type(value) in self.plain or self.kinds is None:
            return value
        if value is None:
            return None if self.nullable else MISSING
        of = kind(value)
        if of in self.kinds:
            return self._cleaned(of, value)
        if of == LIST and len(value) == 1 and kind(value[0]) in self.kinds:
            return self._cleaned(kind(value[0]), value[0])
        if LIST in self.kinds:
            return [value]
        if DATE_TIME in self.kinds and of == DATE:
            return midnight(value)
        return MISSING

    @staticmethod
    def _cleaned(of, value):
        """Python's own kinds of number and list, as FEEL's."""
        if of == NUMBER:
            value = number(value)
            return MISSING if value is None else value
        return list(value) if of == LIST else value


class Signature:
    """One way to call a function. `run(env, *values)`; parameters that were left out are given as None."""

    __slots__ = ("fewest", "names", "parameters", "rest", "run")

    def __init__(self, parameters, run):
        self.parameters, self.run = parameters, run
        self.names = [parameter.name for parameter in parameters]
        self.rest = bool(parameters) and parameters[-1].rest
        self.fewest = sum(1 for parameter in parameters if not parameter.optional)

    def fits(self, count):
        """Whether it can be called with so many arguments."""
        return self.fewest <= count and (self.rest or count <= len(self.parameters))

    def fits_names(self, names):
        """Whether it can be called with arguments of these names."""
        required = {parameter.name for parameter in self.parameters if not parameter.optional}
        return required <= set(names) <= set(self.names)

    def order(self, names, values):
        """Values of named arguments in the parameters' order; MISSING for one that was left out."""
        given = dict(zip(names, values, strict=True))
        ordered = [given.get(name, MISSING) for name in self.names]
        if self.rest:
            last = ordered.pop()
            ordered += last if isinstance(last, list) else [last]
        return ordered

    def take(self, values):
        """-> the values as a list of the parameters' types, or the first (parameter, value) that does not fit as a tuple."""
        taken = []
        for index, value in enumerate(values):
            if value is MISSING:
                taken.append(None)
                continue
            parameter = self.parameters[min(index, len(self.parameters) - 1)]
            found = parameter.take(value)
            if found is MISSING:
                return parameter, value
            taken.append(found)
        return taken
