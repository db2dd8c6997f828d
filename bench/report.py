"""What the bench says in the end: a table for each store, the targets of design §13, and whether they are met."""

import statistics

from bench.feel import CONDITION
from bench.workload import LOOPS_EVERY

AGAINST = ("spiff", "viewflow", "floor_core")

#: The product, beside whom, at least how many times as fast. On each store.
WANTED = (("spiff", 2.0), ("viewflow", 5.0), ("floor_core", 0.5))


def ratio(faster, slower):
    """How many times as fast: the median of one rate divided by the other's of the same round; None where one is missing."""
    if not faster or not slower:
        return None
    return statistics.median(one / other for one, other in zip(faster, slower, strict=True))


def lines(results):
    """The whole report of a run's `results`, as lines."""
    parts = [w1_lines(store, measured) for store, measured in results.get("w1", {}).items()]
    others = {"loops": loop_lines, "multi": multi_lines, "inbox": inbox_lines, "http": http_lines, "feel": feel_lines}
    parts += [make(results[part]) for part, make in others.items() if part in results]
    parts.append(target_lines(results["targets"]))
    if results["missing"]:
        parts.append(["Could not be measured:", *("  " + sentence for sentence in results["missing"])])
    return [line for part in parts for line in (*part, "")]


def w1_lines(store_name, measured):
    """The table of one store, as lines."""
    peers, load = measured["peers"], measured["load"]
    lines = [f"W1 on {store_name}: one case in {LOOPS_EVERY} reworked, {len(load)} rounds in turns, load {min(load):.1f}–{max(load):.1f}"]
    heads = f"  {'':<11}{'steps/s':>9}  {'[least–most]':<17}{'p50 ms':>8}{'p95 ms':>8}{'CPU ms':>8}{'RSS MB':>8}"
    lines.append(heads + "".join(f"{'÷ ' + name:>14}" for name in AGAINST))
    for name, found in peers.items():
        if "steps_s" not in found:
            lines.append(f"  {name:<11}{found.get('failed', 'not installed')}")
            continue
        rates = found["steps_s"]
        spread = f"[{min(rates):,.0f}–{max(rates):,.0f}]"
        ratios = [ratio(rates, peers.get(other, {}).get("steps_s")) for other in AGAINST]
        times = f"{found['p50_ms']:>8.3f}{found['p95_ms']:>8.3f}{found['cpu_ms']:>8.3f}{found['rss_mb']:>8.0f}"
        beside = "".join(f"{_times(each):>14}" for each in ratios)
        lines.append(f"  {name:<11}{statistics.median(rates):>9,.0f}  {spread:<17}{times}{beside}")
    return lines


def loop_lines(measured):
    """The growth of a rework loop, as lines."""
    lines = ["A step of a case sent back n times, ms (and × a fresh case's, measured in turns)"]
    for name, found in measured.items():
        if "failed" in found:
            lines.append(f"  {name:<11}{found['failed']}")
            continue
        cells = [f"n={n}: {each['ms']:.2f} (×{each['ratio']:.2f})" for n, each in found["rounds"].items()]
        lines.append(f"  {name:<11}" + "   ".join(cells) + (f"   stopped: {found['stopped']}" if found["stopped"] else ""))
    return lines


def multi_lines(measured):
    """A step beside many rounds, as lines. `measured`: {store: {size: figures}}."""
    lines = ["A step of a multi-instance of n rounds, ms (and × that of the smallest, measured in turns)"]
    for store, found in measured.items():
        lines.append(f"  {store:<14}" + "   ".join(f"n={n}: {each['ms']:.2f} (×{each['ratio']:.2f})" for n, each in found.items()))
    return lines


def inbox_lines(measured):
    """First pages, as lines. `measured`: {store: {tasks: {inbox: figures}}}."""
    lines = ["The first page of an inbox, p50 / p95 ms"]
    for store, sizes in measured.items():
        for tasks, inboxes in sizes.items():
            for name, found in inboxes.items():
                cells = [f"{label} {each['p50_ms']:.3f} / {each['p95_ms']:.3f}" for label, each in found.items() if each]
                lines.append(f"  {store}, {int(tasks):>9,} open  {name:<11}" + "   ".join(cells))
    return lines


def http_lines(measured):
    """Requests a second, as lines. `measured`: {store: {service: figures}}."""
    lines = ["Over HTTP, gthread 2 × 8, 8 connections, Basic: requests/s [least–most], p50 / p95 ms"]
    for store, services in measured.items():
        for name, found in services.items():
            rates = found["requests_s"]
            spread = f"[{min(rates):,.0f}–{max(rates):,.0f}]"
            times = f"{found['p50_ms']:.1f} / {found['p95_ms']:.1f}"
            lines.append(f"  {store:<12} {name:<11}{statistics.median(rates):>7,.0f}  {spread:<15}{times}")
    return lines


def feel_lines(measured):
    """What conditions cost, as lines."""
    lines = ["A FEEL expression, µs (the same in Python by hand; to compile it once)"]
    for text, found in measured.items():
        lines.append(f"  {found['us']:>7.2f}  ({found['python_us']:.2f}; {found['compile_us']:,.0f})  {text}")
    return lines


def targets(results):
    """Design §13 against `results` -> [{what, wanted, found (None: not measured), met}]."""
    found = []

    def at_least(what, wanted, value):
        found.append({"what": what, "wanted": f"≥ {wanted}", "found": value, "met": value is not None and value >= wanted})

    def at_most(what, wanted, value):
        found.append({"what": what, "wanted": f"≤ {wanted}", "found": value, "met": value is not None and value <= wanted})

    for store, measured in results.get("w1", {}).items():
        rates = {name: each.get("steps_s") for name, each in measured["peers"].items()}
        for other, wanted in WANTED:
            at_least(f"steps/s ÷ {other}, {store}", wanted, ratio(rates.get("product"), rates.get(other)))
    if "loops" in results:
        last = list(results["loops"].get("product", {}).get("rounds", {}).items())[-1:]
        at_most(f"a step after {last[0][0] if last else 1000} rounds ÷ a fresh one", 1.2, last[0][1]["ratio"] if last else None)
    for store, sizes in results.get("multi", {}).items():
        least, *_, most = sizes
        at_most(f"a step of a multi-instance of {int(most):,} ÷ of {least}, {store}", 2, sizes[most]["ratio"])
    for store, sizes in results.get("inbox", {}).items():
        tasks = max(sizes, key=int)
        pages = sizes[tasks].get("product", {})
        for label, wanted in (("1 group", 5), ("3 groups", 5), ("as a page", 30)):
            at_most(f"first inbox page, {label}, {int(tasks):,} open, {store}, ms", wanted, (pages.get(label) or {}).get("p50_ms"))
    for store, services in results.get("http", {}).items():
        rates = {name: each["requests_s"] for name, each in services.items()}
        at_least(f"completions/s over HTTP ÷ bare POST, {store}", 0.5, ratio(rates.get("product"), rates.get("bare_post")))
    if "feel" in results:
        at_most(f"{CONDITION}, µs", 10, results["feel"][CONDITION]["us"])
    return found


def target_lines(checked):
    """The targets, as lines."""
    lines = ["Targets (design §13)"]
    for each in checked:
        found = "not measured" if each["found"] is None else f"{each['found']:8.2f}  {'met' if each['met'] else 'MISSED'}"
        lines.append(f"  {each['what']:<62}{each['wanted']:>7}  {found}")
    return lines


def _times(value):
    return "–" if value is None else f"{value:.2f}"
