"""A token game on block-structured processes, written for the tests: nothing of it is the machine's.

Tokens wait in bags inside each other, one for each activity that is under way; to end an activity is to throw its bag away.
"""

from tests.engine.workflow.blocks import EVENTS, ROUNDS


class Bag:
    """Tokens that wait, and bags inside."""

    def __init__(self):
        self.waits, self.bags = [], []

    def wait(self, label, act):
        """A token waits, under (kind, id, rounds around it), for what `act` then does."""
        self.waits.append((label, act))

    def inside(self):
        """A new bag in this one."""
        self.bags.append(Bag())
        return self.bags[-1]

    def all(self):
        """Every (bag, label, act)."""
        for label, act in self.waits:
            yield self, label, act
        for bag in self.bags:
            yield from bag.all()


class Scope:
    """What is over when the tokens in it are: those of its block, and those of events that interrupted nothing."""

    def __init__(self, bag, over):
        self.bag, self.left, self.over = bag, 0, over

    def begin(self):
        self.left += 1

    def ended(self):
        """One of its tokens is at an end."""
        self.left -= 1
        if not self.left:
            self.over()


class Game:
    """One run. `variables`: {name: value} of the process, which completions and loops change."""

    def __init__(self, block, variables):
        self.variables, self.is_over, self.bag = dict(variables), False, Bag()
        self._scope(block, self.bag, (), self._end)

    @property
    def waiting(self):
        """Sorted labels of all that is waited for."""
        return sorted(label for _, label, _ in self.bag.all())

    def hit(self, label, variables=()):
        """What is waited for under this label happens."""
        bag, wait = next((bag, (found, act)) for bag, found, act in self.bag.all() if found == label)
        bag.waits.remove(wait)
        self.variables.update(variables)
        wait[1]()

    def _end(self):
        self.is_over = True

    def _scope(self, block, bag, rounds, over):
        scope = Scope(bag, over)
        scope.begin()
        self._begin(block, scope, bag, rounds, scope.ended)

    def _begin(self, block, scope, bag, rounds, then):
        """A token comes to a block; when it leaves it, `then` is called."""
        getattr(self, "_" + block.kind)(block, scope, bag, rounds, then)

    # -- activities

    def _task(self, block, scope, bag, rounds, then):
        self._activity(block, scope, bag, rounds, then, lambda own, at, over: own.wait(("task", block.id, at), over))

    def _sub(self, block, scope, bag, rounds, then):
        self._activity(block, scope, bag, rounds, then, lambda own, at, over: self._scope(block.parts[0], own, at, over))

    def _activity(self, block, scope, bag, rounds, then, work):
        own = bag.inside()

        def over():
            bag.bags.remove(own)
            then()

        for event in block.events:
            own.wait(("event", event.id, rounds), self._fired(event, scope, bag, own, rounds, then))
        if block.loop is None:
            work(own, rounds, over)
        else:
            self._rounds(block, own.inside(), rounds, over, work)

    def _fired(self, event, scope, bag, own, rounds, then):
        def fire():
            if event.interrupting:
                bag.bags.remove(own)
                self._begin(event.then, scope, bag, rounds, then)
            else:
                scope.begin()
                self._begin(event.then, scope, scope.bag.inside(), rounds, scope.ended)

        return fire

    def _rounds(self, block, bag, rounds, over, work):
        loop, output = block.loop, [None] * block.loop.size
        done = []

        def begin(number):
            own = bag.inside()
            work(own, (*rounds, number), lambda: ended(number, own))

        def ended(number, own):
            bag.bags.remove(own)
            done.append(number)
            output[number - 1] = number * 10
            if len(done) in (loop.size, loop.enough):
                bag.bags.clear()
                self.variables[f"out_{block.id}"] = output
                over()
            elif loop.sequential:
                begin(number + 1)

        for number in range(1, 2 if loop.sequential else loop.size + 1):
            begin(number)

    # -- control flow

    def _sequence(self, block, scope, bag, rounds, then, place=0):
        def after():
            if place + 1 == len(block.parts):
                then()
            else:
                self._sequence(block, scope, bag, rounds, then, place + 1)

        self._begin(block.parts[place], scope, bag, rounds, after)

    def _chosen(self, block):
        pick = self.variables[f"pick{block.pick}"]
        return [part for number, part in enumerate(block.parts) if number and pick >= number] or block.parts[:1]

    def _exclusive(self, block, scope, bag, rounds, then):
        self._begin(self._chosen(block)[0], scope, bag, rounds, then)

    def _inclusive(self, block, scope, bag, rounds, then):
        self._together(self._chosen(block), scope, bag, rounds, then)

    def _parallel(self, block, scope, bag, rounds, then):
        self._together(block.parts, scope, bag, rounds, then)

    def _together(self, parts, scope, bag, rounds, then):
        left = list(parts)

        def arrived():
            left.pop()
            if not left:
                then()

        for part in parts:
            self._begin(part, scope, bag, rounds, arrived)

    def _rework(self, block, scope, bag, rounds, then):
        def after():
            name = f"n_{block.id}"
            self.variables[name] = self.variables.get(name, 0) + 1
            if self.variables[name] < ROUNDS:
                self._rework(block, scope, bag, rounds, then)
            else:
                then()

        self._begin(block.parts[0], scope, bag, rounds, after)

    def _events(self, block, scope, bag, rounds, then):
        own = bag.inside()

        def chosen(part):
            bag.bags.remove(own)
            self._begin(part, scope, bag, rounds, then)

        for kind, part in zip(EVENTS, block.parts, strict=False):
            own.wait(("event", f"{block.id}_{kind}", rounds), lambda part=part: chosen(part))
