"""The token game: everything that can happen in a net, shortest first, until nothing new does or the bound is reached."""

from collections import Counter, defaultdict
from heapq import heappop, heappush
from itertools import count

from engine.gate.soundness.net import DONE, Move

HEAVY = 16  # tokens of a marking that is as much work as another one


class Bound:
    """How many moves may still be tried; shared by several explorations, and the same on every machine."""

    def __init__(self, moves):
        self.left = moves


class Played:
    """What was found: `stuck` markings in which nothing moves and a token is left, `endless` ones from which no end can be reached,
    `twice` {place: the first marking with two tokens there}, `overs` {how the scope ends: (marking, move or None)}, `fired` moves,
    `passed` {element that was asked for: {marking right behind it: (the one before it, move)}}, `met` the marking that was looked for,
    `before` {marking: (the one before it, move)} of all that were seen; `complete`: the bound was not reached; `overflows`: somewhere more
    and more tokens come to one place.
    """

    def __init__(self, net):
        self.net, self.stuck, self.endless, self.twice, self.overs, self.passed = net, [], [], {}, {}, {}
        self.fired, self.complete, self.overflows, self.before, self.met = set(), True, False, {}, None

    def way(self, marking, *more):
        """The ids of the elements that lead to a marking, and of further moves."""
        moves = [move for move in reversed(more) if move is not None]
        while (step := self.before[marking]) is not None:
            marking, move = step
            if move is not None:
                moves.append(move)
        return flat(*(move.path for move in reversed(moves)))

    def waiting(self, marking):
        """The ids of the elements at which the tokens of a marking are."""
        return list(dict.fromkeys(self.net.at[place] for place in marking))


def explore(net, first, bound, refuse=frozenset(), until=None):
    """Net and places -> Played. `refuse`: elements that are asked for and never complete; `until`: a place: stop when a token is there."""
    played = Played(net)
    moves, blockers = defaultdict(list), _blockers(net) if net.waits else {}
    for move in net.moves:
        if move.passes is None or move.passes not in refuse:
            moves[move.takes[0]].append(move)
    number, leads, ends = count(), defaultdict(list), set()
    heap, cost = [(0, 0, first)], {first: 0}
    played.before[first] = None
    while heap:
        length, _, marking = heappop(heap)
        if length > cost[marking]:
            continue
        if until is not None and until in marking:
            played.met = marking
            return played
        if bound.left <= 0:
            played.complete = False
            break
        if not marking:
            played.overs.setdefault(DONE, (marking, None))
            ends.add(marking)
            continue
        moved = False
        for takes, move in _enabled(net, marking, moves, blockers):
            moved = True
            bound.left -= 1 + len(marking) // HEAVY
            played.fired.add(move)
            if move.over is not None:
                played.overs.setdefault(move.over, (marking, move))
                ends.add(marking)
                continue
            after = list(marking)
            for place in takes:
                after.remove(place)
            after = tuple(sorted((*after, *move.gives)))
            if move.gives and len(after) > net.most and max(Counter(after).values()) > net.most:
                played.overflows = True
                ends.add(marking)  # whatever comes of it: it is not known to be endless
                continue
            leads[after].append(marking)
            if move.passes is not None:
                played.passed.setdefault(move.passes, {}).setdefault(after, (marking, move))
            far = length + move.length
            if far < cost.get(after, far + 1):
                cost[after], played.before[after] = far, (marking, move)
                heappush(heap, (far, next(number), after))
                if len(set(marking)) == len(marking):
                    for place in {place for place in after if after.count(place) > 1}:
                        played.twice.setdefault(place, after)
        if not moved:
            played.stuck.append(marking)
            ends.add(marking)
    if played.complete:
        _endless(played, leads, ends)
    return played


def _endless(played, leads, ends):
    seen, todo = set(ends), list(ends)
    while todo:
        for earlier in leads[todo.pop()]:
            if earlier not in seen:
                seen.add(earlier)
                todo.append(earlier)
    played.endless = [marking for marking in played.before if marking not in seen]


def _enabled(net, marking, moves, blockers):
    """(places from which tokens are taken, move) for everything that can happen now."""
    there = set(marking)
    for place in there:
        for move in moves[place]:
            if len(move.takes) == 1 or all(marking.count(each) >= move.takes.count(each) for each in move.takes):
                yield move.takes, move
    for join, (own, passing) in blockers.items():
        full = [place for place in own if place in there]
        if full and not _more_comes(own, full, there - set(net.waits[join][0])):
            yield full, passing


def _more_comes(own, full, others):
    """BPMN 2.0.2, table 13.3: can a token still reach an empty flow of the join, from where it could not reach a full one?"""
    empty = [up for place, up in own.items() if place not in full]
    return any(any(place in up for up in empty) and not any(place in own[each] for each in full) for place in others)


def _blockers(net):
    """{inclusive join: ({its place: places from which a token can come there without passing it}, the move behind it)}"""
    sources = defaultdict(set)
    for move in net.moves:
        for place in move.gives:
            sources[place].update(move.takes)
    for places, behind in net.waits.values():
        sources[behind].update(places)
    found = {}
    for join, (places, behind) in net.waits.items():
        own = {}
        for place in places:
            seen, todo = set(), [place]
            while todo:
                for source in sources[todo.pop()]:
                    if source not in seen and source != behind and source not in places:
                        seen.add(source)
                        todo.append(source)
            own[place] = seen
        found[join] = own, Move(places, (behind,), None, 0)
    return found


def flat(*trees):
    """Trees of pairs -> their leaves, in order."""
    found, todo = [], list(reversed(trees))
    while todo:
        tree = todo.pop()
        if isinstance(tree, tuple):
            todo += reversed(tree)
        elif tree is not None:
            found.append(tree)
    return found
