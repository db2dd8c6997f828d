"""The components of a form as one marshmallow Schema, nested where keys have dots, groups a path, and lists rows."""

from marshmallow import RAISE, Schema, ValidationError, fields

UNKNOWN = "unknown"  # replaced by a sentence that names the field; see `messages`


class FormSchema(Schema):
    """Refuses what the form does not have, by name."""

    error_messages = {"unknown": UNKNOWN, "type": "应为一组字段，但收到的不是。"}

    class Meta:
        unknown = RAISE


class Rows(fields.List):
    """The rows of a list; a row without a visible field comes as null."""

    def __init__(self, schema, label):
        super().__init__(fields.Nested(schema), allow_none=True, metadata={"label": label})
        self.label = label

    def _deserialize(self, value, attr, data, **kwargs):
        if not isinstance(value, list):
            raise ValidationError(f"「{self.label}」应为多行内容，但收到的不是。")
        return super()._deserialize([{} if row is None else row for row in value], attr, data, **kwargs)


def build(rules, name):
    """[Rules] -> a Schema class that converts a submission of them."""
    places = {}
    for rule in rules:
        _put(places, rule, 0)
    return _schema(places, name)


def _put(places, rule, depth):
    """Sorts a component into nested dicts by its path from `depth` on; leaves are marshmallow fields."""
    if rule.type == "dynamiclist":
        rows = {}
        for inner in rule.inner:
            _put(rows, inner, len(rule.path) + 1)
        _at(places, rule.path[depth:])[rule.path[-1]] = Rows(_schema(rows, "Row"), rule.label)
    elif rule.field is not None:
        _at(places, rule.path[depth:])[rule.path[-1]] = rule.field
    elif rule.computed is not None:
        _at(places, rule.path[depth:])[rule.path[-1]] = fields.Raw(allow_none=True)
    for inner in rule.inner if rule.type == "group" else ():
        _put(places, inner, depth)


def _at(places, path):
    for step in path[:-1]:
        places = places.setdefault(step, {})
    return places


def _schema(places, name):
    return FormSchema.from_dict(
        {key: fields.Nested(_schema(place, key), allow_none=True) if isinstance(place, dict) else place for key, place in places.items()},
        name=name,
    )


def messages(errors, path=()):
    """marshmallow's nested messages -> {"a.0.b": [sentence]}, fields that the form does not have named."""
    if isinstance(errors, list):
        own = f"此表没有字段「{'.'.join(map(str, path))}」。"
        return {".".join(map(str, path)): [own if sentence == UNKNOWN else sentence for sentence in errors]}
    found = {}
    for key, inside in errors.items():
        found.update(messages(inside, path if key == "_schema" else (*path, key)))
    return found
