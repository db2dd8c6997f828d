"""Every scope of a diagram is played by itself, inner ones first; what comes of a sub-process is what it can do as one step outside."""

from dataclasses import replace

from engine.gate.elements import children, is_event_subprocess, local, reference
from engine.gate.rules import links
from engine.gate.rules.events import ENDS_ALL, kind
from engine.gate.soundness import findings
from engine.gate.soundness.explore import Bound, explore, flat
from engine.gate.soundness.net import DONE, build, is_step
from engine.gate.soundness.reduce import reduce
from engine.gate.soundness.thrown import interrupts

MOVES = 40_000  # that are tried in one file; a second
EARS = ("message", "timer", "signal", "conditional", "error", "escalation")


class Play:
    """The token game of one diagram: `outcomes` {id of a scope: how it can end}, `problems`, and the ways into its scopes."""

    def __init__(self, diagram):
        self.diagram, self.bound = diagram, Bound(MOVES)
        self.tracing = Bound(MOVES)
        self.scopes = {scope.element.get("id"): scope for scope in diagram.scopes}
        self.outcomes, self._ways = {}, {}
        found = [(scope, self._play(scope)) for scope in reversed(diagram.scopes)]
        self.problems = [self._from_the_start(scope, problem) for scope, problems in reversed(found) for problem in problems]

    def net(self, scope, open_=()):
        """The net of a scope whose inner scopes are played."""
        return build(self.diagram, scope, self.outcomes, open_)

    def begins(self, net):
        """[(places, activity)]: the starts of a net, and each boundary event that does not interrupt, as a run beside.

        What such an event begins is played alone: it comes as often as it likes, so a join of it with the rest is filled by chance only.
        """
        return [(places, None) for places in net.starts] + [((place,), activity) for activity, place in net.sides]

    def into(self, scope):
        """The ids of the elements on the shortest way into a scope, it itself last; none for a process."""
        if scope.outer is None:
            return []
        before = self.into(scope.outer)
        if is_event_subprocess(scope.element):
            return [*before, scope.element.get("id")]
        return [*before, *self.way(scope.outer, scope.element.get("id"))]

    def way(self, scope, identifier):
        """The ids of the elements on the shortest way to an element inside its scope, it itself last."""
        key = scope.element.get("id"), identifier
        if key not in self._ways:
            self._ways[key] = [identifier]  # should the search come back here
            net = self.net(scope)
            place = net.place(identifier)
            ways = []
            for whole in (net, reduce(net, {place})):  # a move of the smaller net may do more than is needed, but there are fewer
                for first, activity in [] if ways else self.begins(net):
                    found = explore(whole, first, self.tracing, until=place)
                    if found.met is not None and not (activity is not None and ways):
                        before = self.way(scope, activity) if activity is not None else []
                        ways.append([*before, *found.way(found.met), identifier])
            self._ways[key] = min(ways, key=len, default=[identifier])
        return self._ways[key]

    def _play(self, scope):
        net = self.net(scope)
        small, element = reduce(net), scope.element
        played = [(explore(small, first, self.bound), activity) for first, activity in self.begins(net)]
        found = list(self._stuck(scope, played))
        found += self._endless(scope, played) if not found else []
        faulty = bool(found)
        complete = all(each.complete for each, _ in played)
        if not complete:
            found.append(findings.not_explored(element))
        elif not faulty and scope.kind != "adHocSubProcess":
            found += self._twice(scope, played, net)
        known = complete and not any(each.overflows for each, _ in played)
        if known and not faulty:
            found += self._dead(scope, played, small)
        self.outcomes[element.get("id")] = self._outcomes(scope, played, faulty or not known)
        return found

    def _from_the_start(self, scope, problem):
        """The way into a scope is known when all scopes around it have been played."""
        return replace(problem, trace=(*self.into(scope), *problem.trace)) if problem.trace else problem

    def _outcomes(self, scope, played, forgiven):
        """How the scope can end. A fault inside is told once: outside it is as if it were mended."""
        handlers = [node for node in scope.nodes if is_event_subprocess(node)]
        ends = {over for each, _ in played for over in each.overs} | ({DONE} if forgiven or scope.kind == "adHocSubProcess" else set())
        for handler in handlers:
            inner = self.outcomes[handler.get("id")]
            if any(interrupts(self.diagram, start) for start in children(handler, "startEvent")):
                ends |= inner
            else:
                ends |= inner - {DONE}
        return ends - {start.get("id") for handler in handlers for start in children(handler, "startEvent")}

    def _traced(self, scope, each, activity, marking):
        before = [] if activity is None else self.way(scope, activity)
        return [*before, *each.way(marking), *each.waiting(marking)]

    def _stuck(self, scope, played):
        told, nodes = set(), {node.get("id"): node for node in scope.nodes}
        for each, activity in played:
            for marking in each.stuck:
                waiting = each.waiting(marking)
                if told.isdisjoint(waiting):
                    trace = self._traced(scope, each, activity, marking)
                    joins = [identifier for identifier in waiting if identifier in each.net.waits]
                    if len(joins) == len(waiting) > 1:
                        yield findings.waits_for_itself(nodes[joins[0]], [nodes[other] for other in joins[1:]], trace)
                    else:
                        stuck = next((identifier for identifier in waiting if identifier not in joins), waiting[0])
                        yield findings.deadlock(nodes[stuck], self._missing(scope, each.net, stuck, marking, nodes), trace)
                told.update(waiting)

    def _missing(self, scope, net, identifier, marking, nodes):
        flows = [flow for flow in scope.incoming[identifier] if net.places.get((identifier, flow.get("id"))) not in (None, *marking)]
        sources = dict.fromkeys(reference(flow.get("sourceRef")) for flow in flows)
        return [nodes[source] for source in sources if source in nodes]

    def _endless(self, scope, played):
        nodes = {node.get("id"): node for node in scope.nodes}
        for each, activity in played:
            if each.endless:
                marking = each.endless[0]
                trace = self._traced(scope, each, activity, marking)
                return [findings.no_way_to_end(nodes[each.waiting(marking)[-1]], self._ended_from_outside(scope), trace)]
        return []

    def _ended_from_outside(self, scope):
        """Is there an event that can end the scope, or one around it?"""
        while scope is not None:
            events = [start for node in scope.nodes if is_event_subprocess(node) for start in children(node, "startEvent")]
            if scope.outer is not None:
                mine = scope.element.get("id")
                events += [event for event in scope.outer.of("boundaryEvent") if reference(event.get("attachedToRef")) == mine]
            for event in events:
                if interrupts(self.diagram, event) and any(kind(each) in EARS for each in self.diagram.definitions_of(event)):
                    return True
            scope = scope.outer
        return False

    def _twice(self, scope, played, net):
        nodes, told = {node.get("id"): node for node in scope.nodes}, set()
        for each, activity in played:
            for place, marking in each.twice.items():
                identifier = net.at[place]
                if identifier not in told and self._does_something(scope, nodes, identifier):
                    told.add(identifier)
                    before = [] if activity is None else self.way(scope, activity)
                    yield findings.twice(nodes[identifier], [*before, *each.way(marking), identifier])

    def _does_something(self, scope, nodes, identifier):
        """False where a token meets only gateways, links, and ends that say nothing or end all: how many come does not matter."""
        caught = {links.name_of(node): own for own, node in nodes.items() if local(node) == "intermediateCatchEvent"}
        seen, todo = set(), [identifier]
        while todo:
            node = nodes[todo.pop()]
            if node.get("id") in seen:
                continue
            seen.add(node.get("id"))
            if local(node) == "endEvent":
                if {kind(each) for each in self.diagram.definitions_of(node)} - ENDS_ALL:
                    return True
            elif local(node) == "intermediateThrowEvent" and links.name_of(node):
                todo.append(caught[links.name_of(node)])
            elif local(node).endswith("Gateway") or links.name_of(node):
                todo += {reference(flow.get("targetRef")) for flow in scope.outgoing[node.get("id")]} & nodes.keys()
            elif node.get("startQuantity", "1") == "1":  # else it waits for so many
                return True
        return False

    def _dead(self, scope, played, net):
        reached = {identifier for each, _ in played for move in each.fired for identifier in flat(move.covers)}
        reached |= {net.at[place] for each, _ in played for marking in each.before for place in marking}
        for node in scope.nodes:
            identifier = node.get("id")
            if identifier in reached or not is_step(self.diagram, node) or local(node) == "startEvent":
                continue
            sources = [reference(flow.get("sourceRef")) for flow in scope.incoming[identifier]]
            if local(node) == "boundaryEvent":
                sources = [reference(node.get("attachedToRef"))]
            if any(source in reached for source in sources):
                yield findings.dead(node)
