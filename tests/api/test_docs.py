"""The description of both doors, and the page that shows it: complete, sound, and from our own files alone."""

import re
from html.parser import HTMLParser

import pytest

METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}

#: The doors; whatever else there is are pages for people. What describes the API is no part of it.
DOORS = ("/v2/", "/api/")
APART = {"/api/openapi.json", "/api/docs", "/api/docs/<name>"}


@pytest.fixture(scope="module")
def description(app):
    """The OpenAPI document, as anybody reads it."""
    answer = app.test_client().get("/api/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.json


@pytest.fixture(scope="module")
def operations(description):
    """{(METHOD, path): operation}."""
    return {
        (method.upper(), path): operation
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def walk(node):
    """Every object inside of a JSON value."""
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(inner)


def test_it_lists_every_route_of_both_doors_and_no_other(app, operations):
    routes = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.rule))
        for route in app.url_map.iter_rules()
        for method in route.methods - {"HEAD", "OPTIONS"}
        if route.rule.startswith(DOORS) and route.rule not in APART
    }
    assert set(operations) == routes
    assert len(routes) > 40


def test_it_is_openapi_3(description):
    assert re.fullmatch(r"3\.[01]\.\d+", description["openapi"])
    assert set(description["info"]) >= {"title", "version"}
    assert set(description) <= {"openapi", "info", "servers", "paths", "components", "security", "tags", "externalDocs"}
    assert all(path.startswith("/") and "<" not in path for path in description["paths"])


def test_each_of_its_references_leads_somewhere(description):
    references = {node["$ref"] for node in walk(description) if isinstance(node.get("$ref"), str)}
    assert references
    for reference in references:
        found = description
        assert reference.startswith("#/")
        for part in reference[2:].split("/"):
            found = found[part]


def test_each_operation_says_what_it_does_and_what_it_answers(operations):
    for name, operation in operations.items():
        assert operation.get("summary") or operation.get("description"), name
        answers = set(operation["responses"]) - {"default"}
        assert answers and all(re.fullmatch(r"[1-5]\d\d", status) for status in answers), name
        assert all("description" in answer or "$ref" in answer for answer in operation["responses"].values()), name


def test_each_parameter_of_a_path_is_described(description):
    for path, item in description["paths"].items():
        wanted = set(re.findall(r"\{(\w+)\}", path))
        for method in METHODS & set(item):
            parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
            told = {one["name"] for one in parameters if one["in"] == "path" and one["required"] and "schema" in one}
            assert told == wanted, (method, path)


def test_it_says_how_a_caller_shows_who_they_are(description):
    schemes = description["components"]["securitySchemes"]
    assert {(scheme["type"], scheme["scheme"]) for scheme in schemes.values()} == {("http", "basic"), ("http", "bearer")}
    assert {name for one in description["security"] for name in one} == set(schemes)


def test_names_of_operations_are_unique(operations):
    names = [operation["operationId"] for operation in operations.values() if "operationId" in operation]
    assert len(names) == len(set(names))


def test_each_schema_has_a_type_that_json_schema_knows(description):
    types = {"string", "number", "integer", "boolean", "array", "object"}
    for node in walk(description["components"]["schemas"]):
        if isinstance(node.get("type"), str) and "properties" not in node.get("properties", {}):
            assert node["type"] in types, node
            assert node["type"] != "array" or "items" in node


class Loaded(HTMLParser):
    """What a page makes a browser load, and the scripts and styles that stand in it."""

    def __init__(self):
        super().__init__()
        self.addresses, self.inline, self._inside = [], [], None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.addresses += [given[name] for name in ("src", "href") if given.get(name)]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        self._inside = tag if tag in ("script", "style") else None

    def handle_data(self, data):
        if self._inside and data.strip():
            self.inline.append(data)


class TestPage:
    """Swagger UI."""

    @pytest.fixture
    def page(self, app):
        """The page, as anybody gets it."""
        with app.test_client().get("/api/docs") as answer:
            assert (answer.status_code, answer.mimetype) == (200, "text/html")
            yield answer

    def test_it_loads_only_what_we_serve(self, app, page):
        # given
        loaded = Loaded()
        loaded.feed(page.text)

        # then
        addresses = [address for address in loaded.addresses if not address.startswith("data:")]
        assert addresses == ["/api/docs/swagger-ui.css", "/api/docs/swagger-ui-bundle.js", "/api/docs/start.js"]
        assert loaded.inline == []
        for address in addresses:
            with app.test_client().get(address) as answer:
                assert answer.status_code == 200
                assert answer.mimetype == ("text/css" if address.endswith(".css") else "text/javascript")
                assert len(answer.data) > 100

    def test_its_policy_lets_nothing_in_from_elsewhere_and_no_script_of_the_page_s_own(self, page):
        policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'self'"
        assert policy.get("script-src", "'self'") == "'self'"
        assert policy["img-src"] == "'self' data:"
        assert not re.search(r"https?:|\*|unsafe-eval", page.headers["Content-Security-Policy"])

    def test_it_reads_our_description_and_sends_it_to_no_validator(self, app):
        with app.test_client().get("/api/docs/start.js") as answer:
            start = answer.text
        assert '"/api/openapi.json"' in start
        assert "validatorUrl: null" in start

    @pytest.mark.parametrize("name", ["index.html", "LICENSE", "NOTICE", "other.js", "..%2findex.html", "%2e%2e%2f%2e%2e%2f__init__.py"])
    def test_no_other_file_is_served(self, app, name):
        assert app.test_client().get(f"/api/docs/{name}").status_code == 404
