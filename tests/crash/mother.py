"""A warmed-up process that bears the ones to be killed: it imports the product once and forks a child per order.

One order is one line of JSON on stdin, its answer one line on stdout: {"signal": name} of what ended the child, {"exit": status} where it
came to its end, {"stopped": pid} where it was halted. A fork takes milliseconds where a start takes seconds; a kill is as real. No
connection is open at a fork; the order "warm" does a round of due rows here, so that the children find everything compiled.
"""

import ctypes
import gc
import json
import os
import signal
import sys
import time
import traceback

import worker
from api.app import create_app
from api.config import from_environment
from engine.commands.run_due import run_due
from tests.crash import deeds, dying

#: Whoever does not meet its end within this time never will. Seconds.
PATIENCE = 60
_PR_SET_PDEATHSIG = 1


def main():
    """Serve until stdin ends."""
    apps = {}
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_answer(order, apps)), flush=True)


def _answer(order, apps):
    if "resume" in order:
        os.kill(order["resume"], signal.SIGCONT)
        return _wait(order["resume"], order)
    told = json.dumps(order["environment"])
    if told not in apps:
        apps[told] = create_app(from_environment(order["environment"]))
        deeds.register(apps[told].extensions["engine"])
    if order["deed"] == "warm":
        engine = apps[told].extensions["engine"]
        done = run_due(engine, "mother").done
        engine.store.engine.dispose()
        gc.freeze()  # the children share what is there by now
        return {"done": done}
    return _wait(_bear(order, apps[told]), order)


def _bear(order, app):
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(2, 1)  # the answers are the mother's to give
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        if "point" in order:
            named = {name: order[name] for name in ("stroke", "beside", "delay") if name in order}
            dying.doom_connections(dying.Doom(order["point"], order["number"], **named))
        if order["deed"] == "work":
            worker.main(app)
        else:
            deeds.DEEDS[order["deed"]](app.extensions["engine"], order["target"])
        status = 0
    except BaseException:  # noqa: BLE001 - nothing may return into the mother's loop
        traceback.print_exc()
    finally:
        os._exit(status)


def _wait(child, order):
    """What became of the child; killed after the order's `seconds`, if it names any."""
    end = time.monotonic() + order.get("seconds", PATIENCE)
    while True:
        found, status = os.waitpid(child, os.WNOHANG | os.WUNTRACED)
        if found and os.WIFSTOPPED(status):
            return {"stopped": child}
        if found:
            return {"signal": signal.Signals(os.WTERMSIG(status)).name} if os.WIFSIGNALED(status) else {"exit": os.WEXITSTATUS(status)}
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return {"signal": "SIGKILL"} if "seconds" in order else {"lost": PATIENCE}
        time.sleep(0.002)


if __name__ == "__main__":
    main()
