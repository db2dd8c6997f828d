"""A scope as a net: places where a token can be, and moves that take tokens from places and give tokens to others.

What guards, people and the world decide is left open: every way out of an exclusive gateway, every non-empty set of ways out of an
inclusive one, every interrupting boundary event is a move of its own. A loop or multi-instance is one step, and so is a sub-process, whose
inside is a net of its own: here it has the outcomes that were found there. An element waits in a place of its id; a join in one for each of
its flows. An activity takes as many tokens as its startQuantity says, and gives as many over each flow as its completionQuantity does; in a
scope where one of these is above MOST_COUNTED, which nobody draws, all of them are one.
"""

from dataclasses import dataclass, field
from itertools import combinations

from engine.gate.elements import SUB_PROCESSES, children, extension, is_event_subprocess, local, reference
from engine.gate.literals import fault
from engine.gate.rules import links
from engine.gate.rules.events import kind
from engine.gate.soundness.thrown import catcher, interrupts

DONE = "done"  # how a scope can end; else the id of the event outside of it that ends it, or OUT
OUT = ""  # an error that nobody in the process catches
MOST_TOKENS = 2  # at one place; a third one tells nothing new, where an activity takes and gives one
MOST_COUNTED = 10  # tokens that an activity takes or gives
MOST_BRANCHES = 5  # of an inclusive split, of which every subset is tried; of more, each alone and all of them


@dataclass(slots=True, eq=False)
class Move:
    """`takes` and `gives` are sorted tuples of places; `over`: it ends the scope, in this way.

    `path`: the ids of the elements that are left by it, as a tree of pairs, of which there are `length`; `covers`: a tree of the ids on all
    the ways that this move stands for. `passes`: the element whose completion it is, where somebody asks for that one.
    """

    takes: tuple
    gives: tuple
    path: object = None
    length: int = 1
    over: str | None = None
    covers: object = None
    passes: str | None = None


@dataclass(slots=True)
class Net:
    """`at`: the id of the element at each place; `waits`: {id of an inclusive join: (its places, the place behind it)}.

    `starts`: sets of places where a run begins; `sides`: (id of the activity, place of its boundary event that does not interrupt);
    `most`: how many tokens at one place are looked at.
    """

    at: list = field(default_factory=list)
    moves: list = field(default_factory=list)
    waits: dict = field(default_factory=dict)
    starts: list = field(default_factory=list)
    sides: list = field(default_factory=list)
    places: dict = field(default_factory=dict)
    most: int = MOST_TOKENS

    def place(self, element, flow=None):
        """The place of an element, or of one flow into a join."""
        key = element, flow
        if key not in self.places:
            self.places[key] = len(self.at)
            self.at.append(element)
        return self.places[key]


def build(diagram, scope, outcomes, open_=()):
    """The Net of a scope. `outcomes`: {id of a sub-process: the ways in which it can end}; `open_`: ids whose completion is asked for."""
    net, nodes = Net(), {node.get("id"): node for node in scope.nodes if is_step(diagram, node)}
    joins = {identifier for identifier, node in nodes.items() if _joins(scope, node)}
    catches = {links.name_of(node): identifier for identifier, node in nodes.items() if local(node) == "intermediateCatchEvent"}
    attached, counts = {}, _quantities(scope)
    for event in scope.of("boundaryEvent"):
        attached.setdefault(reference(event.get("attachedToRef")), []).append(event)

    def behind(flow):
        target = reference(flow.get("targetRef"))
        return net.place(target, flow.get("id") if target in joins else None)

    for identifier, node in nodes.items():
        taken, given = counts.get(identifier, (1, 1))
        flows = [flow for flow in scope.outgoing[identifier] if reference(flow.get("targetRef")) in nodes]
        ways = [tuple(sorted([*map(behind, way)] * given)) for way in _ways(node, flows)]
        if local(node) == "intermediateThrowEvent" and links.name_of(node) in catches.keys() - {""}:
            ways = [(net.place(catches[links.name_of(node)]),)]
        takes = (net.place(identifier),) * taken
        if identifier in joins:
            places = tuple(sorted({net.place(identifier, flow.get("id")) for flow in scope.incoming[identifier]}))
            if local(node) == "parallelGateway":
                takes = places
            else:
                net.waits[identifier] = places, takes[0]
        passes = identifier if identifier in open_ else None
        for over in _ends(diagram, scope, node, outcomes.get(identifier), attached.get(identifier, ())):
            gives = [()] if over is not None else ways
            net.moves += [Move(takes, way, identifier, 1, over, identifier, passes if over is None else None) for way in gives]
        for event in attached.get(identifier, ()):
            if event.get("id") not in nodes:
                continue
            if interrupts(diagram, event):
                net.moves.append(Move(takes, (net.place(event.get("id")),), identifier, 1, None, identifier))
            else:
                net.sides.append((identifier, net.place(event.get("id"))))
    net.starts = _starts(scope, nodes, net)
    net.most = MOST_TOKENS * max((max(each) for each in counts.values()), default=1)
    return net


