"""The pages that papers are held against: reference/<name>-<page>.png, small enough to be kept beside the tests.

Another release of LibreOffice breaks a line or two elsewhere: what it prints otherwise lies in a folder of its own, reference/25.2.
"""

from pathlib import Path

from PIL import Image

from tests.papers import printer
from tests.papers.likeness import difference

FOLDER = Path(__file__).with_name("reference")

#: Which LibreOffice printed the references that lie in no folder of their own.
PRINTED_BY = FOLDER / "printed_by.txt"

#: Shades of grey that a reference keeps.
SHADES = 8


def names():
    """The papers that have references."""
    return {path.stem.rpartition("-")[0] for path in FOLDER.rglob("*.png")}


def path_of(name, number, release):
    """The file of the reference that a page (`number` from 1) is held against where LibreOffice's `release` prints: '25.2'."""
    own = FOLDER / release / f"{name}-{number}.png"
    return own if own.exists() else FOLDER / own.name


def pages(name, release):
    """The reference pages of a paper, in order."""
    count = sum(path.stem.rpartition("-")[0] == name for path in FOLDER.glob("*.png"))
    return [_load(path_of(name, number, release)) for number in range(1, count + 1)]


def renew(printed, version):
    """Make `printed` {name: [page]} the references; what is alike stays as it is -> the paths that were changed or removed.

    Where another release than that of the references prints, its pages get a folder, and only as far as they are not like the references.
    """
    FOLDER.mkdir(exist_ok=True)
    release = printer.release(version)
    first = not PRINTED_BY.exists() or printer.release(PRINTED_BY.read_text()) == release
    folder = FOLDER if first else FOLDER / release
    wanted = {f"{name}-{number}.png": page for name, pages in printed.items() for number, page in enumerate(pages, 1)}

    changed, gone = [], []
    for name, page in wanted.items():
        if not _alike(page, folder / name) and not _alike(page, FOLDER / name):
            changed.append(folder / name)
            # What another release made of it before is no page of this paper any more.
            gone += [path for path in FOLDER.rglob(name) if first and path != folder / name]
        elif not first and _alike(page, FOLDER / name):
            gone += [path for path in [folder / name] if path.exists()]
    gone += [path for path in FOLDER.rglob("*.png") if path.name not in wanted]

    for path in changed:
        path.parent.mkdir(exist_ok=True)
        _save(wanted[path.name], path)
    for path in gone:
        path.unlink()
    if changed and first:
        PRINTED_BY.write_text(version + "\n")
    return [str(path.relative_to(FOLDER)) for path in sorted(changed + gone)]


def _alike(page, path):
    return path.exists() and difference(page, _load(path)).tolerable


def _load(path):
    with Image.open(path) as image:
        return image.convert("L")


def _save(page, path):
    step = 255 / (SHADES - 1)
    shaded = page.point([round(round(grey / step) * step) for grey in range(256)])
    shaded.quantize(SHADES).save(path, optimize=True)
