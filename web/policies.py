"""What a page may load: the policy of the users' pages, and the one of the designer's tools, which set style attributes."""

from flask import g, request

_COMMON = (
    "default-src 'self'; script-src 'self'; {styles}; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'; form-action 'self'"
)
#: No script, style or font from anywhere else, none inside of the page. Bootstrap's own pictures are data:, a chosen photo is blob:.
USERS = _COMMON.format(styles="style-src 'self'")
#: bpmn-js and dmn-js write style attributes, and under a stricter policy move the mark that their licence wants where it is.
DESIGNERS = _COMMON.format(styles="style-src-elem 'self'; style-src-attr 'unsafe-inline'")


#: They have a policy of their own.
DOORS = ("/v2/", "/api/")


def install(app):
    """Give every answer that is a page the policy of the users' pages; a view of a designer's tool says `designers()`."""

    @app.after_request
    def policy(response):
        if response.mimetype == "text/html" and not request.path.startswith(DOORS):
            response.headers.setdefault("Content-Security-Policy", g.get("policy", USERS))
            response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self)")
        return response


def designers():
    """The answer to this request is a page with a designer's tools."""
    g.policy = DESIGNERS
