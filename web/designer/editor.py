"""The editors of 流程设计: a diagram, a decision or a form on its desk, to be drawn, checked, published; old versions to be looked at."""

from flask import g, render_template, request

from api import designs_read
from api.access import allow
from api.v2.door import engine
from engine.commands.drawn import CALLED
from engine.domain.errors import Invalid
from web import policies

#: kind -> (entry of web/vite.config.mjs, ending of its files)
TOOLS = {"process": ("modeler", "bpmn"), "decision": ("dmn", "dmn"), "form": ("form-editor", "form")}


def add_to(blueprint):
    """The one page."""
    blueprint.add_url_rule("/designer/<kind>/<id>", "design", page)


@allow("designer")
def page(kind, id):
    """The desk; its script reads and writes through /api/designs. The tools write style attributes, so the page has their policy."""
    version = request.args.get("version")
    if version is not None and not (version.isascii() and version.isdecimal() and 0 < len(version) < 7):
        raise Invalid("Expected `version` to be the number of a version, but it is not one")
    told, _ = designs_read.one(engine(), g.actor, kind, id, version and int(version))
    entry, ending = TOOLS[kind]
    policies.designers()
    return render_template("designer/editor.html", one=told, called=CALLED[kind], entry=entry, ending=ending, version=version)
