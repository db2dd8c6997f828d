"""The child process: started late, used again, ended and replaced, and never left behind."""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time

import psutil
import pytest

from engine.domain.errors import Busy
from engine.gate import sandbox
from engine.gate.sandbox import Dead, Sandbox

FORM = {"kind": "form", "name": "a.form", "content": b'{"id": "a", "components": []}'}


@pytest.fixture
def make():
    """Makes sandboxes with one reader and short limits, and ends them."""
    made = []

    def start(reader, seconds=2.0, memory=768 << 20, answer=1_000_000):
        made.append(Sandbox({"form": f"tests.engine.gate.readers:{reader}"}, seconds, memory, answer))
        return made[-1]

    yield start
    for each in made:
        each.close()


def sentence(box):
    return box.ask(FORM)["problems"][0]["sentence"]


#: Processes that other tests of this session keep, a gate of theirs among them, are not ours to count.
OTHERS = set()


@pytest.fixture(autouse=True, scope="module")
def others():
    OTHERS.update(child.pid for child in psutil.Process().children())


def children():
    return [child for child in psutil.Process().children() if child.pid not in OTHERS]


def test_the_child_starts_when_it_is_needed_and_is_used_again(make):
    box = make("accepts")
    assert box.pid is None

    first = box.ask(FORM)
    pid = box.pid
    second = box.ask(FORM)

    assert first == second == {"problems": [], "facts": {"kind": "form", "id": "a", "version_tag": None}, "asks": [], "trace": None}
    assert box.pid == pid


LIMITS = [
    ("sleeps", 1.0, "time", "Expected it to be read within 1 s, but it took longer"),
    ("loops", 1.0, "time", "Expected it to be read within 1 s, but it took longer"),
    ("library_loops", 1.0, "time", "Expected it to be read within 1 s, but it took longer"),
    ("allocates", 20.0, "memory", "Expected it to be read with 256 MB of memory, but it needed more"),
    ("leaves", 20.0, "crash", "Expected it to be read, but the process that read it ended with exit code 3"),
    ("kills_itself", 20.0, "crash", "Expected it to be read, but the process that read it ended with signal 9"),
]


@pytest.mark.parametrize("reader, seconds, reason, said", LIMITS)
def test_a_reader_that_goes_past_a_limit_is_ended_and_said(make, reader, seconds, reason, said):
    box = make(reader, seconds, memory=256 << 20)
    began = time.monotonic()

    with pytest.raises(Dead) as dead:
        box.ask(FORM)

    assert (dead.value.reason, dead.value.sentence) == (reason, said)
    assert time.monotonic() - began < seconds + 5
    assert box.pid is None
    assert children() == []


def test_an_answer_that_is_too_long_is_not_read(make):
    box = make("refuses_at_length", answer=100_000)

    with pytest.raises(Dead) as dead:
        box.ask(FORM)

    assert dead.value.reason == "answer"
    assert children() == []


def test_after_a_death_the_next_question_gets_a_new_child(make):
    box = make("accepts")
    box.ask(FORM)
    before = box.pid
    os.kill(before, signal.SIGKILL)
    psutil.Process(before).wait(5)

    assert box.ask(FORM)["problems"] == []

    assert box.pid != before
    assert [child.pid for child in children()] == [box.pid]


def test_a_late_answer_is_not_given_to_the_next_question(make):
    box = make("sleeps", seconds=0.5)
    with pytest.raises(Dead):
        box.ask(FORM)

    answer = box.ask({**FORM, "name": "b.form", "content": b"["})  # is refused before the reader would sleep

    assert [problem["element"] for problem in answer["problems"]] == ["b.form"]


def test_a_reader_that_prints_or_reads_does_not_disturb_the_answer(make, capfd):
    assert make("prints").ask(FORM)["problems"] == []
    assert make("reads_stdin").ask(FORM)["problems"] == []


