"""What a completion over HTTP costs, beside a bare row over HTTP: same worker class, same sign-in, same store."""

import statistics
from typing import Protocol

from bench.load import send_from_another_process

CONNECTIONS = 8
WARM_UP = 50  # requests, not counted: every worker verifies the password once


class Service(Protocol):
    """A web service with one kind of request that writes."""

    name: str

    def start(self, store, folder):
        """Serve on the empty `store` (bench.stores.Store) through bench.serving.gunicorn -> (host, port); `folder` is for its words."""

    def requests(self, count):
        """`count` requests as bytes (bench.load.request_bytes), signed in with Basic, each doing one thing once and answered with a 2xx.

        The product's are completions of open user tasks with the five fields of W1; what has to stand before them is made here, unmeasured.
        """

    def stop(self):
        """End the service."""


def measure(services, rounds, count):
    """`services` is {service: (host, port)}, started; they take turns -> {name: {requests_s: [one per round], p50_ms, p95_ms}}.

    Raises AssertionError where a request was not answered with a 2xx, as then the work was not done.
    """
    sent = {service: [] for service in services}
    for service, (host, port) in services.items():
        _send(service, host, port, WARM_UP)
    for number in range(rounds):
        order = list(services)
        for service in order if number % 2 else reversed(order):
            sent[service].append(_send(service, *services[service], count))
    return {
        service.name: {
            "requests_s": [each["requests_s"] for each in all_sent],
            **{what: statistics.median(each[what] for each in all_sent) for what in ("p50_ms", "p95_ms")},
        }
        for service, all_sent in sent.items()
    }


def _send(service, host, port, count):
    found = send_from_another_process(host, port, service.requests(count), CONNECTIONS)
    if any(not status.startswith("2") for status in found["answers"]):
        raise AssertionError(f"Expected every request to be done, but {service.name} answered {found['answers']}")
    return found
