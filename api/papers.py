"""Papers of a case: which were issued, and each as a document, whose opening is recorded with its reason."""

import io

from flask import Response, g, request, send_file
from flask.views import MethodView
from marshmallow import Schema, fields

from api.access import allow
from api.v2.door import Door, ask, engine
from api.v2.fields import Key, Moment
from cases import open_paper, paper_page

blueprint = Door("papers", "Papers of a case", "/api")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"


class PaperSchema(Schema):
    """A paper that was issued; a void one keeps its number."""

    key = Key()
    kind = fields.String()
    number = fields.String(metadata={"description": "文号"})
    addressee = fields.String()
    issued = Moment()
    issued_by = fields.String()
    voided = Moment(allow_none=True)
    void_reason = fields.String(allow_none=True)


class OpeningSchema(Schema):
    """Why a paper is looked at."""

    reason = fields.String(required=True)


@blueprint.route("/instances/<key>/papers")
class Papers(MethodView):
    """All papers of a case."""

    @allow("signed-in")
    @blueprint.response(200, PaperSchema(many=True))
    def get(self, key):
        """The papers of the whole case to which a process instance belongs, oldest first"""
        return open_paper.of_case(engine(), g.actor, key)


@blueprint.route("/papers/<key>/opening")
class Opening(MethodView):
    """One paper, as it is printed, or to be read in a page."""

    @allow("signed-in")
    @blueprint.arguments(OpeningSchema)
    @blueprint.response(200, content_type=DOCX)
    @blueprint.doc(responses={200: {"content": {DOCX: {}, HTML: {}}}})
    def post(self, given, key):
        """Open a paper, as .docx or, where text/html is accepted, as a page to read; who did so, and why, stands in the case's history"""
        ask(open_paper.open_paper, key, given["reason"])
        name, content = open_paper.content(engine(), key)
        if request.accept_mimetypes.best_match((DOCX, HTML)) == HTML:
            made = Response(paper_page.page(content), mimetype=HTML)
        else:
            made = send_file(io.BytesIO(content), mimetype=DOCX, as_attachment=True, download_name=name)
        made.vary.add("Accept")
        return made
