"""The schemas of /api/designs: a design with its versions, and the draft beside it."""

from marshmallow import Schema, fields, validate

from api.v2.fields import INT32, NOTHING, Text, Whole, expected

#: Characters of a design's content.
LONGEST = 4_000_000
NO_VERSION = f"Expected the number of a version, from 1 to {INT32}, but found {{input}}"


class Etag(fields.String):
    """Which draft is meant, as it stands in If-Match: the number alone, or in double quotes."""

    default_error_messages = NOTHING

    def _serialize(self, value, attr, obj, **named):
        return None if value is None else str(value)

    def _deserialize(self, value, attr, data, **named):
        text = value.strip().removeprefix("W/").strip('"')
        if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 1 << 63):
            raise expected("the etag of a draft", value)
        return int(text)


class DraftHeaders(Schema):
    """Which draft is meant."""

    etag = Etag(required=True, data_key="If-Match", metadata={"description": "the etag of the draft"})


class SaveHeaders(Schema):
    """Which draft was edited, or that there was none."""

    etag = Etag(load_default=None, data_key="If-Match", metadata={"description": "the etag of the draft that was edited"})
    first = fields.String(load_default=None, data_key="If-None-Match", metadata={"description": "* for the first draft of a design"})


class VersionQuery(Schema):
    """Which version is meant."""

    version = fields.Integer(
        load_default=None,
        validate=validate.Range(1, INT32, error=NO_VERSION),
        error_messages={"invalid": NO_VERSION},
        metadata={"description": "absent for the newest"},
    )


class ContentSchema(Schema):
    """A file of the dialect as text."""

    content = Text(least=1, most=LONGEST, required=True)


class DrawnSchema(ContentSchema):
    """What somebody drew."""

    base_version = Whole(
        least=1,
        load_default=None,
        metadata={"description": "the version from which it goes on; absent: as the draft before, and for the first draft the newest"},
    )


class ProblemSchema(Schema):
    """Something that the gate found; an error keeps it from being published, a warning does not."""

    element = fields.String()
    code = fields.String()
    sentence = fields.String()
    remedy = fields.String()
    severity = fields.String()
    line = fields.Integer(allow_none=True)
    trace = fields.List(fields.String(), metadata={"description": "ids of the elements on the shortest way into it; may be empty"})


class ProblemsSchema(Schema):
    """All that the gate found."""

    problems = fields.List(fields.Nested(ProblemSchema))


class CheckedSchema(ProblemsSchema):
    """A content that was looked at."""

    drawn = fields.String(allow_none=True, metadata={"description": "The content with a drawing, of a diagram that has none; else null"})


class KeptSchema(ProblemsSchema):
    """A draft that was saved."""

    etag = Etag()


class PersonSchema(Schema):
    """Somebody, by user name and the name that people read."""

    username = fields.String()
    name = fields.String()


class DraftToldSchema(Schema):
    """A draft as a list shows it."""

    etag = Etag()
    author = fields.String(metadata={"description": "who saved last"})
    author_name = fields.String()
    saved_at = fields.String()
    base_version = fields.Integer(allow_none=True)
    authors = fields.List(fields.Nested(PersonSchema), metadata={"description": "everybody who saved any of it: none of them may publish"})
    may_publish = fields.Boolean(metadata={"description": "may the caller?"})
    publishers = fields.List(fields.Nested(PersonSchema), metadata={"description": "who may"})
    errors = fields.Integer(metadata={"description": "problems that keep it from being published, when it was saved"})


class DraftFullSchema(DraftToldSchema):
    """A draft."""

    content = fields.String()


class DesignSchema(Schema):
    """A design as a list shows it; one that is drawn and was never published has no version."""

    kind = fields.String(metadata={"enum": ["process", "decision", "form"]})
    id = fields.String()
    name = fields.String()
    resource = fields.String(metadata={"description": "the file's name in a deployment"})
    version = fields.Integer(allow_none=True)
    running = fields.Integer(metadata={"description": "open instances of a process, of all versions"})
    bundled = fields.Boolean(
        allow_none=True, metadata={"description": "is the live version the file that comes with the product? null where none does"}
    )
    draft = fields.Nested(DraftToldSchema, allow_none=True)


class DesignsSchema(Schema):
    """All designs."""

    items = fields.List(fields.Nested(DesignSchema))


class VersionSchema(Schema):
    """A version that was deployed."""

    version = fields.Integer()
    deployed_at = fields.String()
    by = fields.String()
    by_name = fields.String()
    authors = fields.List(
        fields.Nested(PersonSchema),
        allow_none=True,
        metadata={"description": "who drew it; null where nobody but `by` had to do with it"},
    )
    running = fields.Integer()
    bundled = fields.Boolean(allow_none=True)


class DesignFullSchema(DesignSchema):
    """A design with the content of one version, its draft, and what the gate says of the draft (where there is none, of the content)."""

    shown = fields.Integer(allow_none=True, metadata={"description": "the version that `content` is of"})
    content = fields.String(allow_none=True)
    versions = fields.List(fields.Nested(VersionSchema))
    draft = fields.Nested(DraftFullSchema, allow_none=True)
    problems = fields.List(fields.Nested(ProblemSchema))


class DesignPublishedSchema(Schema):
    """What new cases take from now on."""

    version = fields.Integer()
