"""What a value must be, how it is converted where the standard says so, and why it does not fit where it does not."""

from dataclasses import dataclass, replace

from engine import feel
from engine.feel.values import durations, temporal
from engine.feel.values.far import midnight
from engine.feel.values.kinds import kind, number, shown
from engine.feel.values.order import equal

#: Values that JSON has no type for arrive as ISO 8601 strings; where a type asks for the value, its string is read.
FROM_TEXT = {
    "date": temporal.parse_date,
    "time": temporal.parse_time,
    "date and time": temporal.parse_date_time,
    "days and time duration": durations.parse,
    "years and months duration": durations.parse,
}


class Misfit(Exception):
    """A value is not of its type; the message completes "Expected it to be …"."""


@dataclass(frozen=True, slots=True)
class Type:
    """`base` is a kind of FEEL value or "Any"; a list has `items`, a context may have `parts`, a function may have a `result`."""

    name: str
    base: str
    items: "Type | None" = None
    parts: tuple = ()  # of (name, Type)
    result: "Type | None" = None
    limits: tuple = ()  # of Allowed; a value must be in each

    def named(self, name, *limits):
        """The same type under another name, with further limits."""
        return replace(self, name=name, limits=self.limits + limits)

    def fit(self, value, env, door=False):
        """The value as this type has it (DMN 1.5, 10.3.2.9.4: singleton lists, dates as moments). Null fits everywhere. Raises Misfit.

        `door`: the value comes from outside, so texts are read as dates and durations, and parts that are missing are null.
        """
        if value is None or (self.base == "Any" and not self.limits):
            return value
        if self.base == "list":
            value = self._list(value, env, door)
        elif self.base != "Any":
            value = self._single(value[0] if type(value) is list and len(value) == 1 else value, env, door)
        if value is not None:
            for allowed in self.limits:
                allowed.expect(value, env)
        return value

    def _list(self, value, env, door):
        if type(value) is not list:
            value = [value]
        if self.items is None:
            return value
        env.spend(len(value))
        return [self.items.fit(item, env, door) for item in value]

    def _single(self, value, env, door):
        found = kind(value)
        if found == self.base:
            if found == "number":
                return number(value)
            return self._context(value, env, door) if self.parts else value
        if found == "date" and self.base == "date and time":
            return midnight(value)
        if door and found == "string" and self.base in FROM_TEXT and (read := _read(self.base, value)) is not None:
            return read
        if value is None:
            return None
        raise Misfit(f"{self.name}, but found {shown(value)}")

    def _context(self, value, env, door):
        missing = [name for name, _ in self.parts if name not in value]
        if missing and not door:
            raise Misfit(f"{self.name}, but found a context without {', '.join(missing)}")
        return {**value, **{name: part.fit(value.get(name), env, door) for name, part in self.parts}}


@dataclass(frozen=True, slots=True)
class Allowed:
    """The values that may stand somewhere: unary tests, and `order` where they are plain values."""

    text: str
    tests: object
    order: tuple = ()

    def expect(self, value, env):
        """Raises Misfit unless `value` is one of them."""
        if self.tests(feel.Scope({}, env=env), value) is not True:
            raise Misfit(f"one of {self.text}, but found {shown(value)}")

    def place(self, value, env):
        """Where a value stands in the order, the first is 0; after all others if it is not there."""
        return next((place for place, one in enumerate(self.order) if equal(one, value, env) is True), len(self.order))


ANY = Type("Any", "Any")


def coerce(type_, value, env, what, door=False):
    """The value as its type has it, or null with the reason. `what` names it there: "input Age"."""
    try:
        return type_.fit(value, env, door)
    except Misfit as misfit:
        return env.warn(f"Expected {what} to be {misfit}")


def _read(base, text):
    try:
        value = FROM_TEXT[base](text)
    except (ValueError, OverflowError):
        return None
    return value if kind(value) == base else None
