"""Prints papers: LibreOffice makes .docx into PDF, Poppler makes PDF into grey images of its pages."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

from PIL import Image

#: Dots in an inch: enough to see where every line stands and how far it reaches, not to tell two hands of one rasteriser apart.
DPI = 60

#: Seconds after which a LibreOffice that does not end is killed; all papers together take about ten.
PATIENCE = 180

FONTS = Path(__file__).with_name("fonts.conf")

#: What has to be installed: programs, and one font of each package.
NEEDED = ("soffice", "pdftoppm")
NEEDED_FONTS = ("opentype/noto/NotoSerifCJK-Regular.ttc", "truetype/liberation/LiberationSerif-Regular.ttf")


def print_pages(papers, folder):
    """{name: bytes of a .docx} -> {name: [a grey PIL Image for each page]}, by way of files in `folder`, which must be empty.

    Raises RuntimeError where LibreOffice, Poppler or the fonts are missing, or where LibreOffice fails or is not done in PATIENCE seconds.
    """
    _expect_installed()
    for name, content in papers.items():
        (folder / f"{name}.docx").write_bytes(content)
    _make_pdf([folder / f"{name}.docx" for name in papers], folder)
    return {name: _pages(folder / f"{name}.pdf") for name in papers}


def version():
    """Which LibreOffice prints here: 'LibreOffice 7.4.7.2 …'."""
    _expect_installed()
    return subprocess.run(["soffice", "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True).stdout.strip()


def release(version):
    """What counts of a version: 'LibreOffice 7.4.7.2 …' -> '7.4'."""
    return re.search(r"LibreOffice (\d+\.\d+)", version)[1]


def _expect_installed():
    missing = [name for name in NEEDED if not shutil.which(name)]
    missing += [name for name in NEEDED_FONTS if not Path("/usr/share/fonts", name).exists()]
    if missing:
        raise RuntimeError(f"Expected to print papers, but {', '.join(missing)} is not installed; run: sh tests/install_libreoffice.sh")


def _make_pdf(papers, folder):
    """One LibreOffice for all, in a profile of its own, without a network where the kernel lets us take it away."""
    home = folder / "home"
    home.mkdir()
    asked = ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to", "pdf"]
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            [*_without_network(), *asked, "--outdir", folder, *papers],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(home),
                "XDG_CACHE_HOME": str(home),
                "LANG": "C.UTF-8",
                "TZ": "Asia/Shanghai",
                "SAL_USE_VCLPLUGIN": "svp",
                "FONTCONFIG_FILE": str(FONTS),
            },
            start_new_session=True,
        )
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"Expected LibreOffice to print {len(papers)} papers in {PATIENCE} s, but it did not") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)  # `soffice` starts others, all in the session that is its own
            process.wait()
    absent = [paper.stem for paper in papers if not paper.with_suffix(".pdf").exists()]
    if absent:
        text = (folder / "said").read_text(errors="replace")
        raise RuntimeError(f"Expected LibreOffice to print {', '.join(absent)}, but it said: {text[-2000:]}")


def _without_network():
    taken = ["unshare", "--map-current-user", "--net"]
    return taken if shutil.which("unshare") and subprocess.run([*taken, "true"], capture_output=True, check=False).returncode == 0 else []


def _pages(pdf):
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", pdf, pdf.with_suffix("")], check=True, capture_output=True, timeout=PATIENCE)
    made = []
    for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"), key=lambda path: int(path.stem.rpartition("-")[2])):
        with Image.open(path) as image:
            made.append(image.copy())
    return made
