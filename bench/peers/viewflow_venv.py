"""Where viewflow is installed: a virtual environment in the bench's cache folder, never among the product's dependencies."""

import subprocess
import sys

from bench.peers import NotAvailable

#: Pinned, so that a figure of next year is the figure of the same software.
REQUIREMENTS = ("django-viewflow==2.4.0", "Django==5.2.19", "psycopg[binary]==3.3.9")
PATIENCE = 180  # seconds


def install(cache):
    """Make the environment in the folder `cache`, once -> its interpreter. Raises NotAvailable where the registry cannot be reached."""
    folder = cache / "viewflow-2.4.0"
    python, done = folder / "bin" / "python", folder / "installed"
    wanted = "\n".join(REQUIREMENTS)
    if done.exists() and done.read_text() == wanted:
        return python
    try:
        _run([sys.executable, "-m", "venv", "--clear", folder])
        _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS])
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        last = said.strip().splitlines()[-1] if said.strip() else type(error).__name__
        raise NotAvailable(f"viewflow is left out: expected to install {REQUIREMENTS[0]} in {folder}, but {last}") from error
    done.write_text(wanted)
    return python


def _run(command):
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE)
