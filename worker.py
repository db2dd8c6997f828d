"""The worker process's door: due timers, deliveries, the sweep and the daily seal."""

import os
import signal
import threading

from api.app import create_app
from engine.commands.work import work


def main(app):
    """Work until a signal says to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(app.extensions["engine"], f"worker-{os.getpid()}", stop, app.extensions["signing_key"])


if __name__ == "__main__":
    main(create_app())
