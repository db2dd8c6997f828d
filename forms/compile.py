"""A form-js file compiled once: what it asks, held against every submission on the server."""

from forms import rules, schema, submission, tree
from forms.expressions import Reading


class Form:
    """A compiled form; nothing in it changes, so one serves every thread.

    `schema`: the marshmallow Schema class that converts values; `sensitive`: {place: Secret} of identity numbers, telephones and the like;
    `files`: the places of attachments; a place is "a.b", where a may be a list of rows; `rules`: [Rules] in document order.
    """

    __slots__ = ("files", "id", "rules", "schema", "sensitive", "version_tag")

    def __init__(self, read):
        self.id, self.version_tag = read.id, read.version_tag
        self.rules = rules.read(read, Reading())
        self.schema = schema.build(self.rules, "".join(part.capitalize() for part in self.id.split("_")))
        everything = [rule for top in self.rules for rule in top.walk()]
        self.sensitive = {_dotted(rule.path): rule.sensitive for rule in everything if rule.sensitive and rule.path}
        self.files = frozenset(_dotted(rule.path) for rule in everything if rule.type == "filepicker")

    def load(self, data, known, env):
        """What was sent -> {variable: cleaned value}: Decimal, str, bool, list, dict, date, time, aware datetime, None for what is empty.

        `data`: the values as the browser or a client sends them, by name; `known`: the variables that the case has, which conditions and
        limits may read; `env`: feel.Environment with the clock. A field that is hidden leaves no value; one that may not be changed keeps
        its own. Raises errors.Invalid with details["problems"] = {"path.0.key": [Chinese sentences]}.
        """
        return submission.load(self, data, known, env)


def _dotted(path):
    return ".".join(step for step in path if step != tree.ROW)


def compile_form(content):
    """The bytes of a .form file -> Form. Raises ValueError (tree.NotSupported) with a sentence for everything that is not served."""
    return Form(tree.read(content))


def check(content):
    """What the deployment gate calls: [Form], or ValueError as `compile_form`."""
    return [compile_form(content)]
