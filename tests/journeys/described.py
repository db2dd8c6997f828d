"""The routes as /api/openapi.json describes them, and what a hostile client sends to each: bounded, and the same every time."""

#: Bodies that are no JSON, or none that anybody could keep.
NOT_JSON = (
    b"{", b"nothing", b"[1,", b'"', b"{}{}", b"{'a': 1}", b"<a/>", b"\xff\xfe", '{"a": "整改"}'.encode("gbk"), b'{"a": "\\u0000"}',
    b'{"a": "\\ud800"}', b'{"\\udfff": 1}', b'{"a": NaN}', b'{"a": 1e999999999}', b'{"a": ' + b"9" * 5000 + b"}",
    b'{"a": ' + b"[" * 100_000, b'{"a": ' * 5000 + b"1" + b"}" * 5000, b'{"a": "\x00"}',
)  # fmt: skip
#: JSON that is no object.
NOT_OBJECTS = ([], [{}], [[]], "text", 1, 0.5, True, False)
#: What stands where a key should; two of the longest still fit into the first line of a request, which gunicorn cuts off at 4,094 bytes.
NOT_KEYS = (
    "0", "-1", "1.5", "1e3", "x", "null", "77", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "%00", "%20",
    "%FF", "%EF%BC%91", "..%2f..%2fwsgi.py", "'%20OR%201=1--", "%7B%7B7*7%7D%7D", "a" * 1900,
)  # fmt: skip
#: Values that are certainly not of a type.
WRONG = {
    "string": (1, 0.5, True, {}, [], {"$like": "%"}),
    "integer": ("x", {}, [], "1e9"),
    "boolean": ("true", 1, 0, {}, []),
    "array": ("x", 1, True, {}),
    "object": ("x", 1, True, []),
}
#: Values at the edge of what a type allows: some are refused, none may be a fault.
ODD = {
    "string": ("", " ", "x" * 20_000, "\u202e", "'; DROP TABLE history; --", "%s%n", "💥"),
    "integer": (-1, 0, 10**30, -(10**30), 1.5, True),
    "array": ([None], [[]], [{}], list(range(2000))),
    "object": ({"": 1}, {"a": {"b": []}}, {"$eq": None}, {"x" * 5000: 1}),
    None: (1, [], {"$eq": {}}, {"$in": "x"}, {"$like": "%" * 900}, {"$nothing": 1}, "9" * 40),
}


class Route:
    """`method`, `path` (with {names}), `body`: the schema of its JSON body or None, `query`: [(name, schema)]."""

    def __init__(self, method, path, operation, shared, resolve):
        self.method, self.path = method.upper(), path
        content = operation.get("requestBody", {}).get("content", {})
        self.body = resolve(content["application/json"]["schema"]) if "application/json" in content else None
        named = [resolve(each) for each in (*shared, *operation.get("parameters", []))]
        self.query = [(each["name"], resolve(each["schema"])) for each in named if each["in"] == "query"]

    def __repr__(self):
        return f"{self.method} {self.path}"

    def at(self, key="77"):
        """The path with every parameter filled in."""
        head, *rest = self.path.split("{")
        return head + "".join(key + part.partition("}")[2] for part in rest)


def routes(description):
    """Every Route of a description."""

    def resolve(schema):
        while "$ref" in schema:
            found = description
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        if len(schema.get("allOf", ())) == 1:
            schema = {**resolve(schema["allOf"][0]), **{name: value for name, value in schema.items() if name != "allOf"}}
        return {**schema, "properties": {name: resolve(each) for name, each in schema["properties"].items()}} if _deep(schema) else schema

    seen = []

    def _deep(schema):
        # A filter holds itself under $or: one level of it is enough.
        if "properties" not in schema or schema["properties"] in seen:
            return False
        seen.append(schema["properties"])
        return True

    found = []
    for path, methods in description["paths"].items():
        shared = methods.get("parameters", [])
        for method, operation in methods.items():
            if method != "parameters":
                seen.clear()
                found.append(Route(method, path, operation, shared, resolve))
    return found


def wrong_bodies(schema, table=WRONG):
    """[(path of names, body)]: for every property, and those of the objects in it, a body with one value of another type."""
    for name, inner in schema.get("properties", {}).items():
        kind = inner.get("type") or ("object" if "properties" in inner else None)
        for value in table.get(kind, ()):
            yield (name,), {name: value}
        for path, body in wrong_bodies(inner, table):
            yield (name, *path), {name: body}
