"""Compiling one node: a registry of compilers, what an expression tells about itself, and which names are bound where."""

from dataclasses import dataclass, field

from lark import Tree

from engine.feel.scope import Environment, Scope

#: {name of a node: compiler(children, build) -> closure(scope)}
COMPILERS = {}


def compiles(name):
    """Register the compiler of a node of the grammar."""

    def register(compiler):
        COMPILERS[name] = compiler
        return compiler

    return register


@dataclass(slots=True)
class Notes:
    """What is learnt of an expression while it is compiled."""

    reads: set = field(default_factory=set)  # free variable names
    uses_calendar: bool = False


class Build:
    """The compile-time side of a scope: the names bound inside the expression so far, and whether each was used."""

    __slots__ = ("bound", "declared", "notes", "outer")

    def __init__(self, notes, declared=frozenset(), bound=None, outer=None):
        self.notes, self.declared, self.bound, self.outer = notes, declared, bound or {}, outer

    def bind(self, *names):
        """-> a Build for a part in which `names` are bound. Its `bound[name]` becomes True once the part reads the name."""
        return Build(self.notes, self.declared, dict.fromkeys(names, False), self)

    def binds(self, name):
        """Whether `name` is bound inside the expression; if so, note that it is read."""
        build = self
        while build is not None:
            if name in build.bound:
                build.bound[name] = True
                return True
            build = build.outer
        return False

    def compile(self, tree):
        """A node -> closure(scope) -> value."""
        return COMPILERS[tree.data](tree.children, self)


def constant(value):
    """A closure for a value known now. `fixed` finds it again."""
    if type(value) is list:
        run = lambda scope: value.copy()  # noqa: E731  a caller may keep and change what it is given
    else:
        run = lambda scope: value  # noqa: E731
    run.constant = (value,)
    return run


def fixed(run):
    """-> (value,) of a closure whose value is known at compile time, else ()."""
    return getattr(run, "constant", ())


def folded(run, *operands):
    """`run` as a constant if all its operands are and it gives a value without a reason for null; else `run`."""
    if not all(fixed(operand) for operand in operands):
        return run
    env = Environment()
    value = run(Scope({}, env=env))
    return run if env.warnings or value is None else constant(value)


def quietly(run):
    """`run` without its reasons for null: for a question whether something is there at all."""

    def asked(scope):
        kept = len(scope.env.warnings)
        value = run(scope)
        del scope.env.warnings[kept:]
        return value

    return asked


def weight(tree):
    """How many nodes a part has: what one round of a loop over it costs in steps."""
    return sum(1 + weight(child) for child in tree.children if isinstance(child, Tree))
