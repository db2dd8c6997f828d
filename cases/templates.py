"""The templates of papers (forms/documents): read as they are, and what each asks for."""

import functools
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

FOLDER = Path(__file__).resolve().parent.parent / "forms" / "documents"


@dataclass(frozen=True, slots=True)
class Template:
    """A file of forms/documents as it is: what a paper keeps, so that it never changes."""

    name: str
    content: bytes
    sha256: str


def load(name):
    """The template in the file `name`, as it is on disk now."""
    content = (FOLDER / name).read_bytes()
    return Template(name, content, hashlib.sha256(content).hexdigest())


@functools.lru_cache(64)
def sources(content):
    """The Jinja text of a template's (its bytes') body, headers and footers."""
    document = DocxTemplate(io.BytesIO(content))
    document.init_docx()
    parts = [document.get_xml()]
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        parts += [document.get_part_xml(part) for _, part in document.get_headers_footers(uri)]
    return tuple(document.patch_xml(part) for part in parts)


@functools.lru_cache(64)
def needs(content):
    """What a template (its bytes) asks for: {"addressee", "hazards", "hazards[].due", …}; [] stands for each of a list."""
    found = set()
    for source in sources(content):
        _walk(SandboxedEnvironment().parse(source), {}, found)
    return frozenset(found)


def missing(content, data):
    """The outermost names that a template asks for and `data` ({name: value}) does not have at all, sorted."""
    return sorted({re.split(r"[.\[]", name)[0] for name in needs(content)} - data.keys())


def _walk(node, scope, found):
    """Add to `found` the paths that a Jinja tree reads; `scope`: what its loops and assignments call which path."""
    if isinstance(node, nodes.For):
        _walk(node.iter, scope, found)
        inner = scope | {node.target.name: f"{_path(node.iter, scope)}[]", "loop": None}
        for child in node.body + node.else_:
            _walk(child, inner, found)
        return
    if isinstance(node, nodes.Assign):
        _walk(node.node, scope, found)
        scope[node.target.name] = None
        return
    path = _path(node, scope)
    if path:
        found.add(path)
        return
    for child in node.iter_child_nodes():
        _walk(child, scope, found)


def _path(node, scope):
    """party.name, hazards[].due; None for anything else, and for a loop's or an assignment's own names."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        before = _path(node.node, scope)
        return before and f"{before}.{node.attr}"
    return None
