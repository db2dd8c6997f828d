"""A process that works in an office beside others: it says that it is ready, waits to be told, works, and says what was acknowledged.

Started as `python -m tests.engine.store.colleague URL ACTS`; ACTS is a JSON list of [name of one of the functions below, its arguments].
"""

import json
import subprocess
import sys
from pathlib import Path

from engine.commands.complete_task import complete_task
from engine.commands.set_variables import set_variables
from engine.commands.start_instance import start_instance
from engine.store import database
from tests.engine.commands.office import ADMIN
from tests.engine.store.town import PATIENCE, open_engine

ROOT = Path(__file__).resolve().parents[3]


def complete_in_turn(engine, task, times):
    """Complete a task and the one that follows it, `times` over -> the keys of the tasks whose completion was acknowledged."""
    done = []
    for _ in range(times):
        answer = complete_task(engine, ADMIN, task, {})
        done.append(task)
        (task,) = [one["key"] for one in answer["opened"]]
    return done


def write_variables(engine, instance, who, times):
    """Write `times` variables of our own into one instance -> the names that were acknowledged."""
    done = []
    for number in range(times):
        set_variables(engine, ADMIN, instance, {f"{who}_{number}": number})
        done.append(f"{who}_{number}")
    return done


def work_on_cases(engine, process, cases, times):
    """Start `cases` instances of our own and complete `times` tasks in each -> their keys."""
    done = []
    for _ in range(cases):
        started = start_instance(engine, ADMIN, process, variables={"count": 0})
        complete_in_turn(engine, started["opened"][0]["key"], times)
        done.append(started["key"])
    return done


def take_keys(engine, count):
    """`count` keys -> themselves."""
    return [engine.store.keys.take() for _ in range(count)]


ACTS = {act.__name__: act for act in (complete_in_turn, write_variables, work_on_cases, take_keys)}


def together(url, *works):
    """A process for each of `works`, lists of (function, *arguments), all begun at one moment -> per process, what each function said."""
    told = [json.dumps([[act.__name__, arguments] for act, *arguments in work]) for work in works]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    command = [sys.executable, "-m", "tests.engine.store.colleague", url]
    colleagues = [subprocess.Popen([*command, acts], **pipes) for acts in told]
    try:
        for colleague in colleagues:
            assert colleague.stdout.readline() == "ready\n"
        for colleague in colleagues:
            colleague.stdin.write("go\n")
            colleague.stdin.flush()
        said = [colleague.communicate(timeout=PATIENCE)[0] for colleague in colleagues]
    finally:
        for colleague in colleagues:
            colleague.kill()
            colleague.communicate()
    assert [colleague.returncode for colleague in colleagues] == [0] * len(works)
    return [json.loads(each) for each in said]


def main(url, acts):
    """The process's own part of `together`."""
    store_engine = database.connect(url)
    engine = open_engine(store_engine)
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps([ACTS[name](engine, *arguments) for name, arguments in json.loads(acts)]))
    store_engine.dispose()


if __name__ == "__main__":
    main(*sys.argv[1:])
