"""The test's end of the mother: start it, give it an order, stop it."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Mother:
    """A running tests.crash.mother; what it and its children say goes to the file `log`."""

    def __init__(self, log):
        self.log = log
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.mother"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=ROOT,
            )

    def bear(self, environment, deed, target=None, **more):
        """Have a child do a deed under `environment` (a Place's) -> what became of it.

        `more`: what Doom is told, or `seconds`, after which it is killed wherever it is. The deed "work" is the worker itself.
        """
        return self._ask({"environment": environment, "deed": deed, "target": target, **more})

    def warm(self, environment):
        """A round of due rows in the mother's own process -> how many were done."""
        return self._ask({"environment": environment, "deed": "warm"})["done"]

    def resume(self, child):
        """Let a child go on that stopped -> what became of it."""
        return self._ask({"resume": child})

    def _ask(self, order):
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"Expected the mother to answer, but she said: {self.said()[-3000:]}"
        return json.loads(answer)

    def said(self):
        """What she and her children wrote so far."""
        return self.log.read_text(errors="replace")

    def stop(self):
        """End it: it goes when nothing more is asked."""
        self._process.stdin.close()
        self._process.wait(90)
        self._process.stdout.close()
