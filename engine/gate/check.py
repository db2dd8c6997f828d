"""One resource is read, checked by the rules of its kind and compiled by its reader. This runs in the child process only."""

import traceback
from dataclasses import asdict

from engine.domain.problem import Problem
from engine.gate import bpmn, dmn, form, imports, xml

KINDS = {"bpmn": bpmn.read, "dmn": dmn.read, "form": form.read}
MOST = 500  # problems that are reported of one resource
REPORT = "Report this to the developers, with the file: a diagram should never get so far."
SHOWN = 300  # characters of what an unexpected error says


def check(kind, name, content, reader, imported=None):
    """-> {"problems": [fields of Problem], "facts": data or None, "asks": [...], "trace": text or None}.

    `reader` is a callable that takes the bytes and raises ValueError for what it cannot compile; it is asked only
    about what the rules accept. Problems in the list that it answers are warnings; what else it has made is not looked at.
    `imported`: what the file imports, as imports.pack says it; without it a file that imports is not compiled yet.
    """
    try:
        problems, facts, asks = KINDS[kind](content, name)
        waits = imported is None and facts is not None and facts.get("imports")
        if reader is not None and not waits and not any(problem.severity == "error" for problem in problems):
            given = (content,) if imported is None else (content, imports.unpack(imported))
            problems = [*problems, *_compile(reader, given, name)]
    except xml.Malformed as refusal:
        return _answer([refusal.problem], None, [])
    except MemoryError:
        raise  # the process is of no more use; the sandbox says so
    except Exception as error:  # noqa: BLE001 - whatever it is, this file cannot be deployed, and the trace goes to the log
        sentence = f"Expected the file to be understood, but that failed with {type(error).__name__}: {str(error)[:SHOWN]}"
        return _answer([Problem(name, "READER_FAILED", sentence, REPORT)], None, [], traceback.format_exc())
    if len(problems) > MOST:
        sentence = f"Expected at most {MOST} problems, but there are {len(problems)}; the others are not listed."
        problems = [*problems[:MOST], Problem(name, "TOO_MANY_PROBLEMS", sentence, "Correct these first.")]
    return _answer(problems, facts, asks)


def _answer(problems, facts, asks, trace=None):
    return {"problems": [asdict(problem) for problem in problems], "facts": facts, "asks": asks, "trace": trace}


def _compile(reader, given, name):
    """[Problem] that a reader answers, or raises: ValueError, with `problems`, or `element`, `line` and `sentence`, or its text alone."""
    try:
        made = reader(*given)
    except UnicodeError:
        raise
    except ValueError as error:
        if getattr(error, "problems", None):
            return list(error.problems)
        element, sentence = getattr(error, "element", None) or name, getattr(error, "sentence", None) or str(error)
        remedy = "Change the element, or draw the same in another way."
        return [Problem(element, "NOT_EXECUTABLE_HERE", sentence, remedy, line=getattr(error, "line", None))]
    return [each for each in made if isinstance(each, Problem)] if isinstance(made, list) else []
