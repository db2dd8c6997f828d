"""How gunicorn runs the product: threads, because a request waits for the disk; no preload, because keys and caches belong to a process."""

import gc
import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 10
preload_app = False
# A reader of /v2/jobs/activation gives its thread back after ten seconds, so a keep-alive connection may wait a little longer than that.
keepalive = 15
# Behind Ctrl-C the whole group is told; a worker ends its request and goes.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def on_starting(server):
    """The modules are read once, for all workers; the application each makes for itself."""
    import api.app  # noqa: F401


def post_worker_init(worker):
    """What is loaded by now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
