"""Pages for people, in Chinese: a folder per page, its view, template, script and style together."""

from flask import Blueprint

from web import assets, policies
from web.admin import view as admin
from web.audit import view as audit
from web.case import view as case
from web.designer import editor
from web.designer import view as designer
from web.errors import view as errors
from web.inbox import view as inbox
from web.layout import password
from web.layout import view as layout
from web.ledger import view as ledger
from web.login import view as login
from web.report import view as report
from web.task import view as task

blueprint = Blueprint("web", __name__, template_folder=".")

for page in (assets, login, inbox, task, case, ledger, audit, admin, designer, editor, report, layout, password):
    page.add_to(blueprint)


def install(app):
    """Add the pages to `app`, after the doors: an error of a page is answered as a page."""
    layout.install(app)
    policies.install(app)
    app.register_blueprint(blueprint)
    errors.install(app)
