"""Bytes are on the disk, named by what they are, before anything refers to them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.store import files
from engine.store.files import Damaged, Files
from tests.engine.content.made import sha256

CONTENT = "现场照片".encode() * 1000


def lying(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found_by_its_sha_256(tmp_path):
    store = Files(tmp_path / "files")

    digest = store.keep(CONTENT)

    assert digest == sha256(CONTENT)
    assert store.read(digest) == CONTENT
    assert lying(tmp_path) == [tmp_path / "files" / digest[:2] / digest]


def test_the_same_content_is_kept_once(tmp_path):
    store = Files(tmp_path)
    path = tmp_path / sha256(CONTENT)[:2] / store.keep(CONTENT)
    before = path.stat()

    store.keep(CONTENT)

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert lying(tmp_path) == [path]


def test_a_file_that_was_changed_is_not_given_out_and_is_mended_by_the_next_upload(tmp_path):
    store = Files(tmp_path)
    digest = store.keep(CONTENT)
    (tmp_path / digest[:2] / digest).write_bytes(b"forged" + CONTENT[6:])

    with pytest.raises(Damaged, match="its bytes have changed"):
        store.read(digest)
    store.keep(CONTENT)
    assert store.read(digest) == CONTENT


def test_a_file_that_is_gone_is_said_to_be(tmp_path):
    with pytest.raises(Damaged, match="it is missing"):
        Files(tmp_path).read("ab" * 32)


def test_it_is_written_then_synced_then_named_then_its_folder_is_synced(tmp_path, monkeypatch):
    told = []

    def telling(name, function):
        def call(*arguments):
            on_folder = name == "fsync" and os.path.isdir(f"/proc/self/fd/{arguments[0]}")
            told.append("fsync folder" if on_folder else name)
            return function(*arguments)

        return call

    store = Files(tmp_path)
    store.keep(b"before, so that the folders are there")
    (tmp_path / sha256(CONTENT)[:2]).mkdir(exist_ok=True)
    monkeypatch.setattr(files.os, "fsync", telling("fsync", os.fsync))
    monkeypatch.setattr(files.os, "replace", telling("replace", os.replace))

    store.keep(CONTENT)

    assert told == ["fsync", "replace", "fsync folder"]


@pytest.mark.parametrize("at", ["fsync", "replace"])
def test_whoever_is_killed_on_the_way_leaves_no_file_under_its_name(tmp_path, at):
    killed = (
        "import os, signal, sys; from engine.store import files; "
        f"files.os.{at} = lambda *_: os.kill(os.getpid(), signal.SIGKILL); files.Files(sys.argv[1]).keep(b'half')"
    )
    (tmp_path / sha256(b"half")[:2]).mkdir()

    done = subprocess.run([sys.executable, "-c", killed, str(tmp_path)], cwd=Path(__file__).parents[3], check=False)

    assert done.returncode == -9
    assert [path.name[:7] for path in lying(tmp_path)] == [".draft."]
    assert Files(tmp_path).read(Files(tmp_path).keep(b"half")) == b"half"


def test_a_disk_that_is_full_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "replace", full)

    with pytest.raises(OSError, match="No space"):
        Files(tmp_path).keep(CONTENT)
    assert lying(tmp_path) == []
