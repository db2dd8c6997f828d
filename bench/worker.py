"""One peer in a process of its own, which takes orders as JSON lines and answers each with one.

So no peer pays for another one's imports and garbage, and viewflow can run under its own interpreter. `python -m bench.worker NAME STORE`
"""

import json
import os
import re
import sys
from pathlib import Path

from bench import loops
from bench.peers import load
from bench.stores import Store, grow_log
from bench.workload import Round, pool


def main(name, store):
    """Serve the peer `name` on `store` (the fields of a Store as JSON) until the end of its input."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever a library prints is no answer
    store = Store(**json.loads(store))
    holder = grow_log(store) if store.is_sqlite else None
    peer = load(name)()
    peer.setup(store)
    round_ = Round(peer, pool())
    orders = {
        "round": lambda order: round_.run(order["seconds"]),
        "loops": lambda order: loops.grow(peer, order["rounds"], order["window"], order["seconds"]),
        "counts": lambda _order: {**peer.counts(), "rss_mb": _resident()},
    }
    print(json.dumps({"ready": name}), file=answers)
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(orders[order["do"]](order)), file=answers)
    peer.close()
    if holder:
        holder.close()


def _resident():
    """What this process holds in memory, in MiB. Its maximum would be its parent's: that survives a fork."""
    return int(re.search(r"VmRSS:\s*(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
