"""The gate decides what may be deployed: files are read apart from the server, and all that is wrong with them is said at once."""

from engine.gate.gate import Gate
from engine.gate.resource import References, Resource, Verdict

__all__ = ["Gate", "References", "Resource", "Verdict"]
