"""And, or, if: three-valued, where anything but true and false counts as null."""

from engine.feel.compile.build import compiles, fixed
from engine.feel.values.kinds import shown


@compiles("conjunction")
def conjunction(children, build):
    operands = [build.compile(child) for child in children]
    if len(operands) > 2:
        return _all(operands)
    left, right = operands

    def run(scope):
        one = left(scope)
        if one is False:
            return False
        other = right(scope)
        if other is False:
            return False
        if one is True and other is True:
            return True
        return _unknown("and", (one, other), scope.env)

    return run


def _unknown(word, values, env):
    """Null, with a reason where an operand is neither a boolean nor null."""
    for value in values:
        if value is not None and not isinstance(value, bool):
            env.warn(f"Expected a boolean for {word}, but found {shown(value)}")


def _all(operands):
    def run(scope):
        odd = []
        for operand in operands:
            value = operand(scope)
            if value is False:
                return False
            if value is not True:
                odd.append(value)
        return _unknown("and", odd, scope.env) if odd else True

    return run


@compiles("disjunction")
def disjunction(children, build):
    operands = [build.compile(child) for child in children]

    def run(scope):
        odd = []
        for operand in operands:
            value = operand(scope)
            if value is True:
                return True
            if value is not False:
                odd.append(value)
        return _unknown("or", odd, scope.env) if odd else False

    return run


@compiles("condition")
def condition(children, build):
    test, yes, no = (build.compile(child) for child in children)
    if (known := fixed(test)) and (known[0] is None or isinstance(known[0], bool)):
        return yes if known[0] is True else no

    def run(scope):
        answer = test(scope)
        if answer is True:
            return yes(scope)
        if answer is not False and answer is not None:
            scope.env.warn(f"Expected true or false after if, but found {shown(answer)}")
        return no(scope)

    return run
