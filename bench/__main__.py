"""`python -m bench`: measure the engine and its peers in one run, print what came out, and keep it in bench/results/."""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import feel, inbox, machine, multi, over_http, report, stores, w1
from bench.child import ROOT, PeerFailed, on_new_store
from bench.peers import PEERS, NotAvailable, load, load_attribute, viewflow_venv

STORES = ("SQLite NORMAL", "SQLite FULL", "PostgreSQL")
PARTS = ("w1", "loops", "multi", "inbox", "http", "feel")
LOOPING = ("floor_core", "spiff", "product")


@dataclass(frozen=True)
class Size:
    """How long to measure. Times in seconds."""

    w1_rounds: int
    w1_seconds: float
    loops: tuple
    loop_window: int
    loop_seconds: float
    inbox_tasks: tuple
    inbox_runs: int
    http_rounds: int
    http_requests: int
    feel_rounds: int
    multi_sizes: tuple
    multi_steps: int


FULL = Size(8, 1.25, (1, 10, 100, 1000), 5, 45, (100_000, 1_000_000), 200, 5, 3000, 50, (10, 100, 1000), 200)
QUICK = Size(4, 0.4, (1, 10, 100), 2, 6, (100_000,), 50, 3, 500, 20, (10, 1000), 50)


class Bench:
    """One run: what is asked for, where it works, and what was found missing on the way (sentences)."""

    def __init__(self, asked, folder, server):
        self.asked, self.folder, self.server, self.missing, self.not_installed = asked, folder, server, [], {}
        self.size = QUICK if asked.quick else FULL
        self.with_product = "product" in asked.peers and self._offers("product")

    def peers(self, names):
        """Those of `names` that were asked for and can run here -> {name: interpreter}."""
        found = {}
        for name in names:
            if name not in self.asked.peers or (name == "product" and not self.with_product):
                continue
            try:
                found[name] = str(viewflow_venv.install(ROOT / ".bench")) if name == "viewflow" else sys.executable
            except NotAvailable as reason:
                self.not_installed[name] = str(reason)  # no failure: its licence keeps it out of the requirements
                say(str(reason))
        return found

    def run_w1(self):
        """{store: what w1.measure gives}."""
        peers, found = self.peers(PEERS), {}
        for store in self.asked.stores:
            say(f"W1 on {store}: {', '.join(peers)}")
            found[store] = w1.measure(store, peers, self.folder, self.server, self.size.w1_rounds, self.size.w1_seconds)
            self.missing += [each["failed"] for each in found[store]["peers"].values() if "failed" in each]
            found[store]["peers"] |= {name: {"not_installed": reason} for name, reason in self.not_installed.items()}
        return found

    def run_loops(self):
        """{peer: what loops.grow gives}, on the store whose commit hides least."""
        found, size = {}, self.size
        for name, python in self.peers(LOOPING).items():
            say(f"rework loop: {name}")
            try:
                with on_new_store(name, STORES[0], self.folder, self.server, python) as child:
                    found[name] = child.ask("loops", rounds=size.loops, window=size.loop_window, seconds=size.loop_seconds)
            except PeerFailed as failure:
                found[name] = {"failed": str(failure)}
                self.missing.append(str(failure))
        return found

    def run_inbox(self):
        """{store: {tasks: {inbox: figures}}}."""
        kinds = [load_attribute("bench.peers.bare_inbox:BareInbox")]
        if self.with_product and self._offers("bench.product:ProductInbox"):
            kinds.append(load_attribute("bench.product:ProductInbox"))
        found = {}
        for store, tasks, kind in ((store, tasks, kind) for store in self._durable() for tasks in self.size.inbox_tasks for kind in kinds):
            say(f"inbox on {store}: {kind.name}, {tasks:,} open tasks")
            with stores.new_store(store, "inbox_" + kind.name, self.folder, self.server) as place, closing(kind()) as measured:
                measured.setup(place, tasks)
                figures = inbox.measure(measured, self.size.inbox_runs)
                figures["as a page"] = inbox.measure_page(measured, self.size.inbox_runs)
            found.setdefault(store, {}).setdefault(str(tasks), {})[kind.name] = figures
        return found

    def run_http(self):
        """{store: {service: figures}}."""
        kinds = [load_attribute("bench.peers.bare_service:BareService")]
        if self.with_product and self._offers("bench.product:ProductService"):
            kinds.append(load_attribute("bench.product:ProductService"))
        found = {}
        for store in self._durable():
            say(f"HTTP on {store}: {', '.join(kind.name for kind in kinds)}")
            with ExitStack() as stack:
                services = {}
                for kind in kinds:
                    place = stack.enter_context(stores.new_store(store, "http_" + kind.name, self.folder, self.server))
                    service = kind()
                    services[service] = service.start(place, self.folder)
                    stack.callback(service.stop)
                found[store] = over_http.measure(services, self.size.http_rounds, self.size.http_requests)
        return found

    def run_multi(self):
        """{store: what multi.measure gives}."""
        found = {}
        for store in self.asked.stores if self.with_product else ():
            say(f"multi-instance on {store}")
            with stores.new_store(store, "multi_product", self.folder, self.server) as place:
                found[store] = multi.measure(place, self.size.multi_sizes, self.size.multi_steps)
        return found

    def run_feel(self):
        """{expression: figures}."""
        say("FEEL")
        return feel.measure(self.size.feel_rounds)

    def _durable(self):
        return [store for store in self.asked.stores if store != STORES[0]]

    def _offers(self, what):
        try:
            load(what) if what in PEERS else load_attribute(what)
        except NotAvailable as reason:
            self.missing.append(str(reason))
            return False
        return True


