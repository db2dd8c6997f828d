"""What the printer of the tests says where it cannot print: no paper is left out in silence."""

import os
import time
from pathlib import Path

import pytest

from tests.papers import printer


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """soffice(script): the program of that name is now this shell script; Poppler and the fonts are taken as installed."""

    def write(script):
        program = tmp_path / "bin" / "soffice"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
        monkeypatch.setattr(printer, "NEEDED", ("soffice",))
        monkeypatch.setattr(printer, "NEEDED_FONTS", ())

    return write


@pytest.fixture
def folder(tmp_path):
    """An empty folder to print in."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def test_what_is_missing_is_named_with_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(printer, "NEEDED", ("soffice", "nosuchprogram"))
    monkeypatch.setattr(printer, "NEEDED_FONTS", ("truetype/nosuchfont.ttf",))
    with pytest.raises(RuntimeError, match=r"nosuchprogram, truetype/nosuchfont.ttf is not installed; run: sh tests/install_libre"):
        printer.print_pages({"paper": b""}, folder)


def running(process):
    """Whether there is a process of this id, other than one that has ended and waits for somebody to ask."""
    try:
        return " Z " not in Path("/proc", process, "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_libreoffice_that_does_not_end_is_ended_with_all_that_it_started(folder, soffice, monkeypatch):
    # given
    soffice("sleep 60 & echo $! >started; wait")
    monkeypatch.setattr(printer, "PATIENCE", 0.5)
    # when
    with pytest.raises(RuntimeError, match=r"Expected LibreOffice to print 1 papers in 0.5 s, but it did not"):
        printer.print_pages({"paper": b""}, folder)
    # then
    end = time.monotonic() + 10
    while running((folder / "started").read_text().strip()):
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_paper_that_was_not_printed_is_named_with_what_libreoffice_said(folder, soffice):
    soffice("echo 'source file could not be loaded'")
    with pytest.raises(RuntimeError, match=r"(?s)Expected LibreOffice to print paper, but it said: .*could not be loaded"):
        printer.print_pages({"paper": b""}, folder)
