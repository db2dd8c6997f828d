"""How points and ranges lie to each other (DMN 1.5, table 77), and a range from its text."""

from engine.feel.compile.build import Build, Notes, fixed
from engine.feel.errors import FeelError
from engine.feel.functions.registry import built_in, vocabulary
from engine.feel.parser import parse
from engine.feel.values.kinds import RANGE, kind
from engine.feel.values.order import compare, equal
from engine.feel.values.ranges import Range

_LITERALS = {"number", "string", "temporal", "negation", "null", "call"}


def _relation(name, *signatures):
    """Declare a relation for each of its signatures; `run(env, one, other)` is given ranges, a point as [point..point]."""

    def register(run):
        for signature in signatures:
            built_in(f"{name}({signature})")(lambda env, one, other: run(env, _as_range(one), _as_range(other)))
        return run

    return register


def _as_range(value):
    return value if kind(value) == RANGE else Range(value, True, value, True)


_POINTS = ("range1: range, range2: range", "point: any, range: range", "range: range, point: any", "point1: any, point2: any")
_RANGES = ("range1: range, range2: range",)
_RANGE_AND_POINT = ("range1: range, range2: range", "range: range, point: any")
_POINT_AND_RANGE = ("range1: range, range2: range", "point: any, range: range")


def _all(*answers):
    """Three-valued and."""
    return False if False in answers else None if None in answers else True


def _any(*answers):
    """Three-valued or."""
    return True if True in answers else None if None in answers else False


def _ends_before(one, other, env):
    """one ends before other begins."""
    if _endless(one) or _beginningless(other):
        return False
    touching = one.end_included and other.start_included
    return compare(one.end, other.start, "<" if touching else "<=", env)


def _starts_no_later(one, other, env):
    """one begins where other begins, or before."""
    if _beginningless(one) or _beginningless(other):
        return _beginningless(one)
    return compare(one.start, other.start, "<=" if one.start_included or not other.start_included else "<", env)


def _ends_no_earlier(one, other, env):
    """one ends where other ends, or after."""
    if _endless(one) or _endless(other):
        return _endless(one)
    return compare(one.end, other.end, ">=" if one.end_included or not other.end_included else ">", env)


def _endless(interval):
    return interval.end is None and interval.sign != ""


def _beginningless(interval):
    return interval.start is None and interval.sign != ""


def _same_start(one, other, env):
    return _all(one.start_included == other.start_included, equal(one.start, other.start, env))


def _same_end(one, other, env):
    return _all(one.end_included == other.end_included, equal(one.end, other.end, env))


def _not(answer):
    return None if answer is None else not answer


@_relation("before", *_POINTS)
def before(env, one, other):
    return _ends_before(one, other, env)


@_relation("after", *_POINTS)
def after(env, one, other):
    return _ends_before(other, one, env)


@_relation("meets", *_RANGES)
def meets(env, one, other):
    return _all(one.end_included and other.start_included, equal(one.end, other.start, env))


@_relation("met by", *_RANGES)
def met_by(env, one, other):
    return meets(env, other, one)


@_relation("overlaps", *_RANGES)
def overlaps(env, one, other):
    return _not(_any(_ends_before(one, other, env), _ends_before(other, one, env)))


@_relation("overlaps before", *_RANGES)
def overlaps_before(env, one, other):
    """one begins first, and ends inside other or with it."""
    return _all(_not(_starts_no_later(other, one, env)), _not(_ends_before(one, other, env)), _ends_no_earlier(other, one, env))


@_relation("overlaps after", *_RANGES)
def overlaps_after(env, one, other):
    """one begins inside other, and ends after it or with it."""
    return overlaps_before(env, other, one)


@_relation("finishes", *_POINT_AND_RANGE)
def finishes(env, one, other):
    return _all(_same_end(one, other, env), _starts_no_later(other, one, env))


@_relation("finished by", *_RANGE_AND_POINT)
def finished_by(env, one, other):
    return finishes(env, other, one)


@_relation("includes", *_RANGE_AND_POINT)
def includes(env, one, other):
    return _all(_starts_no_later(one, other, env), _ends_no_earlier(one, other, env))


@_relation("during", *_POINT_AND_RANGE)
def during(env, one, other):
    return includes(env, other, one)


@_relation("starts", *_POINT_AND_RANGE)
def starts(env, one, other):
    return _all(_same_start(one, other, env), _ends_no_earlier(other, one, env))


@_relation("started by", *_RANGE_AND_POINT)
def started_by(env, one, other):
    return starts(env, other, one)


@_relation("coincides", "range1: range, range2: range", "point1: any, point2: any")
def coincides(env, one, other):
    return _all(_same_start(one, other, env), _same_end(one, other, env))


@built_in("range(from: string)")
def range_from_text(env, text):
    """ "[18..21)" with literal ends -> a range."""
    try:
        tree = parse(text, vocabulary(()))
    except FeelError as problem:
        return env.warn(f"Expected a range in text, but found: {problem}")
    ends = [child for child in tree.children if hasattr(child, "data")] if tree.data == "range" else []
    if len(ends) != 2 or any(end.data not in _LITERALS for end in ends):
        return env.warn(f'Expected a range with two literal ends, but found "{text[:40]}"')
    found = fixed(Build(Notes()).compile(tree))
    return found[0] if found else env.warn(f'Expected a range with two literal ends, but found "{text[:40]}"')
