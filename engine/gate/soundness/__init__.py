"""Does everything that is begun come to an end, whatever people decide and whenever something happens? The diagram is played to see."""

from engine.gate.soundness import promise
from engine.gate.soundness.play import Play

# Faults that leave no net to play: first these are mended, then the rest is seen.
NO_NET = {
    "ATTACHED_ELSEWHERE",
    "BOUNDARY_WITH_INCOMING",
    "COMPENSATION_WITH_FLOW",
    "DANGLING_REFERENCE",
    "DUPLICATE_ID",
    "EMPTY_AD_HOC",
    "EVENT_GATEWAY_TARGET",
    "EVENT_IN_AD_HOC",
    "EVENT_SUBPROCESS_WITH_FLOW",
    "FLOW_CROSSES_BORDER",
    "LINK_CAUGHT_TWICE",
    "LINK_NOT_CAUGHT",
    "LINK_WITH_FLOW",
    "MISPLACED_ELEMENT",
    "MISSING_ID",
    "NO_END",
    "NO_EXECUTABLE_PROCESS",
    "NO_START",
    "SEVERAL_STARTS",
    "START_WITH_INCOMING",
    "UNREACHABLE",
}


def check(diagram, problems):
    """[Problem] of a Diagram that the other rules have looked at; what they found is `problems`."""
    if any(problem.code in NO_NET for problem in problems):
        return []
    play = Play(diagram)
    return [*play.problems, *promise.check(play)]
