"""What a work item changed, so that it can be undone when the item fails."""

_NOTHING = object()


def _restore(mapping, key, value):
    if value is _NOTHING:
        mapping.pop(key, None)
    else:
        mapping[key] = value


class Journal:
    """Changes are made through it. `todo` and `path` are only appended to while an item runs, and are cut back."""

    __slots__ = ("entries", "lengths", "path", "point", "todo")

    def __init__(self, todo, path):
        """`todo`: a deque; `path`: a list."""
        self.entries, self.todo, self.path = [], todo, path
        self.mark(None, None)

    def mark(self, operation, instance, argument=None):
        """What was done so far stays. What fails from here on is undone, leaves an incident here, and is tried again with this."""
        self.entries.clear()
        self.lengths = (len(self.todo), len(self.path))
        self.point = (operation, instance, argument)

    def put(self, mapping, key, value):
        """mapping[key] = value"""
        self.entries.append((_restore, mapping, key, mapping.get(key, _NOTHING)))
        mapping[key] = value

    def drop(self, mapping, key):
        """mapping.pop(key, None)"""
        if key in mapping:
            self.entries.append((_restore, mapping, key, mapping.pop(key)))

    def assign(self, thing, name, value):
        """setattr(thing, name, value)"""
        self.entries.append((setattr, thing, name, getattr(thing, name)))
        setattr(thing, name, value)

    def add(self, items, item):
        """items.add(item) to a set"""
        if item not in items:
            self.entries.append((set.discard, items, item))
            items.add(item)

    def append(self, items, item):
        """items.append(item) to a list"""
        items.append(item)
        self.entries.append((list.pop, items))

    def note(self, function, *arguments):
        """A change that was made directly, and the call that undoes it."""
        self.entries.append((function, *arguments))

    def undo(self):
        """Back to the mark, latest change first."""
        entries = self.entries
        while entries:
            function, *arguments = entries.pop()
            function(*arguments)
        todo, path = self.lengths
        while len(self.todo) > todo:
            self.todo.pop()
        del self.path[path:]
