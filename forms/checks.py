"""Rules of the house that form-js does not know. They stand in a component's properties: `check` names them, `assert` writes one in FEEL.

| check | on | holds where |
|---|---|---|
| uscc, idcard, mobile | text | the number proves itself (forms/identity.py) |
| not-future | date, datetime | it is not later than now |
| after:path, until:path | date, datetime | it is not before, not after the one at the path |
| all | checklist | every option is chosen |
| within-town:path | number | with the longitude at the path, this latitude lies within the property `bounds` |
| taken-after:path | filepicker | every photo was taken after those at the path |
| evidence:path | filepicker | every photo says when and where it was taken, or the text at the path says why not |
| near:longitude path,latitude path,metres | filepicker | every photo that says where was taken that close |

A path is looked for in the same row, then in the form, then among the variables that the case has; where nothing stands there, nothing is
compared: whether it has to stand there is for `required` to say.
"""

from dataclasses import dataclass
from decimal import Decimal

from forms import identity, moments, photos, wording


@dataclass(slots=True, frozen=True)
class Given:
    """What a check may look at beside the value: its own arguments, other values by path -> (label, value), the clock, the options."""

    arguments: list
    bounds: tuple | None
    look_up: object
    env: object
    options: list | None

    def other(self, index=0):
        """The (label, value) at the path that stands as an argument."""
        return self.look_up(self.arguments[index])


class Check:
    """One named check of a component. `fault(value, look_up, env, options)` -> (expected, found or None), None where the value is right."""

    __slots__ = ("_arguments", "_bounds", "_run", "name")

    def __init__(self, text, component):
        """`text` is name or name:arguments. Raises ValueError where there is no such check, or not for this component."""
        self.name, _, given = text.partition(":")
        if self.name not in CHECKS:
            raise ValueError(f"Expected one of the checks {', '.join(sorted(CHECKS))}, but {component.called} asks for {self.name!r}")
        self._run, types, count = CHECKS[self.name]
        self._arguments = [part.strip() for part in given.split(",")] if given else []
        if component.type not in types or component.raw.get("subtype") == "time":
            raise ValueError(f"Expected the check {self.name} on a {' or '.join(types)} with a date, but {component.called} has it")
        if len(self._arguments) != count or not all(self._arguments):
            raise ValueError(f"Expected {count} arguments of the check {self.name}, but {component.called} gives {given!r}")
        if self.name == "near" and not self._arguments[2].isdecimal():
            raise ValueError(f"Expected metres as the third argument of the check near, but {component.called} gives {given!r}")
        self._bounds = _bounds(component) if self.name == "within-town" else None

    def fault(self, value, look_up, env, options):
        return self._run(value, Given(self._arguments, self._bounds, look_up, env, options))


def read(component, reading):
    """The checks of a component; what is wrong with them becomes a sentence of the reading."""
    found = []
    for text in filter(None, (part.strip() for part in component.properties.get("check", "").split(";"))):
        try:
            found.append(Check(text, component))
        except ValueError as problem:
            reading.refuse(str(problem))
    return found


def _not_future(value, given):
    return ("不得晚于现在", None) if moments.earlier(given.env.now, value) else None


def _after(value, given):
    label, other = given.other()
    other = moments.any_of(other)
    return (f"不得早于「{label}」{wording.shown(other)}", None) if other is not None and moments.earlier(value, other) else None


def _until(value, given):
    label, other = given.other()
    other = moments.any_of(other)
    return (f"不得晚于「{label}」{wording.shown(other)}", None) if other is not None and moments.earlier(other, value) else None


def _all(value, given):
    missing = [option for option in given.options or [] if option not in value]
    return (f"各项应全部落实（{wording.offered(given.options)}）", f"缺少「{wording.shown(missing)}」") if missing else None


def _within_town(value, given):
    west, south, east, north = given.bounds
    longitude = given.other()[1]
    if not isinstance(longitude, Decimal | int) or (west <= longitude <= east and south <= value <= north):
        return None
    return f"与经度所指位置应在辖区内（东经 {west}–{east}，北纬 {south}–{north}）", f"填写的是东经 {longitude}、北纬 {value}"


def _bounds(component):
    parts = component.properties.get("bounds", "").split()
    try:
        west, south, east, north = (Decimal(part) for part in parts)
    except (ArithmeticError, ValueError):
        west = south = east = north = Decimal(0)
    if not (west < east and south < north):
        found = f"it is {' '.join(parts)!r}"
        raise ValueError(f"Expected the property bounds of {component.called} to be west, south, east and north, but {found}")
    return west, south, east, north


_TEXTS, _MOMENTS, _FILES = ("textfield",), ("datetime",), ("filepicker",)
#: name: (what runs, the component types that may have it, how many arguments)
CHECKS = {
    "uscc": (lambda value, given: identity.uscc_fault(value), _TEXTS, 0),
    "idcard": (lambda value, given: identity.citizen_fault(value, moments.day(given.env.now)), _TEXTS, 0),
    "mobile": (lambda value, given: identity.mobile_fault(value), _TEXTS, 0),
    "not-future": (_not_future, _MOMENTS, 0),
    "after": (_after, _MOMENTS, 1),
    "until": (_until, _MOMENTS, 1),
    "all": (_all, ("checklist", "taglist"), 0),
    "within-town": (_within_town, ("number",), 1),
    "taken-after": (photos.taken_after, _FILES, 1),
    "evidence": (photos.evidence, _FILES, 1),
    "near": (photos.near, _FILES, 3),
}
