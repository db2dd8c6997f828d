"""What a designer's expression may cost, so that nothing they write can hang or exhaust the server."""

#: characters of one expression
LENGTH = 20_000
#: nodes of the syntax tree inside each other; long sums and lists are flat
DEPTH = 100
#: steps of one environment: about one per node evaluated inside a loop, a call or a long value
STEPS = 200_000
#: calls of FEEL functions inside each other
CALLS = 60
#: items of one list
ITEMS = 100_000
#: characters of one string
CHARACTERS = 1_000_000
#: lists and contexts inside each other, in a value that an expression returns
NESTING = 100
#: reasons for null that an environment keeps
WARNINGS = 50
#: a value that is longer than this pays a step for every so many characters or items
CHUNK = 64
#: values inside one value, what is shared counted each time, long strings by the chunk
SIZE = 500_000
