"""What every route of /v2 and /api has in common: exact JSON in, keys out of the path, the command asked in the caller's name."""

import sys

from flask import current_app, g, request
from flask_smorest import Blueprint
from webargs.core import missing
from webargs.flaskparser import FlaskParser, is_json_request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from engine.domain.errors import Invalid

#: A 64-bit key has at most so many digits.
DIGITS = 19
#: So long may the key be under which a request is remembered.
LONGEST = 255


class ExactParser(FlaskParser):
    """Reads a body by api/json.py, so that 0.1 arrives as 0.1; an empty one, or null, is an empty object."""

    def _raw_load_json(self, req):
        body = req.get_data(cache=True)
        if req.content_length is None and len(body) >= (req.max_content_length or sys.maxsize):
            raise RequestEntityTooLarge  # Werkzeug cuts off what comes in chunks at the limit, and says nothing
        if not body.strip():
            return missing
        if not is_json_request(req):
            raise UnsupportedMediaType(f"Expected a body of type application/json, but found {req.mimetype or 'none'}")
        try:
            found = current_app.json.loads(body)
        except ValueError as error:
            raise BadRequest(f"Expected a body of well-formed JSON in UTF-8, but {_where(error)}") from error
        return missing if found is None else found


def _where(error):
    if hasattr(error, "lineno"):
        return f"{error.msg[0].lower()}{error.msg[1:]} at line {error.lineno}, column {error.colno}"
    return "it is not"


class Door(Blueprint):
    """A blueprint whose bodies are exact, and whose path parameters are keys where they are called `key`, otherwise text."""

    ARGUMENTS_PARSER = ExactParser()

    def __init__(self, name, description, prefix="/v2"):
        super().__init__(name, __name__, url_prefix=prefix, description=description)
        self.before_request(_read_path)

    def arguments(self, schema, **named):
        """As flask-smorest's, with one schema for all requests: making one costs more than reading a body with it."""
        return super().arguments(schema() if isinstance(schema, type) else schema, **named)


def _read_path():
    # Only now: whoever is not signed in is told that, and nothing of keys.
    for name, text in (request.view_args or {}).items():
        if name == "key":
            request.view_args[name] = read_key(text, name)
        elif "\x00" in text:
            raise Invalid(f"Expected {name} to be text without NUL, but found {text!r:.60}")
    for name, text in request.args.items(multi=True):
        if "\x00" in text:
            raise Invalid(f"Expected {name} to be text without NUL, but found {text!r:.60}")


def read_key(text, name="key"):
    """The number behind a key as the API writes it. Raises Invalid, naming the field."""
    if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) <= DIGITS and int(text) < 1 << 63:
        return int(text)
    sentence = f"Expected {name} to be a key, a string of digits, but found {text!r:.60}"
    raise Invalid(sentence, problems={name: [sentence]})


def engine():
    """The engine of this process."""
    return current_app.extensions["engine"]


def ask(command, *arguments, **named):
    """Do a command as the caller, once for each Idempotency-Key that they send; returns its answer."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= LONGEST:
        raise Invalid(f"Expected an Idempotency-Key of 1 to {LONGEST} characters, but found {len(key)}")
    return command(engine(), g.actor, *arguments, idempotency_key=key, **named)
