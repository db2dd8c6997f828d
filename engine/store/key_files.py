"""Secrets in files of their own, outside of the database: made once, with mode 0600, whichever of several processes comes first."""

import os
import tempfile
from pathlib import Path


def load_or_create(path, make):
    """The bytes in the file `path`; where there is none, what `make()` returns is kept there first.

    Raises PermissionError where others than its owner may read it. Processes that start together end up with the same bytes.
    """
    path = Path(path)
    if not path.exists():
        _create(path, make())
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        raise PermissionError(f"Expected the secret {path} to be its owner's alone (0600), but its mode is {mode:04o}")
    return path.read_bytes()


def _create(path, content):
    # Written whole under another name and then linked: nobody ever reads half a secret, and the first of two processes wins.
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        os.unlink(draft)
