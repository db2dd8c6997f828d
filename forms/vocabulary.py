"""Which components and attributes of form-js 1.23 this engine applies; what is not in these tables is refused by name."""

from dataclasses import dataclass

SCHEMA_VERSION = 19  # what form-js 1.23 writes
ROOT = frozenset({"type", "id", "components", "schemaVersion", "executionPlatform", "executionPlatformVersion", "exporter", "versionTag"})


@dataclass(slots=True, frozen=True)
class Entry:
    """A component type: `kind` is input, container or presentation; what it may carry; what a text view may hold as template or FEEL."""

    kind: str
    attributes: frozenset
    validate: frozenset = frozenset()
    templates: frozenset = frozenset()
    feel: frozenset = frozenset()


_ANY = "id type layout conditional properties"
_INPUT = f"{_ANY} key label description readonly disabled defaultValue validate"
_OPTIONS = "values valuesKey valuesExpression"
_TEXTS = frozenset({"label", "description", "appearance.prefixAdorner", "appearance.suffixAdorner"})


def _input(extra="", validate="required"):
    return Entry("input", frozenset(f"{_INPUT} {extra}".split()), frozenset(validate.split()), _TEXTS)


def _shown(extra="", templates="", feel=""):
    return Entry("presentation", frozenset(f"{_ANY} {extra}".split()), frozenset(), frozenset(templates.split()), frozenset(feel.split()))


TYPES = {
    "textfield": _input("appearance", "required minLength maxLength pattern patternErrorMessage validationType"),
    "textarea": _input(validate="required minLength maxLength"),
    "number": _input("appearance decimalDigits increment serializeToString", "required min max"),
    "datetime": _input("subtype dateLabel timeLabel use24h timeSerializingFormat timeInterval disallowPassedDates"),
    "checkbox": _input(),
    "checklist": _input(_OPTIONS),
    "radio": _input(_OPTIONS),
    "select": _input(f"{_OPTIONS} searchable"),
    "taglist": _input(_OPTIONS),
    "filepicker": _input("accept multiple"),
    "expression": Entry("input", frozenset(f"{_ANY} key expression computeOn".split())),
    "group": Entry("container", frozenset(f"{_ANY} label path components showOutline verticalAlignment".split()), templates=_TEXTS),
    "dynamiclist": Entry(
        "container",
        frozenset(
            f"{_ANY} label path components showOutline verticalAlignment isRepeating allowAddRemove defaultRepetitions disableCollapse "
            "nonCollapsedItems".split()
        ),
        templates=_TEXTS,
    ),
    "text": _shown("text", "text"),
    "html": _shown("content", "content"),
    "image": _shown("source alt", "source alt"),
    "table": _shown("label dataSource columns columnsExpression rowCount", "label", "dataSource columnsExpression"),
    "spacer": _shown("height"),
    "separator": _shown(),
    "button": _shown("label action", "label"),
}

#: Types that form-js knows and that do not work here: why, and what to use.
REFUSED = {
    "iframe": "it would load a page of another host, which every page of this product forbids; use a text with a link",
    "documentPreview": "it needs the document store of Camunda; attachments of a case are shown beside the form",
}

#: What each of our own properties is for. They stand in `properties` of a component, so the form stays valid in every form-js editor.
PROPERTIES = {
    "sensitive": '"true": an identity number or a telephone; its value is kept apart from history',
    "audience": "the role that alone may see what is sensitive; without it, whoever sees the case may",
    "emergency": "the role that may see it too where it must, which is recorded",
    "check": "named checks, with ; between them (forms/checks.py)",
    "assert": "a FEEL expression, = first, that has to be true",
    "assertMessage": "what is said where it is not, a text or FEEL",
    "bounds": "west, south, east and north in degrees, for the check within-town",
    "minRows": "how many rows a list has at least: a number, or FEEL",
    "maxRows": "how many rows a list has at most: a number, or FEEL",
    "distinct": "the key whose value may not repeat within a list",
}
