"""A file without a drawing gets one. What is deployed stays as it is: this is for whoever wants to look at it, or to draw on."""

from engine.gate.layout.drawing import drawn

__all__ = ["drawn"]