def _quantities(scope):
    """{id of an activity: (tokens that it takes, tokens that it gives over each flow)}, where these are not one.

    None of an ad-hoc sub-process in which people begin what they need: they do it as often as they like.
    """
    if scope.kind == "adHocSubProcess" and extension(scope.element, "adHoc") is not None:
        return {}
    found = {node.get("id"): (_quantity(node, "startQuantity"), _quantity(node, "completionQuantity")) for node in scope.nodes}
    found = {identifier: counts for identifier, counts in found.items() if counts != (1, 1)}
    return found if all(max(counts) <= MOST_COUNTED for counts in found.values()) else {}


def _quantity(node, attribute):
    """One where nothing is said, and where what is said is refused as no number."""
    text = node.get(attribute, "1")
    return int(text) if fault("count", text) is None else 1


def is_step(diagram, node):
    """False for what no token comes to over a flow: event sub-processes, and what compensates."""
    if is_event_subprocess(node) or node.get("isForCompensation") == "true":
        return False
    return local(node) != "boundaryEvent" or all(kind(each) != "compensate" for each in diagram.definitions_of(node))


def _joins(scope, node):
    """Does it wait for several flows? A complex gateway is taken for an inclusive one: it waits for what can still come."""
    return local(node) in ("parallelGateway", "inclusiveGateway", "complexGateway") and len(scope.incoming[node.get("id")]) > 1


def _starts(scope, nodes, net):
    if scope.kind == "adHocSubProcess":
        caught = {identifier for identifier, node in nodes.items() if local(node) == "intermediateCatchEvent" and links.name_of(node)}
        first = [each for each, node in nodes.items() if not scope.incoming[each] and local(node) != "boundaryEvent" and each not in caught]
        return [tuple(sorted(map(net.place, first)))] if first else []
    return [(net.place(start.get("id")),) for start in scope.of("startEvent")]


def _ways(node, flows):
    """The sets of flows over which a token can leave a node."""
    default = reference(node.get("default"))
    if not flows:
        return [()]
    if local(node) in ("exclusiveGateway", "eventBasedGateway"):
        return [(flow,) for flow in flows]
    if local(node) == "parallelGateway":
        return [tuple(flows)]
    usual = [flow for flow in flows if flow.get("id") == default]
    open_ = [flow for flow in flows if children(flow, "conditionExpression") and flow.get("id") != default]
    always = [flow for flow in flows if flow not in usual and flow not in open_]
    if not open_:
        return [(*always, *usual)]
    ways = [(*always, *some) for some in _some(open_)]
    return [*ways, (*always, *usual)] if always or usual else ways


def _some(flows):
    if len(flows) > MOST_BRANCHES:
        return [*((flow,) for flow in flows), tuple(flows)]
    return [some for count in range(1, len(flows) + 1) for some in combinations(flows, count)]


def _ends(diagram, scope, node, outcomes, attached):
    """How an element can be over: None goes on over its flows; everything else ends the scope in that way."""
    if local(node) in SUB_PROCESSES:
        own = {event.get("id") for event in attached}
        return [None] * (DONE in outcomes or may_skip(node)) + sorted(outcomes - {DONE} - own)
    if local(node) not in ("endEvent", "intermediateThrowEvent"):
        return [None]
    for definition in diagram.definitions_of(node):
        word = kind(definition)
        if word == "terminate":
            return [DONE]
        if word == "cancel":
            return [_cancelled(diagram, scope)]
        if word in ("error", "escalation"):
            event = catcher(diagram, scope, definition)
            if event is None and word == "error":
                return [OUT]
            if event is not None and interrupts(diagram, event):
                return [event.get("id")]
    return [None]


def may_skip(node):
    """Can an activity be passed with no round at all: a multi-instance over an empty list, a loop that looks before its first round?"""
    loops = children(node, "standardLoopCharacteristics")
    return bool(children(node, "multiInstanceLoopCharacteristics")) or any(loop.get("testBefore") == "true" for loop in loops)


def _cancelled(diagram, transaction):
    """Where a cancelled transaction goes on: at its cancel event, else behind it."""
    for event in transaction.outer.of("boundaryEvent") if transaction.outer is not None else ():
        mine = reference(event.get("attachedToRef")) == transaction.element.get("id")
        if mine and any(kind(definition) == "cancel" for definition in diagram.definitions_of(event)):
            return event.get("id")
    return DONE
