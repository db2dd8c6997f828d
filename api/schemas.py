"""The schemas of /api: what comes in and what goes out, in the words of the engine."""

from marshmallow import Schema, fields, validate

from api.v2.fields import Key, Text, Variables, Whole, Word


class Limit(fields.Integer):
    """How many at most, in a query string."""

    def __init__(self, most, usual):
        sentence = f"Expected a whole number from 1 to {most}, but found {{input}}"
        super().__init__(load_default=usual, validate=validate.Range(1, most, error=sentence), error_messages={"invalid": sentence})


class QueueSchema(Schema):
    """A queue with its counts; each stops at 10,000."""

    group = fields.String(metadata={"description": "role, or role@unit"})
    open = fields.Integer()
    mine = fields.Integer()
    due = fields.Integer(metadata={"description": "until the end of today"})
    overdue = fields.Integer()


class QueuesSchema(Schema):
    """All queues that the caller may see."""

    queues = fields.List(fields.Nested(QueueSchema))


class PageQuery(Schema):
    """Which page of a queue."""

    order = Word(("created", "due", "priority"), load_default="due")
    after = fields.String(load_default=None, metadata={"description": "the cursor of the page before"})
    limit = Limit(200, 20)
    # absent for all
    assignee = Word(("me", "nobody"), load_default=None)


class QueuedTaskSchema(Schema):
    """A task as an inbox shows it."""

    key = fields.String()
    name = fields.String(allow_none=True)
    element = fields.String()
    process = fields.String()
    instance = fields.String()
    business_id = fields.String(allow_none=True)
    assignee = fields.String(allow_none=True)
    status = fields.String()
    priority = fields.Integer()
    created = fields.String()
    due = fields.String(allow_none=True)
    groups = fields.List(fields.String())


class QueuedTasksSchema(Schema):
    """A page of a queue."""

    tasks = fields.List(fields.Nested(QueuedTaskSchema))
    after = fields.String(allow_none=True)


class TimelineQuery(Schema):
    """Which part of a timeline."""

    after = fields.String(load_default=None)
    limit = Limit(1000, 200)


class EntrySchema(Schema):
    """One entry of a timeline, with its sentence for people."""

    at = fields.String()
    chain = fields.String()
    seq = fields.Integer()
    actor = fields.String()
    actor_name = fields.String()
    behalf_of = fields.String(allow_none=True)
    kind = fields.String()
    element = fields.String(allow_none=True)
    element_name = fields.String(allow_none=True)
    sentence = fields.String()
    english = fields.String()
    data = fields.Raw()
    changes = fields.Raw()


class TimelineSchema(Schema):
    """What happened to a case."""

    entries = fields.List(fields.Nested(EntrySchema))
    after = fields.String(allow_none=True)


class SignInSchema(Schema):
    """Who signs in."""

    username = Text(required=True)
    password = Text(required=True, load_only=True)


class SessionSchema(Schema):
    """Who is signed in, and the token that unsafe requests of the session carry in X-CSRF-Token."""

    username = fields.String()
    display_name = fields.String()
    groups = fields.List(fields.String())
    behalf_of = fields.String(allow_none=True, metadata={"description": "whose deputy they act as"})
    csrf_token = fields.String()


class PrincipalSchema(Schema):
    """For whom one acts; null for oneself."""

    username = fields.String(required=True, allow_none=True)


class DeputySchema(Schema):
    """Who acts for whom, from the first day to the last, both included."""

    key = Key(dump_only=True)
    principal = Text(load_default=None, metadata={"description": "the caller, unless an administrator names another"})
    deputy = Text(required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)


class DeputiesSchema(Schema):
    """Appointments that hold, or are still to come."""

    deputies = fields.List(fields.Nested(DeputySchema))


class RecusalSchema(Schema):
    """Who withdraws (the caller, where nobody is named), and why."""

    reason = Text(required=True)
    username = Text(load_default=None)


class ReasonSchema(Schema):
    """Why."""

    reason = Text(required=True)


class DraftSchema(Schema):
    """What was typed into a form so far; `revision` of the draft that was edited, 0 for the first."""

    values = Variables(required=True)
    revision = Whole(load_default=0)


class SavedDraftSchema(Schema):
    """The draft as it is kept."""

    values = fields.Raw()
    revision = fields.Integer()
    saved = fields.String(allow_none=True)


class WhoseQuery(Schema):
    """Whose tokens are meant: the caller's own, unless an administrator names another account."""

    username = fields.String(load_default=None)


class NewTokenSchema(Schema):
    """A token to be made."""

    name = fields.String(required=True, metadata={"description": "what it is for; unique for the account"})
    days = fields.Integer(load_default=90, validate=validate.Range(1, 366), metadata={"description": "how long it holds"})
    username = fields.String(load_default=None, metadata={"description": "absent for the caller's own account"})


class MadeTokenSchema(Schema):
    """A new token, shown this once."""

    token = fields.String()
    name = fields.String()
    expires = fields.String()


class TokenSchema(Schema):
    """What can be known of a token later."""

    name = fields.String()
    created = fields.String()
    expires = fields.String(allow_none=True)


class TokensSchema(Schema):
    """The tokens of an account."""

    tokens = fields.List(fields.Nested(TokenSchema))