def say(sentence):
    """Tell whoever waits what is going on."""
    print(sentence, file=sys.stderr, flush=True)


def main(arguments=None):
    """Measure what is asked for -> the exit code: 0, 1 where something could not be measured, 2 where there is no PostgreSQL."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute instead of about ten")
    parser.add_argument("--postgres", metavar="URL", help="measure on this server instead of on one of our own")
    for name, choices in (("stores", STORES), ("peers", tuple(PEERS)), ("parts", PARTS)):
        parser.add_argument("--" + name, nargs="+", choices=choices, default=choices, help="only these")
    asked = parser.parse_args(arguments)
    cache = ROOT / ".bench"
    cache.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=cache, prefix="run-")))
        try:
            server = stack.enter_context(stores.postgres_server(asked.postgres)) if "PostgreSQL" in asked.stores else None
        except stores.NoPostgres as reason:
            say(str(reason))
            return 2
        bench = Bench(asked, folder, server)
        began = datetime.now(UTC)
        results = {"began": began.isoformat(timespec="seconds"), "quick": asked.quick, "machine": machine.describe(server)}
        results |= {part: getattr(bench, "run_" + part)() for part in PARTS if part in asked.parts}
    results["seconds"] = round((datetime.now(UTC) - began).total_seconds())
    results["targets"], results["missing"] = report.targets(results), bench.missing
    print("\n".join(report.lines(results)))
    whole = (asked.stores, asked.peers, asked.parts) == (STORES, tuple(PEERS), PARTS)
    file = _keep(results, f"{began:%Y-%m-%d}{'-quick' if asked.quick else ''}{'' if whole else '-part'}.json")
    say(f"Kept in {file.relative_to(ROOT)}")
    return 1 if bench.missing else 0


def _keep(results, name):
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(json.dumps(_rounded(results), indent=1, ensure_ascii=False) + "\n")
    return file


def _rounded(value):
    """The same without digits that mean nothing."""
    match value:
        case float():
            return float(f"{value:.4g}")
        case dict():
            return {key: _rounded(each) for key, each in value.items()}
        case list():
            return [_rounded(each) for each in value]
    return value


if __name__ == "__main__":
    sys.exit(main())
