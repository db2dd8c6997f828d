"""The rules of a diagram, a file per question; each has `check(diagram)`, which yields every Problem that it finds."""

from engine.gate.rules import (
    activities,
    carried,
    compensation,
    data,
    dialect,
    drawing,
    events,
    expressions,
    gateways,
    links,
    messages,
    people,
    references,
    structure,
    timers,
)

ALL = (
    dialect,
    references,
    structure,
    gateways,
    links,
    events,
    messages,
    timers,
    compensation,
    activities,
    carried,
    data,
    expressions,
    people,
    drawing,
)
