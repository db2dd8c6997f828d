"""Papers as they are printed, page by page, like the references; and what goes wrong on a page is seen, whatever the rasteriser."""

import subprocess

import pytest
from PIL import Image, ImageChops

from tests.papers import printer, references
from tests.papers.likeness import difference, overlay
from tests.papers.planted import PLANTED, planted
from tests.papers.samples import KINDS, VOID, samples

NAMES = [*KINDS, VOID]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the papers of this run lie, as .docx, .pdf and pages."""
    return tmp_path_factory.mktemp("papers")


@pytest.fixture(scope="module")
def release():
    """Which LibreOffice prints here."""
    return printer.release(printer.version())


@pytest.fixture(scope="module")
def pages(folder):
    """{name: [page]} of all samples and of those with a planted fault: one LibreOffice for all."""
    papers = samples()
    return printer.print_pages(papers | planted(papers), folder)


def unlike(name, printed, folder, release):
    """What a person has to know of the pages of a paper that are not like their references; the new pages are kept in `folder`."""
    expected = references.pages(name, release)
    told = []
    if len(printed) != len(expected):
        told.append(f"{name}: {len(printed)} pages, but the reference has {len(expected)}")
    for number, (page, reference) in enumerate(zip(printed, expected, strict=False), 1):
        found = difference(page, reference)
        if not found.tolerable:
            new, both = folder / f"{name}-{number}.png", folder / f"{name}-{number}-over-reference.png"
            page.save(new)
            overlay(page, reference).save(both)
            expected_at = references.path_of(name, number, release)
            told.append(f"{name} page {number}: {found}\n  new page {new}\n  reference {expected_at}\n  both {both}")
    printed_by = printer.release(references.PRINTED_BY.read_text())
    if told and release != printed_by:
        told.append(f"The references were printed by LibreOffice {printed_by}, these pages by {release}, which may break lines elsewhere")
    return "\n".join(told)


@pytest.mark.parametrize("name", NAMES)
def test_the_pages_of_a_paper_are_like_their_references(pages, folder, release, name):
    told = unlike(name, pages[name], folder, release)
    assert not told, f"{told}\nIf that is meant, look at the new pages and run: .venv/bin/python -m tests.papers.renew"


def test_every_reference_belongs_to_a_paper():
    assert references.names() == set(NAMES)


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_is_seen(pages, release, fault):
    # given
    printed, expected = pages[fault.replace(" ", "_")], references.pages(PLANTED[fault][0], release)
    # then: by the pictures alone, however many pages there are
    found = [difference(page, reference) for page, reference in zip(printed, expected, strict=False)]
    assert not all(each.tolerable for each in found), found


@pytest.mark.parametrize("name", ["hazard_notice_letter", "closure_approval", "service_receipt"])
def test_another_rasteriser_makes_no_difference(pages, folder, name):
    for number, page in enumerate(pages[name], 1):
        for other in (cairo(folder / f"{name}.pdf", number), half_a_pixel_off(folder / f"{name}.pdf", number)):
            assert difference(other, page).tolerable, difference(other, page)


def test_a_page_of_another_size_differs_in_everything():
    assert difference(Image.new("L", (496, 702), 255), Image.new("L", (510, 660), 255)).covered == 1


def test_a_message_says_which_page_where_and_how_far(tmp_path):
    # given a page that lost a line, and one that is as it should be
    release = printer.release(references.PRINTED_BY.read_text())
    (reference,) = references.pages("service_receipt", release)
    damaged = reference.copy()
    damaged.paste(255, (0, 496, 497, 508))  # 210 to 215 mm from the top
    # when
    told = unlike("service_receipt", [damaged, reference], tmp_path, release)
    # then
    assert "service_receipt: 2 pages, but the reference has 1" in told
    assert "service_receipt page 1: " in told and " mm from the top" in told and "(3% allowed)" in told
    assert str(tmp_path / "service_receipt-1.png") in told and (tmp_path / "service_receipt-1-over-reference.png").exists()


def cairo(pdf, number):
    """A page by Poppler's other rasteriser."""
    asked = ["pdftocairo", "-r", str(printer.DPI), "-gray", "-png", "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run([*asked, pdf, pdf.with_suffix(".cairo")], check=True)
    return Image.open(pdf.with_suffix(".cairo.png")).convert("L")


def half_a_pixel_off(pdf, number):
    """A page drawn four times as fine, moved by half a pixel both ways, and then made small."""
    asked = ["pdftoppm", "-r", str(4 * printer.DPI), "-gray", "-f", str(number), "-l", str(number), "-singlefile"]
    subprocess.run([*asked, pdf, pdf.with_suffix(".fine")], check=True)
    fine = Image.open(pdf.with_suffix(".fine.pgm"))
    sheet = Image.new("L", (4 * 497, 4 * 702), 255)
    sheet.paste(fine)
    return ImageChops.offset(sheet, 2, 2).reduce(4)
