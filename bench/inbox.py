"""How long does the first page of an inbox take, when a hundred thousand or a million tasks are open?"""

import statistics
import time
from typing import Protocol

from bench import load

GROUPS = 50
PAGE = 20


class Inbox(Protocol):
    """Tables with an inbox over them: the product's, or the bare ones of peers/bare_inbox.py."""

    name: str

    def setup(self, store, tasks):
        """Fill the empty `store` (bench.stores.Store) with `tasks` open tasks and as many done ones, evenly in the groups g00 … g49.

        Task number n (from 0) is in group n modulo 50 and younger than those before it. The store is `settled` afterwards.
        """

    def first_page(self, groups):
        """The oldest 20 open tasks of a person who belongs to `groups` -> [task], through the code that a request would use."""

    def served(self):
        """A context -> (host, port, request) of the web service on the filled store, the request asking for the page that people see.

        None where there is no web service.
        """

    def close(self):
        """Let go of the store."""


def settled(store):
    """The statement after which a store that was filled at once is as one that has been at work: what autovacuum does within a minute."""
    return "ANALYZE" if store.is_sqlite else "VACUUM ANALYZE"


def measure(inbox, runs):
    """Ask for first pages in turns -> {"1 group": {p50_ms, p95_ms}, "3 groups": …}, each of `runs` pages, no group twice in a row.

    Raises AssertionError where a page is not the oldest 20 tasks, as then it is not the work that is measured.
    """
    took = {"1 group": [], "3 groups": []}
    for number in range(runs + 5):  # the first five warm the cache, as an inbox that somebody uses is warm
        for label, step in (("1 group", 1), ("3 groups", 3)):
            groups = [f"g{(number * 7 + place * 11) % GROUPS:02d}" for place in range(step)]
            begun = time.perf_counter()
            page = inbox.first_page(groups)
            spent = time.perf_counter() - begun
            if len(page) != PAGE:
                raise AssertionError(f"Expected the first page to hold {PAGE} tasks, but {inbox.name} gave {len(page)}")
            if number >= 5:
                took[label].append(spent * 1e3)
    return {label: {"p50_ms": statistics.median(each), "p95_ms": statistics.quantiles(each, n=20)[-1]} for label, each in took.items()}


def measure_page(inbox, runs):
    """Ask for the page that people see, one request after the other -> {p50_ms, p95_ms}, or None where the inbox has no web service."""
    serving = inbox.served()
    if serving is None:
        return None
    with serving as (host, port, request):
        load.send_all(host, port, [request] * 5, 1)
        sent = load.send_all(host, port, [request] * runs, 1)
    if set(sent["answers"]) != {200}:
        raise AssertionError(f"Expected every page to be answered with 200, but {inbox.name} answered {sent['answers']}")
    return {"p50_ms": sent["p50_ms"], "p95_ms": sent["p95_ms"]}
