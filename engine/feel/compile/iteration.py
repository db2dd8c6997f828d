"""For, some and every: loops over lists and ranges, each round paid from the budget."""

from engine.feel import limits
from engine.feel.compile.build import compiles, weight
from engine.feel.errors import FeelBudget
from engine.feel.scope import Local
from engine.feel.values.far import from_ordinal, ordinal
from engine.feel.values.kinds import DATE, LIST, NUMBERS, kind, number, shown
from engine.feel.values.ranges import Range


@compiles("loop")
def loop(children, build):
    inner = build.bind("partial")
    rounds, inside = _rounds(children[0].children, inner)
    body, cost = inside.compile(children[1]), 1 + weight(children[1])
    with_partial = inner.bound["partial"]

    def run(scope):
        results, env = [], scope.env
        outer = _Partial(results, scope) if with_partial else scope
        for local in rounds(outer):
            if local is None:
                return None
            env.spend(cost)
            results.append(body(local))
            if len(results) > limits.ITEMS:
                raise FeelBudget(f"Expected a list of at most {limits.ITEMS} items, but found more")
        return results

    return run


@compiles("some")
def some(children, build):
    return _quantified(children, build, True)


@compiles("every")
def every(children, build):
    return _quantified(children, build, False)


def _quantified(children, build, decisive):
    """Three-valued: `decisive` as soon as one round answers it, else its opposite, or null if a round was neither true nor false."""
    rounds, inside = _rounds(children[0].children, build)
    body, cost = inside.compile(children[1]), 1 + weight(children[1])

    def run(scope):
        env, odd = scope.env, []
        for local in rounds(scope):
            if local is None:
                return None
            env.spend(cost)
            found = body(local)
            if found is decisive:
                return decisive
            if not isinstance(found, bool):
                odd.append(found)
        return env.warn(f"Expected true or false from satisfies, but found {shown(odd[0])}") if odd else not decisive

    return run


class _Partial:
    """`partial`: the results so far, as a list of their own, so that no result can hold itself."""

    __slots__ = ("env", "outer", "results")

    def __init__(self, results, outer):
        self.results, self.outer, self.env = results, outer, outer.env

    def get(self, name, default=None):
        if name != "partial":
            return self.outer.get(name, default)
        self.env.spend(len(self.results) // limits.CHUNK)
        return self.results.copy()


def _rounds(trees, build):
    """The loops of `for a in …, b in …` -> (generator of a scope per round, the Build inside them). A scope of None: no such domain."""
    name, *bounds = trees[0].children
    domain = _domain([build.compile(bound) for bound in bounds])
    inside = build.bind(str(name))
    if len(trees) == 1:
        return _over(str(name), domain), inside
    rest, innermost = _rounds(trees[1:], inside)
    outermost = _over(str(name), domain)

    def nested(scope):
        for local in outermost(scope):
            if local is None:
                yield None
                return
            scope.env.spend(1)
            yield from rest(local)

    return nested, innermost


def _over(name, domain):
    def rounds(scope):
        values = domain(scope)
        if values is None:
            yield None
            return
        for value in values:
            yield Local(name, value, scope)

    return rounds


def _domain(bounds):
    if len(bounds) == 2:
        start, end = bounds
        return lambda scope: _steps(start(scope), end(scope), scope.env)
    (values,) = bounds

    def domain(scope):
        found = values(scope)
        if isinstance(found, Range):
            return _within(found, scope.env)
        if kind(found) == LIST:
            return found
        return scope.env.warn("Expected a list or range to loop over, but found null") if found is None else [found]

    return domain


def _steps(start, end, env):
    """a..b of a loop: whole numbers or dates, upwards or downwards; null with a reason for anything else."""
    bounds = _bounds(start, end)
    if bounds is None:
        return env.warn(f"Expected whole numbers or dates to loop over, but found {shown(start)} and {shown(end)}")
    low, high, value = bounds
    return map(value, range(low, high + 1) if low <= high else range(low, high - 1, -1))


def _within(interval, env):
    """The whole numbers or dates of a range, upwards; null with a reason for an empty, an open or another range."""
    bounds = _bounds(interval.start, interval.end)
    if bounds is None:
        return env.warn("Expected a range of whole numbers or dates with two ends to loop over, but found another one")
    low, high, value = bounds
    places = range(low if interval.start_included else low + 1, high + 1 if interval.end_included else high)
    return map(value, places) if places else env.warn("Expected a range that holds something to loop over, but found an empty one")


def _bounds(start, end):
    """-> (first, last, function from int to value) of two whole numbers or two dates; None for anything else."""
    if kind(start) == kind(end) == DATE:
        return ordinal(start), ordinal(end), from_ordinal
    low, high = number(start), number(end)
    for bound in (low, high):
        # Past 34 digits not every whole number is a number of FEEL.
        if bound is None or bound != bound.to_integral_value() or bound.adjusted() >= NUMBERS.prec:
            return None
    return int(low), int(high), number
