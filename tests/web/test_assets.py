"""The built assets are those of the sources beside them, and are served for good; their size is watched."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

from web import assets

WEB = Path(__file__).parent.parent.parent / "web"
#: What the build depends on; web/vite.config.mjs makes the same sum.
INPUTS = re.compile(r"(^package(-lock)?\.json|\.(mjs|js|css|scss|svg))$")
APART = {"node_modules", "static"}


def inputs(folder=WEB):
    """{path below web: its bytes} of every source of the build."""
    found = {}
    for path in folder.iterdir():
        if path.is_dir():
            found |= {} if path.name in APART else inputs(path)
        elif INPUTS.search(path.name):
            found[path.relative_to(WEB).as_posix()] = path.read_bytes()
    return found


def test_what_is_committed_was_built_from_what_is_committed():
    lines = [f"{path}\0{hashlib.sha256(content).hexdigest()}\n" for path, content in sorted(inputs().items())]

    found = hashlib.sha256("".join(lines).encode()).hexdigest()

    assert found == (assets.DIST / "inputs.sha256").read_text().strip(), "web/ has changed since it was built: run `make assets`"


def test_every_dependency_is_pinned_exactly():
    told = json.loads((WEB / "package.json").read_text())
    versions = {**told["dependencies"], **told["devDependencies"]}
    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []


@pytest.mark.parametrize(("entry", "most"), [("app", 20), ("form", 190), ("viewer", 70)])
def test_an_entry_stays_within_its_budget_of_script(entry, most):
    """Kilobytes, packed: the first page of the inbox loads `app` alone, and has 60 at most."""
    scripts, _ = assets.parts(entry)
    assert sum(len(gzip.compress((assets.DIST / name).read_bytes())) for name in scripts) < most * 1024


def test_the_form_speaks_no_english_to_people():
    scripts, _ = assets.parts("form")
    text = "".join((assets.DIST / name).read_text() for name in scripts)
    for english in ("Field is required", "No files selected", "Add new", "Nothing to show", "Browse", "All values selected"):
        assert english not in text
    assert "请填写此项" in text and "Powered by bpmn.io" in text


def test_a_file_is_packed_for_who_can_unpack_it_and_kept_for_good(browser):
    scripts, _ = assets.parts("app")

    plain = browser.get(f"/assets/{scripts[0]}")
    packed = browser.get(f"/assets/{scripts[0]}", Accept_Encoding="gzip, br")

    assert plain.mimetype == "text/javascript"
    assert gzip.decompress(packed.data) == plain.data == (assets.DIST / scripts[0]).read_bytes()
    assert packed.headers["Content-Encoding"] == "gzip" and packed.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["manifest.json", "inputs.sha256", "nothing.js", "..%2f..%2f__init__.py", "%2e%2e%2fassets.py"])
def test_nothing_else_is_served(browser, name):
    assert browser.get(f"/assets/{name}").status_code == 404


def test_a_page_names_only_files_that_there_are(of):
    named = re.findall(r'(?:href|src)="/assets/([^"]+)"', of("li").get("/inbox").text)
    assert len(named) >= 3 and {name for name in named if not (assets.DIST / name).exists()} == set()


@pytest.mark.parametrize("entry", ["form", "viewer"])
def test_what_is_ours_lies_over_the_style_of_a_library(entry):
    _, styles = assets.parts(entry)
    assert [name for name in styles if name.startswith(f"{entry}-") and "-js-" not in name] == styles[-1:]
