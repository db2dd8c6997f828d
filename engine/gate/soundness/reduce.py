"""A smaller net that gets stuck where the large one does: after Murata, "Petri Nets: Properties, Analysis and Applications" (1989), V.

What is drawn in blocks becomes one move, so that only what is not is left to be explored. A place with several moves into it stays: two
tokens could be there at once. So does one at which a path ends beside others that go on.
"""

from collections import deque

from engine.gate.soundness.net import Move, Net


def reduce(net, keep=()):
    """Net -> a smaller Net with the same places. Places where a run begins, those of `keep` and of elements that are asked for stay."""
    small = _Small(net, {*keep, *(place for places in net.starts for place in places), *(place for _, place in net.sides)})
    while small.todo:
        place = small.todo.popleft()
        small.queued.discard(place)
        small.drop_rounds(place)
        small.fuse(place)
        small.pair(place)
        small.gather(place)
    waits = small.waits
    return Net(net.at, list(small.moves.values()), waits, net.starts, net.sides, net.places, net.most)


class _Small:
    def __init__(self, net, keep):
        self.keep, self.waits, self.moves = keep, dict(net.waits), {}
        self.into, self.from_ = [set() for _ in net.at], [set() for _ in net.at]
        self.joins = {place: join for join, (places, behind) in net.waits.items() for place in (*places, behind)}
        self.todo, self.queued = deque(), set()
        for move in net.moves:
            self.put(Move(move.takes, move.gives, move.path, move.length, move.over, move.covers, move.passes))
        self.touch(range(len(net.at)))

    def touch(self, places):
        for place in places:
            if place not in self.queued:
                self.queued.add(place)
                self.todo.append(place)

    def put(self, move):
        """Of moves that do the same, the shortest stays, and stands for all of them."""
        key = move.takes, move.gives, move.over, move.passes
        same = self.moves.get(key)
        if same is not None:
            same.covers = same.covers, move.covers
            if move.length < same.length:
                same.path, same.length = move.path, move.length
        else:
            self.moves[key] = move
            for place in move.takes:
                self.from_[place].add(key)
            for place in move.gives:
                self.into[place].add(key)
        self.touch({*move.takes, *move.gives})

    def remove(self, key):
        move = self.moves.pop(key)
        for place in move.takes:
            self.from_[place].discard(key)
        for place in move.gives:
            self.into[place].discard(key)
        self.touch({*move.takes, *move.gives})
        return move

    def drop_rounds(self, place):
        """A move that leads back to where it began changes nothing, where there is another way on."""
        rounds = [key for key in self.from_[place] & self.into[place] if key[0] == key[1] == (place,) and key[3] is None]
        if rounds and len(rounds) < len(self.from_[place]):
            covers = None
            for key in rounds:
                covers = covers, self.remove(key).covers
            for key in self.from_[place]:
                self.moves[key].covers = self.moves[key].covers, covers

    def fuse(self, place):
        """A place that one move alone leads to: that move goes on at once, in each of the ways on."""
        if place in self.keep or place in self.joins or len(self.into[place]) != 1 or not self.from_[place]:
            return
        (before,) = self.into[place]
        if before[1].count(place) != 1 or before in self.from_[place]:
            return
        beside = len(before[1]) > 1
        for takes, gives, _, passes in self.from_[place]:
            if takes != (place,) or passes is not None or (beside and not gives):
                return
        first = self.remove(before)
        rest = list(first.gives)
        rest.remove(place)
        for key in list(self.from_[place]):
            then = self.remove(key)
            gives = () if then.over is not None else tuple(sorted((*rest, *then.gives)))
            path, covers = (first.path, then.path), (first.covers, then.covers)
            self.put(Move(first.takes, gives, path, first.length + then.length, then.over, covers, first.passes))

    def pair(self, place):
        """Places that always get their tokens together and lose them together are one."""
        if not self.into[place] or not self.from_[place] or place in self.keep:
            return
        takes = next(iter(self.from_[place]))[0]
        twins = [other for other in takes if other != place and other not in self.keep and self.from_[other] == self.from_[place]]
        twins = [other for other in twins if self.into[other] == self.into[place]]
        if any(before[1].count(each) != 1 for before in self.into[place] for each in (place, *twins)):
            return
        for each in twins:
            for old in self.into[each] | self.from_[each]:
                move = self.remove(old)
                move.takes = tuple(other for other in move.takes if other != each)
                move.gives = tuple(other for other in move.gives if other != each)
                self.put(move)

    def gather(self, place):
        """An inclusive join of what one split has parted, and nothing else, waits for nothing that could not come."""
        join = self.joins.get(place)
        if join is None or place == self.waits[join][1]:
            return
        places, behind = self.waits[join]
        before = set().union(*(self.into[each] for each in places))
        if not before or self.keep & set(places) or len({key[0] for key in before}) != 1:
            return
        if any(key[2] is not None or len(set(key[1])) != len(key[1]) or not set(key[1]) <= set(places) for key in before):
            return
        for key in before:
            move = self.remove(key)
            move.gives = (places[0],)
            self.put(move)
        del self.waits[join]
        for each in (*places, behind):
            del self.joins[each]
        self.put(Move((places[0],), (behind,), None, 0))
        self.touch((*places, behind))
