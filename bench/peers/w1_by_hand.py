"""W1 as a programmer would write it without an engine: the state machine of the three floors."""

from bench.workload import GROUPS

__all__ = ["GROUPS", "advance", "begin"]


def begin(fields):
    """A new case's state, as a dict for JSON, and the elements that wait first."""
    return {"open": {}, "verified": 0, "data": dict(fields)}, ["triage"]


def advance(state, task, fields):
    """Complete `task` in `state` (changed in place) -> (its element, the elements that wait next). KeyError where it is not open."""
    element = state["open"].pop(str(task))
    data = state["data"]
    data.update(fields)
    match element:
        case "triage":
            return element, ["assign"] if data["risk"] > 3 else ["close"]
        case "assign":
            return element, ["rectify"]
        case "rectify":
            state["verified"] = 0
            return element, ["verify_a", "verify_b"]
        case "verify_a" | "verify_b":
            state["verified"] += 1
            if state["verified"] < 2:
                return element, []
            return element, ["rectify"] if data["passed"] == 0 else ["close"]
    return element, []
