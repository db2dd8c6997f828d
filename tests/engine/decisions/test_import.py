"""A file imports other models: their decisions, knowledge, inputs and types are seen under the name of the import, or without one."""

from decimal import Decimal

import pytest

from engine import decisions
from engine.decisions.conformance import run
from engine.domain.imported import Imported
from tests.engine.decisions.written import MODEL, data, decision, environment, file, item, literal, model, table


def imports(name, namespace="urn:lib", kind=MODEL):
    """<import>."""
    return f'<import name="{name}" namespace="{namespace}" importType="{kind}"/>'


def named(namespace, *elements):
    """The bytes of a file with that namespace."""
    return file(*elements).replace(b'namespace="urn:test"', f'namespace="{namespace}"'.encode())


def requires(kind, href):
    """A requirement of an element of another file: "decision", "input" or "knowledge"."""
    holder = "knowledge" if kind == "knowledge" else "information"
    return f'<{holder}Requirement><required{kind.title()} href="{href}"/></{holder}Requirement>'


FINE = (
    item("amount", "number", "[0..500000]"),
    data("area", "number", name="Floor-area"),
    decision("grade", table("Floor-area", "grade", "< 100 >> 1", ">= 100 >> 2"), ["input:area"], "amount"),
    model("times", "x, n", literal("x * n")),
    model("twice", "x: amount", literal("times(x, 2)"), "amount", ["knowledge:times"]),
    '<decisionService id="grading" name="grading"><outputDecision href="#grade"/><inputData href="#area"/></decisionService>',
)
LIBRARY = {"urn:lib": [Imported(named("urn:lib", *FINE))]}


def read(*elements, library=LIBRARY):
    """-> the Requirements of an importing file."""
    (found,) = decisions.read(file(*elements), library)
    return found


def value(requirements, variables=None, wanted="d"):
    """-> the value of a decision, which may not fail."""
    found = decisions.evaluate(requirements, wanted, variables or {}, environment())
    assert found.failed is None, found.failed
    return found.result


NEEDS = requires("decision", "urn:lib#grade") + requires("input", "urn:lib#area") + requires("knowledge", "urn:lib#twice")


def test_what_is_imported_is_seen_under_the_name_of_the_import():
    # given: a type by its name, and by a prefix of XML for the namespace
    by_prefix = data("y", "l:amount").replace("<inputData", '<inputData xmlns:l="urn:lib"')
    found = read(
        imports("fines law"), data("x", "fines law.amount"), by_prefix,
        decision("d", literal("[fines law.grade, fines law.Floor-area, fines law.twice(x), y]"), ["input:x", "input:y"], more=NEEDS),
    )  # fmt: skip

    # when
    variables = {"x": Decimal(7), "y": Decimal(-1), "fines law": {"Floor-area": Decimal(120)}, "Floor-area": Decimal(1)}
    evaluation = decisions.evaluate(found, "d", variables, environment())

    # then: the import's type rules, and its input is the entry of the variable named like the import
    assert evaluation.result == [2, 120, 14, None]
    grade, own = evaluation.evaluated
    assert (grade.id, grade.inputs, [index for _, index, _ in grade.rules]) == ("fines law.grade", [("i1", "Floor-area", 120)], [2])
    assert [name for _, name, _ in own.inputs] == ["fines law.Floor-area", "x", "y", "fines law.grade"]


def test_an_import_without_a_name_brings_everything_in_without_a_prefix():
    found = read(imports(""), decision("d", literal("grade + twice(Floor-area)"), type_="amount", more=NEEDS))

    assert value(found, {"Floor-area": Decimal(50)}) == 101
    assert value(found, {"Floor-area": Decimal(300_000)}) is None


def test_functions_of_an_import_rest_on_what_they_require_in_their_own_model():
    needs = requires("knowledge", "urn:lib#grading") + requires("knowledge", "urn:lib#twice")
    grown = literal("lib.grading(Floor-area: 99) + 3")
    called = f"<invocation>{literal('lib.twice')}<binding><parameter name='x'/>{grown}</binding></invocation>"

    assert value(read(imports("lib"), decision("d", called, more=needs)), {"lib": {"Floor-area": Decimal(500)}}) == 8


def test_a_model_that_is_imported_twice_on_the_way_is_two_models():
    # given: as in the public conformance suite's nested imports
    say = named("urn:a", data("p", "string", name="Person name"), decision("hi", literal('"Hello, " + Person name'), ["input:p"]))
    library = {"urn:a": [Imported(say)]}
    for name in ("b", "c"):
        asks = decision("says", literal(f'"{name}: " + model a.hi'), more=requires("decision", "urn:a#hi"))
        library[f"urn:{name}"] = [Imported(named(f"urn:{name}", imports("model a", "urn:a"), asks), library)]
    needs = requires("decision", "urn:b#says") + requires("decision", "urn:c#says")

    # when
    found = read(
        imports("B", "urn:b"), imports("C", "urn:c"), decision("d", literal('B.says + "; " + C.says'), more=needs), library=library
    )

    # then
    variables = {"B": {"model a": {"Person name": "Li"}}, "C": {"model a": {"Person name": "Wang"}}}
    assert value(found, variables) == "b: Hello, Li; c: Hello, Wang"
    assert list(found.decisions) == ["d", "B.says", "B.model a.hi", "C.says", "C.model a.hi"]


