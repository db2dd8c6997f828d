"""`in` and the cells of decision tables: a test is a closure of the scope and the value that is tested."""

import operator
from datetime import date

from engine.feel.compile.build import compiles, fixed, folded
from engine.feel.compile.comparison import PLAIN, SIGNS, judge
from engine.feel.scope import Local
from engine.feel.values.kinds import BOOLEAN, LIST, kind
from engine.feel.values.order import equal, negated, within
from engine.feel.values.ranges import Range

#: types of range ends whose Python order is FEEL's
PLAIN_BOUNDS = (*PLAIN, date)
#: the name of the value that a unary test tests
TESTED = "?"


@compiles("in_value")
def in_value(children, build):
    value, test = build.compile(children[0]), holding(build.compile(children[1]))
    return lambda scope: test(scope, value(scope))


@compiles("in_comparison")
def in_comparison(children, build):
    value, test = build.compile(children[0]), _comparison_test(children[1:], build)
    return lambda scope: test(scope, value(scope))


@compiles("in_tests")
def in_tests(children, build):
    value = build.compile(children[0])
    test = any_of([_listed_test(child, build) for child in children[1:]])
    return lambda scope: test(scope, value(scope))


def _listed_test(tree, build):
    return _comparison_test(tree.children, build) if tree.data == "comparison_test" else holding(build.compile(tree.children[0]))


@compiles("between")
def between(children, build):
    value, low, high = (build.compile(child) for child in children)
    interval = folded(lambda scope: Range(low(scope), True, high(scope), True), low, high)
    if fixed(interval) and (quick := _quick(fixed(interval)[0])):
        return lambda scope: quick(scope, value(scope))
    return lambda scope: within(value(scope), interval(scope), scope.env)


def cell(tree, build):
    """The tree of a decision table's cell -> closure(scope, value) -> True, False or None."""
    test = any_of([_test(child, build) for child in tree.children])
    return (lambda scope, value: negated(test(scope, value))) if tree.data == "no_tests" else test


def _test(tree, build):
    inner = build.bind(TESTED)
    if tree.data == "comparison_test":
        test = _comparison_test(tree.children, inner)
        return (lambda scope, value: test(Local(TESTED, value, scope), value)) if inner.bound[TESTED] else test
    run = inner.compile(tree.children[0])
    if not inner.bound[TESTED]:
        return holding(run, told=tree.children[0].data not in ("name", "path"))

    def with_value(scope, value):
        answer = run(Local(TESTED, value, scope))
        return answer if answer is None or isinstance(answer, bool) else holds(answer, value, scope.env)

    return with_value


def any_of(tests):
    """Three-valued or over tests: the comma of a list of tests."""
    if len(tests) == 1:
        return tests[0]

    def run(scope, value):
        answer = False
        for test in tests:
            found = test(scope, value)
            if found is True:
                return True
            if found is None:
                answer = None
        return answer

    return run


def _comparison_test(children, build):
    sign, right = str(children[0]), build.compile(children[1])
    known = fixed(right)
    if known and type(known[0]) in PLAIN:
        return _comparison_with(sign, known[0])
    return lambda scope, value: judge(sign, value, right(scope), scope.env)


def _comparison_with(sign, right):
    plain, of = SIGNS[sign], type(right)
    return lambda scope, value: plain(value, right) if type(value) is of else judge(sign, value, right, scope.env)


def holding(run, told=False):
    """A test by a value: equal to it, within it if it is a range, among it if it is a list.

    `told`: a boolean that the cell computes, rather than names, is the answer itself, unless the tested value is a boolean.
    """
    known = fixed(run)
    if known and (quick := _quick(known[0])):
        return quick

    def test(scope, value):
        against = run(scope)
        if told and not known and type(against) is bool and kind(value) != BOOLEAN:
            return against
        return holds(against, value, scope.env)

    return test


def _quick(known):
    """The test by a string, a number, a list of only one of these, or a range between two, all known now; None for anything else."""
    if isinstance(known, Range):
        return _inside(known)
    values = known if type(known) is list else [known]
    of = type(values[0]) if values else None
    if of not in PLAIN or any(type(value) is not of for value in values):
        return None
    among = frozenset(values)
    return lambda scope, value: value in among if type(value) is of else holds(known, value, scope.env)


def _inside(known):
    low, high, of = known.start, known.end, type(known.start)
    if of not in PLAIN_BOUNDS or type(high) is not of or known.sign:
        return None
    after = operator.ge if known.start_included else operator.gt
    before = operator.le if known.end_included else operator.lt
    return lambda scope, value: after(value, low) and before(value, high) if type(value) is of else holds(known, value, scope.env)


def holds(against, value, env):
    """Whether `against` (a value, range or list of these) holds `value`: True, False or None."""
    if isinstance(against, Range):
        return equal(value, against, env) if isinstance(value, Range) else within(value, against, env)
    if kind(against) != LIST:
        return equal(value, against, env)
    env.spend(len(against))
    if kind(value) == LIST and equal(value, against, env) is True:
        return True
    return any(_among(value, item, env) for item in against)


def _among(value, item, env):
    if isinstance(item, Range):
        return within(value, item, env) is True
    return kind(value) in (kind(item), "null") and equal(value, item, env) is True
