"""The built-in functions, a module per family. Importing this package fills the registry."""

from engine.feel.functions import (
    contexts,
    conversion,
    durations,
    law,
    lists,
    logic,
    moments,
    numbers,
    ordering,
    patterns,
    ranges,
    strings,
    summaries,
    temporal,
)

FAMILIES = (contexts, conversion, durations, law, lists, logic, moments, numbers, ordering, patterns, ranges, strings, summaries, temporal)