def test_the_conformance_command_finds_what_a_case_imports_beside_it(tmp_path):
    # given
    needs = requires("knowledge", "urn:lib#twice")
    (tmp_path / "main.dmn").write_bytes(file(imports("lib"), decision("d", literal("lib.twice(4)"), more=needs)))
    (tmp_path / "lib.dmn").write_bytes(named("urn:lib", *FINE))
    expected = '<resultNode name="d"><expected><value xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:decimal">8</value>'
    case = f'<testCase id="1">{expected}</expected></resultNode></testCase>'
    (tmp_path / "main-test.xml").write_text(f"<testCases><modelName>main.dmn</modelName>{case}</testCases>")

    # then
    assert run(tmp_path / "main-test.xml") == [("1", None)]


def circular():
    """A library in which urn:lib imports urn:back, and that urn:lib again."""
    library = {}
    for one, other in (("urn:lib", "urn:back"), ("urn:back", "urn:lib")):
        library[one] = [Imported(named(one, imports("o", other)), library)]
    return library


def doubling():
    """Each of six imports the next one twice: 127 models."""
    library = {}
    for place in range(7):
        inner = "".join(imports(name, f"urn:{name}{place + 1}") for name in ("x", "y")) if place < 6 else ""
        for name in ("x", "y"):
            library[f"urn:{name}{place}"] = [Imported(named(f"urn:{name}{place}", inner), library)]
    return library | {"urn:lib": library["urn:x0"]}


IMPORT = imports("lib")
REFUSED = [
    ((IMPORT.replace("/MODEL/", "/FEEL/"),), LIBRARY, "UNSUPPORTED_IMPORT", "importType is https://www.omg.org/spec/DMN/20230324/FEEL/"),
    ((IMPORT.replace('importType="', 'x="'),), LIBRARY, "UNSUPPORTED_ATTRIBUTE", "attribute x of import"),
    ((IMPORT.replace('namespace="urn:lib"', ""),), LIBRARY, "MISSING_NAMESPACE", "namespace of the model"),
    ((IMPORT.replace('name="lib"', ""),), LIBRARY, "MISSING_NAME", "import of urn:lib to have a name"),
    ((IMPORT,), {}, "UNKNOWN_IMPORT", "urn:lib, but it is neither deployed nor among the files given"),
    ((IMPORT,), {"urn:lib": LIBRARY["urn:lib"] * 2}, "IMPORT_UNCLEAR", "but 2 have it"),
    ((IMPORT, imports("two")), LIBRARY, "DUPLICATE_IMPORT", "one import of urn:lib"),
    ((IMPORT, imports("lib", "urn:b")), LIBRARY | {"urn:b": [Imported(named("urn:b"))]}, "DUPLICATE_NAME", "two are named lib"),
    ((IMPORT, data("lib")), LIBRARY, "DUPLICATE_NAME", "the name lib is"),
    ((imports(""), data("z", name="Floor-area")), LIBRARY, "DUPLICATE_NAME", "the name Floor-area is"),
    ((imports(""), item("amount", "string")), LIBRARY, "DUPLICATE_NAME", "an imported one is named amount"),
    ((IMPORT, decision("lib.grade", literal("1"))), LIBRARY, "DUPLICATE_ID", "the id lib.grade is"),
    ((IMPORT,), circular(), "IMPORT_CYCLE", "urn:lib → urn:back → urn:lib"),
    ((imports("me", "urn:test"),), {}, "IMPORT_CYCLE", "urn:test → urn:test"),
    ((IMPORT,), doubling(), "TOO_MANY_IMPORTS", "at most 50 models"),
    ((IMPORT,), {"urn:lib": [Imported(named("urn:lib", decision("bad", literal("1 +"))))]}, "IMPORT_UNREADABLE", "at bad: Expected"),
    ((IMPORT, decision("d", literal("1"), more=requires("decision", "urn:lib#area"))), LIBRARY, "UNKNOWN_REFERENCE", "found area"),
    ((data("x", "lib.amount"), decision("d", literal("1"))), LIBRARY, "UNKNOWN_TYPE", "found lib.amount"),
    (
        (IMPORT, '<decisionService id="s" name="s"><outputDecision href="urn:lib#grade"/></decisionService>'),
        LIBRARY, "REFERENCE_OUTSIDE", "decisions and inputs of its own file",
    ),
    (
        (IMPORT, decision("d", literal("1"), more=NEEDS), '<decisionService id="s" name="s"><outputDecision href="#d"/></decisionService>'),
        LIBRARY, "REFERENCE_OUTSIDE", "lib.area is imported",
    ),
]  # fmt: skip


@pytest.mark.parametrize("elements, library, code, sentence", REFUSED, ids=range(len(REFUSED)))
def test_an_import_that_cannot_be_kept_is_refused_with_the_reason_and_the_remedy(elements, library, code, sentence):
    with pytest.raises(decisions.Unreadable) as refused:
        read(*elements, library=library)

    assert code in [each.code for each in refused.value.problems]
    (told,) = [each for each in refused.value.problems if each.code == code and sentence in each.sentence]
    assert told.sentence.startswith("Expected ") and told.remedy and told.element
