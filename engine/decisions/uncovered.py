"""The search for inputs that no rule matches: column by column, with the rules that are still left."""

STEPS = 500_000  # regions that are looked at, once each time that a combination comes to their column


class TooMany(Exception):
    """The table has more combinations than the search looks at."""


def uncovered(columns, rules):
    """Yields, for each gap, a list of (first, last) regions: of the leading columns; in the others every value is a gap.

    `rules`: those that count, as bits. Regions that follow each other are joined in the last column of a gap. Raises TooMany.
    """
    rest = _matching_everything(columns, rules)
    seen, waiting, steps = set(), [(0, rules, ())], 0
    while waiting:
        place, left, spans = waiting.pop()
        if (place, left) in seen or left & rest[place]:
            continue
        column = columns[place]
        steps += len(column.regions)
        if steps > STEPS:
            raise TooMany
        seen.add((place, left))
        for line in _lines(column, left):
            yield [*spans, line]
        deeper = zip(column.regions, column.possible, strict=True)
        waiting += [(place + 1, left & bits, (*spans, (region, region))) for region, bits in deeper if left & bits][::-1]


def _matching_everything(columns, rules):
    """For each place the rules that match whatever the columns from there on say; at the end that is every rule."""
    rest = [rules]
    for column in reversed(columns):
        bits = rest[-1]
        for possible in column.possible:
            bits &= possible
        rest.append(bits)
    return rest[::-1]


def _lines(column, left):
    """Yields (first, last) of the regions in which no rule of `left` matches; neighbours on a line are one."""
    first = last = None
    for region, bits in zip(column.regions, column.possible, strict=True):
        if first and (left & bits or not (last.stands_in_line and region.stands_in_line)):
            yield first, last
            first = None
        if not left & bits:
            first, last = first or region, region
    if first:
        yield first, last