def test_the_child_sees_no_secrets_and_no_listening_socket(make, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@nowhere/none")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.set_inheritable(True)

        seen = json.loads(sentence(make("tells_itself")))

    assert set(seen["environment"]) <= {*sandbox.ENVIRONMENT, "PYTHONPATH", "LC_CTYPE"}
    assert not [target for target in seen["files"].values() if target.startswith("socket:")]
    assert len(seen["files"]) <= 7


def test_many_threads_ask_at_once_and_each_has_its_own_answer(make):
    box, answers = make("accepts", seconds=20.0), {}

    def ask(number):
        content = json.dumps({"id": f"form{number}", "components": []}).encode()
        answers[number] = box.ask({"kind": "form", "name": f"{number}.form", "content": content})["facts"]["id"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {number: f"form{number}" for number in range(32)}
    assert len(children()) == 1


def test_whoever_waits_too_long_is_told_that_the_gate_is_busy(make, monkeypatch):
    monkeypatch.setattr(sandbox, "WAIT", 0.1)
    box = make("sleeps", seconds=2.0)
    other = threading.Thread(target=pytest.raises, args=(Dead, box.ask, FORM))
    other.start()
    time.sleep(0.3)

    with pytest.raises(Busy):
        box.ask(FORM)
    other.join()


def test_nothing_is_left_behind_after_many_deaths(make):
    box = make("kills_itself")
    with pytest.raises(Dead):
        box.ask(FORM)
    files = len(os.listdir("/proc/self/fd"))

    for _ in range(20):
        with pytest.raises(Dead):
            box.ask(FORM)

    assert len(os.listdir("/proc/self/fd")) == files
    assert children() == []


def test_a_sandbox_that_is_forgotten_ends_its_child(make):
    box = Sandbox({"form": "tests.engine.gate.readers:accepts"}, 2.0, 768 << 20, 1_000)
    box.ask(FORM)
    pid = box.pid

    del box
    gc.collect()

    assert not psutil.pid_exists(pid)


PROGRAM = """
import os, threading, time
from engine.gate.sandbox import Sandbox

box = Sandbox({"form": "tests.engine.gate.readers:%s"}, 1.0, 768 << 20, 10_000)
form = {"kind": "form", "name": "a.form", "content": b'{"id": "a", "components": []}'}
box.ask({**form, "content": b"["})  # is refused before the reader is asked
print(box.pid, flush=True)
"""
LEAVES = "os._exit(0)"
IS_KILLED = "os.kill(os.getpid(), 9)"
IS_KILLED_AT_WORK = "threading.Thread(target=box.ask, args=(form,)).start(); time.sleep(0.5); os.kill(os.getpid(), 9)"
FORKS = """
if os.fork() == 0:
    print("fork", box.ask(form)["problems"], box.pid, flush=True)
    box.close()
    os._exit(0)
os.wait()
print(box.pid, box.ask(form)["problems"], box.pid, flush=True)
"""


def run(reader, then):
    program = PROGRAM % reader + then
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60).stdout.split()


@pytest.mark.parametrize(
    "reader, then", [("accepts", LEAVES), ("accepts", IS_KILLED), ("loops", IS_KILLED_AT_WORK), ("sleeps", IS_KILLED_AT_WORK)]
)
def test_the_child_ends_with_its_parent(reader, then):
    (pid,) = run(reader, then)

    _, alive = psutil.wait_procs([psutil.Process(int(pid))] if psutil.pid_exists(int(pid)) else [], timeout=10)

    assert alive == []


def test_a_fork_does_not_use_its_parents_child():
    before, _, problems, in_the_fork, pid_after_the_fork, problems_after, pid_at_last = run("accepts", FORKS)

    assert problems == problems_after == "[]"
    assert in_the_fork != before
    assert pid_after_the_fork == pid_at_last == before


def test_a_reader_that_does_not_exist_is_our_own_mistake(make, capfd):
    with pytest.raises(RuntimeError, match="Expected the gate's child process to start"):
        make("nowhere").ask(FORM)
    assert children() == []
