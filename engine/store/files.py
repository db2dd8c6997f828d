"""Uploaded bytes under DATA_DIR/files, each named by its SHA-256. A row that names one is written only after the file is safe."""

import hashlib
import os
import tempfile
from pathlib import Path


class Damaged(Exception):
    """A file that a row names is missing, or its bytes are no longer those that were kept."""


class Files:
    """`folder`: a local disk, or the mount that all hosts share. Files lie at ab/abcd…, so that no folder gets too long."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def keep(self, content):
        """The SHA-256 of `content`, in hexadecimal, once the bytes and their name survive a power cut. The same content is kept once.

        Whoever is killed in between leaves a file that nobody refers to, or a draft beside it, and nothing else.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        self._make(path.parent)
        if not (path.exists() and path.read_bytes() == content):  # a damaged one is mended
            _write(path, content)
        _sync(path.parent)  # also where another process wrote it, and had perhaps not come so far
        return digest

    def read(self, digest):
        """The bytes with this SHA-256. Raises Damaged where they are gone or others."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError as error:
            raise Damaged(f"Expected the file {digest} under {self.folder}, but it is missing") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged(f"Expected the file {digest} under {self.folder} to be as it was kept, but its bytes have changed")
        return content

    def _path(self, digest):
        return self.folder / digest[:2] / digest

    def _make(self, folder):
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        _sync(self.folder)
        _sync(self.folder.parent)


def _write(path, content):
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _sync(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
