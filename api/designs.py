"""流程设计: the files of the dialect as designers draw them, beside what is live; a second person publishes."""

from flask import g
from flask.views import MethodView

from api import designs_read, schemas_designs
from api.access import allow
from api.errors import STATUS, plain, problem
from api.json import moment
from api.v2.door import Door, ask, engine
from engine.commands.discard_design import discard_design
from engine.commands.drawn import read
from engine.commands.publish_design import publish_design
from engine.commands.save_design import save_design
from engine.domain.errors import Conflict, Invalid
from engine.store import timelines
from web import when

blueprint = Door("designs", "Processes, decisions and forms as designers draw them", "/api/designs")


@blueprint.errorhandler(Conflict)
def overtaken(error):
    """Somebody was faster: who, and when, for the person who drew in vain."""
    more = {"problems": error.details["problems"]} if "problems" in error.details else {}
    if "draft" in error.details:
        draft = error.details["draft"] and _told(error.details["draft"])
        said = f"{draft['author_name']}已于 {draft['said']} 保存了这份草稿" if draft else "这份草稿已经发布或者放弃"
        more = {"draft": draft, "problems": {"": [f"{said}，您的修改还没有保存。" if draft else f"{said}。"]}}
    return problem(STATUS[error.code], error.code, error.sentence, **more)


def _told(draft):
    with engine().store.read() as connection:
        names = timelines.display_names(connection, [draft["author"]])
    name = names.get(draft["author"], draft["author"])
    told = {"etag": str(draft["etag"]), "author": draft["author"], "author_name": name, "saved_at": moment(draft["saved"])}
    return told | {"said": when.short(draft["saved"], engine().time())}


@blueprint.route("")
class Designs(MethodView):
    """What is live, and what is drawn."""

    @allow("designer")
    @blueprint.response(200, schemas_designs.DesignsSchema)
    def get(self):
        """All processes, decisions and forms with their drafts"""
        return {"items": designs_read.listed(engine(), g.actor)}


@blueprint.route("/<kind>/<id>")
class Design(MethodView):
    """One of them."""

    @allow("designer")
    @blueprint.arguments(schemas_designs.VersionQuery, location="query")
    @blueprint.response(200, schemas_designs.DesignFullSchema)
    def get(self, asked, kind, id):
        """One with its versions, the content of one of these, and its draft"""
        told, content = designs_read.one(engine(), g.actor, kind, id, asked["version"])
        told["content"] = content and designs_read.text(content)
        drawn = told["draft"]["content"] if told["draft"] else told["content"]
        told["problems"] = [] if asked["version"] else plain(read(engine(), g.actor, kind, id, drawn).problems)
        for shown in filter(None, (told, told["draft"])):
            shown["content"] = shown["content"] and designs_read.with_drawing(kind, shown["content"])
        return told


@blueprint.route("/<kind>/<id>/check")
class Check(MethodView):
    """What would keep it from being published."""

    @allow("designer")
    @blueprint.arguments(schemas_designs.ContentSchema)
    @blueprint.response(200, schemas_designs.CheckedSchema)
    def post(self, given, kind, id):
        """Check a content, and keep nothing"""
        problems = read(engine(), g.actor, kind, id, given["content"]).problems
        made = designs_read.with_drawing(kind, given["content"])
        return {"problems": plain(problems), "drawn": None if made is given["content"] else made}


@blueprint.route("/<kind>/<id>/draft")
class Draft(MethodView):
    """What is drawn and not published yet: one for all designers, guarded against two who edit it at once."""

    @allow("designer")
    @blueprint.arguments(schemas_designs.SaveHeaders, location="headers")
    @blueprint.arguments(schemas_designs.DrawnSchema)
    @blueprint.response(200, schemas_designs.KeptSchema)
    def put(self, headers, given, kind, id):
        """Keep what was drawn, in place of the draft with this etag"""
        if (headers["etag"] is None) == (headers["first"] is None) or headers["first"] not in (None, "*"):
            raise Invalid("Expected If-Match with the etag of the draft that was edited, or If-None-Match: * for the first one")
        kept = ask(save_design, kind, id, given["content"], headers["etag"], given["base_version"])
        return {**kept, "problems": plain(kept["problems"])}, 200, {"ETag": f'"{kept["etag"]}"'}

    @allow("designer")
    @blueprint.arguments(schemas_designs.DraftHeaders, location="headers")
    @blueprint.response(204)
    def delete(self, headers, kind, id):
        """Throw it away"""
        ask(discard_design, kind, id, headers["etag"])


@blueprint.route("/<kind>/<id>/publication")
class Publication(MethodView):
    """A draft becomes what new cases take."""

    @allow("designer")
    @blueprint.arguments(schemas_designs.DraftHeaders, location="headers")
    @blueprint.response(200, schemas_designs.DesignPublishedSchema)
    def post(self, headers, kind, id):
        """Publish what others drew"""
        return ask(publish_design, kind, id, headers["etag"])
