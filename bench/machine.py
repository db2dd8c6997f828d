"""On what it was measured: figures without their machine are worth nothing."""

import os
import platform
import re
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("SpiffWorkflow", "SQLAlchemy", "psycopg", "Flask", "gunicorn", "orjson")


def describe(server=None):
    """Processor, memory, load and versions -> dict; `server` is the URL of a PostgreSQL, if one was measured."""
    found = {
        "processor": _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo"), "cores": os.cpu_count(),
        "memory_gib": round(int(_first(r"MemTotal:\s*(\d+)", "/proc/meminfo") or 0) / 2**20), "load": os.getloadavg()[0],
        "system": platform.platform(), "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
        "packages": {name: _version(name) for name in PACKAGES},
    }  # fmt: skip
    if server:
        import psycopg

        from bench.stores import Store

        with psycopg.connect(Store("", server).conninfo) as connection:
            found["postgresql"] = connection.execute("SHOW server_version").fetchone()[0]
    return found


def _first(pattern, file):
    try:
        match = re.search(pattern, Path(file).read_text())
    except OSError:  # not Linux: the figure is left out
        return None
    return match and match[1]


def _version(package):
    try:
        return version(package)
    except PackageNotFoundError:
        return None
