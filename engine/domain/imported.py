"""A model that a .dmn file may import (DMN 1.5, 6.3.3), before anybody has read it."""

from dataclasses import dataclass, field

#: So many models go into one file, each counted as often as it is imported on the way: two imports of the same one are two of them.
MOST = 50


@dataclass(eq=False)
class Imported:
    """`content`: its bytes; `imports`: {namespace: [Imported]}, those that its own imports can mean. Of several none is meant."""

    content: bytes
    imports: dict = field(default_factory=dict)
