"""Does a diagram keep its promises? `bihuan:promise` of an end event names the verifications that every way to it has passed.

A verification is a user task that carries bihuan:separateFrom (nobody verifies their own work), or a call activity that leads to one. What
is done again after it by somebody from whom it is separated has to be verified again: the tasks that can come before the verification and
from whose doers it is kept apart are the rectification. A loop over a list is taken to have at least one round.
"""

from engine.domain import separation
from engine.gate.elements import SUB_PROCESSES, called, local, own_properties, problem
from engine.gate.soundness import findings
from engine.gate.soundness.explore import Bound, explore
from engine.gate.soundness.net import DONE
from engine.gate.soundness.reduce import reduce

PROMISE = "bihuan:promise"
MOVES = 20_000  # that are tried for one promise


def check(play):
    """Problems of promises, end event by end event. `play`: a Play of the diagram."""
    for scope in play.diagram.scopes:
        for node in scope.nodes:
            for holder in own_properties(node):
                if holder.get("name") == PROMISE and (holder.get("value") or "").strip():
                    yield from _promises(play, scope, node, holder)


def _promises(play, scope, end, holder):
    if local(end) != "endEvent":
        sentence = f"Expected {PROMISE} at an end event, but it stands at {called(end)}."
        yield problem(holder, "PROPERTY_MISPLACED", sentence, "Move it to the end event that nobody may reach without the verification.")
        return
    inside = [each for each in play.diagram.scopes if each.process is scope.process]
    tasks = {node.get("id"): node for each in inside for node in each.of("userTask", "callActivity")}
    for identifier in [part.strip() for part in holder.get("value").split(",")]:
        if identifier not in tasks:
            yield findings.bad_promise(holder, end, identifier, "is no user task or call activity of this process")
            continue
        task = tasks[identifier]
        rules = separation.rules({each.get("name"): each.get("value") or "" for each in own_properties(task)})
        if local(task) == "userTask" and not rules:
            yield findings.bad_promise(holder, end, identifier, "carries no bihuan:separateFrom, so whoever did the work may do it")
            continue
        others = {rule.element_id for rule in rules if rule.process_id is None} - {identifier}
        question = _Question(play, inside, identifier, others)
        since, way = question.broken(scope, end.get("id"))
        if way is None and question.bound.left <= 0:
            yield findings.not_explored(end)
        elif way is not None:
            yield findings.broken_promise(end, task, tasks.get(since), way)


class _Question:
    """Can a token come to an element without `task` having been passed, or after one of `others` without its being passed again?"""

    def __init__(self, play, scopes, task, others):
        self.play, self.task, self.others, self._asking = play, task, others, set()
        self.bound = Bound(MOVES)
        self._around = {}  # id of a scope -> those of the task and the others that are inside of it, however deep
        for scope in scopes:
            for identifier in scope.ids & {task, *others}:
                each = scope
                while each is not None:
                    self._around.setdefault(each.element.get("id"), set()).add(identifier)
                    each = each.outer

    def broken(self, scope, target):
        """(the other that was done last or None, the ids of the elements on the way); (None, None) where the promise is kept."""
        never, since, again = self._search(scope, target)
        if never is not None:
            if scope.kind == "process":
                return None, never
            if scope.kind == "eventSubProcess":
                return None, [*self.play.into(scope), *never]
            before = self.broken(scope.outer, scope.element.get("id"))
            if before[1] is not None:
                return before[0], [*before[1], *never]
        return (since, [*self.play.into(scope), *again]) if again is not None else (None, None)

    def _search(self, scope, target):
        """(way without the task, other, way on which the task does not come after that other); `target` None is the end of the scope."""
        proofs, soils = self._marks(scope)
        net = self.play.net(scope, proofs | soils)
        place = None if target is None else net.place(target)
        small = reduce(net, () if place is None else {place})
        last = [] if target is None else [target]
        for first, activity in self.play.begins(net):
            if target is None and activity is not None:
                continue
            seen = explore(small, first, self.bound, proofs, place)
            way = _reached(seen, target)
            if way is not None:
                before = [] if activity is None else self._before(scope, activity)
                if before is not None:
                    return [*before, *way, *last], None, None
            for other in sorted(soils & seen.passed.keys()):
                all_ = explore(small, first, self.bound)
                for after, step in all_.passed.get(other, {}).items():
                    way = _reached(explore(small, after, self.bound, proofs, place), target)
                    if way is not None:
                        return None, self._named(other), [*all_.way(*step), *way, *last]
        return None, None, None

    def _before(self, scope, activity):
        """The way without the task to the activity whose boundary event begins a run beside; None: there is none."""
        if activity in self._asking:
            return None
        self._asking.add(activity)
        never, _, _ = self._search(scope, activity)
        self._asking.discard(activity)
        return never

    def _named(self, identifier):
        return identifier if identifier in self.others else min(self._around[identifier] & self.others)

    def _marks(self, scope):
        """({elements of the scope that prove the task once they are complete}, {those that make it necessary again})"""
        proofs, soils = {self.task} & scope.ids, self.others & scope.ids
        for node in scope.of(*SUB_PROCESSES):
            inside = self._around.get(node.get("id"), set())
            if not inside or node.get("triggeredByEvent") == "true":
                continue
            never, _, again = self._search(self.play.scopes[node.get("id")], None)
            if self.task in inside and never is None and again is None:
                proofs.add(node.get("id"))
            elif self.others & inside and (self.task not in inside or again is not None):
                soils.add(node.get("id"))
        return proofs, soils


def _reached(played, target):
    if target is not None:
        return None if played.met is None else played.way(played.met)
    if DONE not in played.overs:
        return None
    marking, move = played.overs[DONE]
    return played.way(marking, move)
