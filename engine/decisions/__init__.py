"""Decisions: DMN files are read once, evaluated purely, and every evaluation says what it rests on."""

from engine.decisions.errors import Unreadable
from engine.decisions.evaluate import evaluate
from engine.decisions.evaluation import EvaluatedDecision, Evaluation
from engine.decisions.read import read
from engine.decisions.requirements import Decision, Requirements

__all__ = ["Decision", "EvaluatedDecision", "Evaluation", "Requirements", "Unreadable", "evaluate", "read"]
