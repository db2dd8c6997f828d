"""The built assets: which files an entry of web/vite.config.mjs became, and those files, kept by browsers for good."""

import functools
import gzip
import json
import mimetypes
from pathlib import Path

from flask import current_app, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from api.access import allow

DIST = Path(__file__).parent / "static" / "dist"
#: Not for browsers.
_OURS = ("manifest.json", "inputs.sha256")
#: What is worth packing; fonts and images are packed already.
_PACKED = (".js", ".css", ".svg")


def add_to(blueprint):
    """The route of the files, and the templates' `asset("app")`."""
    blueprint.add_url_rule("/assets/<name>", "asset_file", file)
    blueprint.app_template_global("asset")(asset)
    blueprint.app_template_global("icon")(icon)
    blueprint.app_template_global("build")(build)


@functools.cache
def manifest():
    """What Vite made of each source. Raises RuntimeError where nothing was built."""
    path = DIST / "manifest.json"
    if not path.exists():
        raise RuntimeError(f"Expected the built assets in {DIST}, but found none: run `make assets`")
    return json.loads(path.read_text())


@functools.cache
def build():
    """A name of this build, another for every other: what a browser keeps of an older one, it asks for anew."""
    return (DIST / "inputs.sha256").read_text()[:12]


@functools.cache
def parts(entry):
    """(scripts, styles) of an entry by their file names: its own script first, then those that it imports; its own style last."""
    told = manifest()
    scripts, styles, todo = [], [], [f"entries/{entry}.js"]
    while todo:
        chunk = told[todo.pop(0)]
        if chunk["file"] not in scripts:
            scripts.append(chunk["file"])
            styles += [style for style in chunk.get("css", ()) if style not in styles]
            todo += chunk.get("imports", ())
    # Among equal rules the last one holds: ours lie over those of a library, which several entries may share.
    return scripts, styles[::-1]


def asset(entry):
    """The tags that load an entry: its styles, its script as a module, and hints for what that imports."""
    scripts, styles = parts(entry)
    tags = [f'<link rel="stylesheet" href="{_url(name)}">' for name in styles]
    tags += [f'<link rel="modulepreload" href="{_url(name)}">' for name in scripts[1:]]
    tags.append(f'<script type="module" src="{_url(scripts[0])}"></script>')
    return Markup("\n".join(tags))  # noqa: S704 - names of our own files


def icon():
    """The address of the icon in the browser's tab."""
    return _url(manifest()["layout/icon.svg"]["file"])


def _url(name):
    return url_for("web.asset_file", name=name)


@allow("public")
def file(name):
    """A built file. Its name holds the hash of its content, so it never changes."""
    content, packed = _content(name)
    answer = current_app.response_class(content, mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    if packed is not None:
        answer.headers["Vary"] = "Accept-Encoding"
        if request.accept_encodings["gzip"]:
            answer.set_data(packed)
            answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@functools.cache
def _names():
    return {path.name for path in DIST.iterdir() if path.is_file()} - set(_OURS)


@functools.lru_cache(maxsize=200)
def _content(name):
    """(bytes, the same packed or None)."""
    if name not in _names():
        raise NotFound(f"Expected a built asset, but there is none called {name!r:.80}")
    content = (DIST / name).read_bytes()
    return content, gzip.compress(content, 9, mtime=0) if name.endswith(_PACKED) else None
