"""One advance of an instance: what is alive, what is still to do, what came of it so far, and the primitives that change it."""

from collections import deque

from engine.domain import values
from engine.domain.outcome import ACTIVE, COMPLETED, OUTSIDE, Element
from engine.workflow import subscriptions
from engine.workflow.failures import OPERATIONS, Failure
from engine.workflow.journal import Journal
from engine.workflow.outside import Outside
from engine.workflow.scopes import Instance


class Run:
    """One advance: what is alive, what is still to do, and what came of it so far."""

    __slots__ = (
        "changed", "definition", "env", "instances", "journal", "mark", "moves", "next", "now", "outcome", "outside", "served", "signals",
        "stored", "subscribed", "todo", "waiting", "watchers",
    )  # fmt: skip

    def __init__(self, definition, instances, next_number, stored, env, outcome, source=None):
        """`stored`: {scope: {name: JSON text}} as rows say; `source`: of what lives outside of the state bytes, see outcome.State."""
        self.definition, self.instances, self.next, self.stored, self.env = definition, instances, next_number, stored, env
        self.outcome, self.now = outcome, env.now
        self.todo = deque()
        self.journal = Journal(self.todo, outcome.path)
        self.mark, self.moves = self.journal.mark, 0
        self.served = frozenset(outcome.children_opened)  # children that the command already knows of
        self.changed = set()  # names of variables that conditional events have not seen yet
        self.waiting = {}  # number -> scope with tokens at inclusive joins
        self.subscribed, self.signals, self.watchers = {}, {}, {}
        self.outside = Outside(self, source)
        for instance in instances.values():
            if instance.subs or instance.data:
                self.take(instance)

    def take(self, instance):
        """An instance that was loaded: what it waits for can be found."""
        if instance.subs:
            subscriptions.index(self, instance)
        if self.definition.has_joins and "j" in instance.data:
            self.waiting[instance.number] = instance
        if "f" in instance.data:
            self.outside.promise(instance)

    # -- moving

    def send(self, owner, operation, instance, argument=None):
        """Something to do, counted in its owner: (owner, epoch, operation, instance, argument)."""
        owner.n += 1
        self.journal.entries.append((_unsend, owner))
        self.todo.append((owner, owner.epoch, operation, instance, argument))

    def emptied(self, scope):
        """Nothing is left inside a scope: what it does now is an item of its own, so that depth needs no recursion."""
        self.todo.append((None, 0, OPERATIONS["done"], scope, None))

    # -- instances

    def enter(self, node, parent, type=None, number=None):
        """A new instance of an element. `number`: the one that was set apart for it."""
        if number is None:
            if parent.number >= OUTSIDE:
                number = self.outside.numbers()
            else:
                number = self.next
                self.next = number + 1
        instance = Instance(number, node, parent, self.env)
        self.instances[number] = parent.kids[number] = instance
        parent.n += 1
        outcome = self.outcome
        outcome.elements[number] = Element(number, parent.number, node.id, type or node.type, ACTIVE, True)
        outcome.path.append(("entered", node.id, number))
        self.journal.entries.append((self._unenter, instance))
        return instance

    def _unenter(self, instance):
        number, parent = instance.number, instance.parent
        if number < OUTSIDE:
            self.next = number
        del self.instances[number], parent.kids[number], self.outcome.elements[number]
        parent.n -= 1
        instance.alive = False

    def remove(self, instance, status=COMPLETED, kept=None):
        """An instance is over: its row, its subscriptions and its variables go, all but the one named `kept`."""
        number, node, parent, journal, outcome = instance.number, instance.node, instance.parent, self.journal, self.outcome
        if instance.subs:
            subscriptions.close_all(self, instance)
        if instance.texts is not None:
            self._forget_variables(instance, kept)
        if "f" in instance.data and node.loop.output:
            self.outside.forget(instance)
        instance.alive = False
        del self.instances[number]
        journal.entries.append((self._unremove, instance))
        if parent is not None:
            del parent.kids[number]
            parent.n -= 1
            if not parent.n:
                self.emptied(parent)
        known = outcome.elements.get(number)
        if known is not None:
            journal.entries.append((setattr, known, "status", known.status))
            known.status = status
        else:
            type = "MULTI_INSTANCE_BODY" if node.loop is not None and instance.is_body() else node.type
            journal.put(outcome.elements, number, Element(number, parent.number if parent else 0, node.id, type, status, False))
        outcome.path.append(("left" if status == COMPLETED else "terminated", node.id, number))

    def _unremove(self, instance):
        parent, instance.alive = instance.parent, True
        self.instances[instance.number] = instance
        self.instances = dict(sorted(self.instances.items()))  # parents stand before their children
        if parent is not None:
            parent.kids[instance.number] = instance
            parent.n += 1

    # -- variables

    def set(self, scope, name, value):
        """A result goes upward to the nearest scope that has the name, else to the process instance."""
        while scope.parent is not None and not (scope.texts is not None and name in scope.texts):
            scope = scope.parent
        self.set_local(scope, name, value)

    def set_local(self, scope, name, value):
        """A variable of this very scope."""
        self.put_text(scope, name, self.text(value))

    @staticmethod
    def text(value):
        """A value as JSON text. Raises Failure where it cannot be kept (a function, say)."""
        try:
            return values.write(value)
        except (TypeError, RecursionError) as problem:
            raise Failure("IO_MAPPING_ERROR", f"Expected a value that can be kept, but {problem}") from problem

    def put_text(self, scope, name, text):
        """As `set_local`, with the JSON text. What is stored is what is seen from now on: it is decoded again when it is looked at."""
        texts = scope.texts
        if texts is None:
            texts = scope.texts = {}
        before = texts.get(name)
        if before == text:
            return
        texts[name] = text
        if scope.cache is not None:
            scope.cache.pop(name, None)
        self.journal.note(self._unset, scope, name, before)
        stored = self.stored.get(scope.number)
        if stored is not None and stored.get(name) == text:
            self.journal.drop(self.outcome.variables, (scope.number, name))
        else:
            self.journal.put(self.outcome.variables, (scope.number, name), text)
        if self.definition.watched:
            self.changed.add(name)

    def drop_local(self, scope, name):
        """The variable goes."""
        before = scope.texts.pop(name)
        if scope.cache is not None:
            scope.cache.pop(name, None)
        self.journal.note(self._unset, scope, name, before)
        key = (scope.number, name)
        if name in self.stored.get(scope.number, ()):
            self.journal.put(self.outcome.variables, key, None)
        else:
            self.journal.drop(self.outcome.variables, key)

    @staticmethod
    def _unset(scope, name, before):
        if before is None:
            del scope.texts[name]
        else:
            scope.texts[name] = before
        if scope.cache is not None:
            scope.cache.pop(name, None)

    def _forget_variables(self, instance, kept):
        number, journal = instance.number, self.journal
        if instance.parent is None:
            return  # the variables of the process instance are its result
        stored = self.stored.get(number, ())
        for name in {*instance.texts, *stored} - {kept}:
            if kept is not None and name in stored:
                journal.put(self.outcome.variables, (number, name), None)
            else:
                journal.drop(self.outcome.variables, (number, name))
        if stored and kept is None:
            journal.add(self.outcome.scopes_closed, number)


def _unsend(owner):
    owner.n -= 1
