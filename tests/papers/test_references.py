"""References are renewed where a page is not like them any more, and nowhere else."""

import pytest
from PIL import Image, ImageDraw

from tests.papers import references

HERE, ELSEWHERE = "LibreOffice 7.4.7.2 40(Build:2)", "LibreOffice 25.2.3.2 520(Build:2)"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder of references."""
    monkeypatch.setattr(references, "FOLDER", tmp_path)
    monkeypatch.setattr(references, "PRINTED_BY", tmp_path / "printed_by.txt")
    return tmp_path


def page(top):
    """A page with a black line so many pixels from its top."""
    made = Image.new("L", (497, 702), 255)
    ImageDraw.Draw(made).rectangle((60, top, 430, top + 10), fill=0)
    return made


def test_what_is_alike_stays_and_what_is_not_is_renewed(folder):
    # given
    assert references.renew({"letter": [page(100), page(200)]}, HERE) == ["letter-1.png", "letter-2.png"]
    before = (folder / "letter-1.png").stat().st_mtime_ns
    # when
    changed = references.renew({"letter": [page(100), page(230)]}, HERE)
    # then
    assert changed == ["letter-2.png"] and (folder / "letter-1.png").stat().st_mtime_ns == before
    assert references.renew({"letter": [page(100), page(230)]}, HERE) == []


def test_pages_and_papers_that_are_no_more_lose_their_references(folder):
    references.renew({"letter": [page(100), page(200)], "order": [page(50)]}, HERE)
    assert references.renew({"letter": [page(100)]}, HERE) == ["letter-2.png", "order-1.png"]
    assert references.names() == {"letter"} and len(references.pages("letter", "7.4")) == 1


def test_another_release_keeps_only_what_it_prints_otherwise(folder):
    # given
    references.renew({"letter": [page(100), page(200)]}, HERE)
    # when
    assert references.renew({"letter": [page(100), page(230)]}, ELSEWHERE) == ["25.2/letter-2.png"]
    # then
    assert references.path_of("letter", 1, "25.2") == folder / "letter-1.png"
    assert references.path_of("letter", 2, "25.2") == folder / "25.2" / "letter-2.png"
    assert references.path_of("letter", 2, "7.4") == folder / "letter-2.png"
    # and once the paper is another one, nobody knows what that release makes of it
    assert references.renew({"letter": [page(100), page(300)]}, HERE) == ["25.2/letter-2.png", "letter-2.png"]
    assert (folder / "printed_by.txt").read_text() == HERE + "\n"
