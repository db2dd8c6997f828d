"""The pages say what is so: every route, path, property and dependency that they name is there, and none is forgotten."""

import ast
import re
import shutil
import sys
from importlib import metadata
from pathlib import Path

import pytest

from api.app import create_app
from api.config import Config
from engine.feel.functions import law
from engine.gate.extensions import PROPERTIES as OF_DIAGRAMS
from forms.vocabulary import PROPERTIES as OF_FORMS

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
FOLDERS = ("engine", "forms", "cases", "api", "web", "demo")


def page(name):
    return (ROOT / name).read_text()


@pytest.fixture(scope="module")
def routes(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    (folder / "keys").mkdir()
    shutil.copy(sqlite_template, folder / "store.db")
    app = create_app(Config(folder, f"sqlite:///{folder / 'store.db'}", "only for tests, and nothing else"))
    yield [(method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}]
    app.extensions["engine"].store.engine.dispose()
    app.extensions["engine"].gate.close()


def test_the_page_about_v2_lists_exactly_its_routes(routes):
    told = re.findall(r"^\| `([A-Z]+) (/v2\S*)` ", page("docs/v2.md"), re.MULTILINE)

    assert sorted(told) == sorted((method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)) for method, rule in routes if rule.startswith("/v2"))


@pytest.mark.parametrize("name", PAGES)
def test_every_request_that_a_page_names_is_a_route(name, routes):
    patterns = {(method, re.sub(r"<[^>]+>", "[^/]+", rule)) for method, rule in routes}

    for method, path in re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (/\S*?)`", page(name)):
        assert any(method == known and re.fullmatch(pattern, path) for known, pattern in patterns), f"{method} {path}"


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_a_page_names_is_there(name):
    tops = "|".join(sorted(path.name for path in ROOT.iterdir() if path.is_dir() and path.name != "var"))
    named = re.findall(rf"`((?:{tops})/[\w./-]*)`", page(name)) + re.findall(r"`([\w]+\.(?:py|toml))`", page(name))

    # A section may name the neighbours of a file that it has named by their names alone.
    missing = [path for path in named if not (ROOT / path).exists() and not ("/" not in path and any(ROOT.glob(f"[a-z]*/**/{path}")))]
    assert missing == []


def test_the_page_for_designers_names_every_property_and_every_function_of_our_own():
    text = page("docs/designers.md")

    assert [name for name in [*OF_DIAGRAMS, *OF_FORMS] if f"`{name}`" not in text] == []
    functions = re.findall(r'@built_in\("([^(]+)\(', Path(law.__file__).read_text())
    assert [name for name in functions if f"`{name}(" not in text] == []


def test_every_library_that_the_product_imports_is_pinned_and_has_a_reason():
    pinned = {line.partition("==")[0].lower() for line in page("requirements.txt").splitlines() if "==" in line}
    reasons = page("docs/architecture.md").partition("## Dependencies")[2].lower()

    for library in _imported():
        assert library in pinned, f"{library} is not pinned"
        assert re.search(rf"^\|[^|]*\b{re.escape(library)}\b[^|]*\|", reasons, re.MULTILINE), f"{library} has no line in the table"


def _imported():
    """Names, as the registry knows them, of what the product's own files import from outside."""
    ours = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts]
    files = [*ours, ROOT / "wsgi.py", ROOT / "worker.py"]
    modules = set()
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(node.module.partition(".")[0])
    outside = modules - set(sys.stdlib_module_names) - {*FOLDERS, "verify_history"}
    distributions = metadata.packages_distributions()
    # werkzeug, click, markupsafe come with Flask, webargs with flask-smorest, and are theirs to have a reason for.
    brought = {"werkzeug", "click", "markupsafe", "webargs"}
    return sorted({distributions[module][0].lower() for module in outside} - brought)
