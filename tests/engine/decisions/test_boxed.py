"""Boxed expressions: literals, contexts, invocations, functions, lists and relations."""

from decimal import Decimal

from tests.engine.decisions.written import decision, environment, evaluation, item, literal, model, refused, result


def entry(name, logic, type_=""):
    variable = f'<variable name="{name}" {f"typeRef={type_!r}" if type_ else ""}/>' if name else ""
    return f"<contextEntry>{variable}{logic}</contextEntry>"


def context(*entries):
    return f"<context>{''.join(entries)}</context>"


def invocation(function, **bindings):
    bound = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in bindings.items())
    return f"<invocation>{literal(function)}{bound}</invocation>"


ADD = (
    "<functionDefinition><formalParameter name='a' typeRef='number'/><formalParameter name='b'/>"
    + literal("a + b")
    + "</functionDefinition>"
)


def test_a_literal_expression_is_feel():
    assert result(literal("0.1 + 0.2")) == Decimal("0.3")


def test_a_literal_expression_is_held_to_its_type():
    assert result(literal("[7]", 'typeRef="number"')) == 7
    assert result(literal('"7"', 'typeRef="number"')) is None


def test_the_entries_of_a_context_see_those_before_them():
    assert result(context(entry("a", literal("1")), entry("b", literal("a + 1")))) == {"a": 1, "b": 2}


def test_an_entry_does_not_see_those_after_it():
    assert result(context(entry("a", literal("b")), entry("b", literal("1")))) == {"a": None, "b": 1}


def test_an_entry_hides_an_outer_variable_of_its_name():
    assert result(context(entry("a", literal("a + 1")), entry("b", literal("a"))), {"a": Decimal(1)}) == {"a": 2, "b": 2}


def test_the_entry_without_a_name_is_the_result_of_a_context():
    assert result(context(entry("first sum", literal("1 + 1")), entry("", literal("first sum * 10")))) == 20


def test_an_entry_is_held_to_its_type():
    assert result(context(entry("a", literal('"x"'), "number"))) == {"a": None}


def test_contexts_stand_inside_each_other():
    inner = context(entry("b", literal("a + 1")))

    assert result(context(entry("a", literal("1")), entry("c", inner))) == {"a": 1, "c": {"b": 2}}


def test_two_entries_of_one_name_are_refused():
    (twice,) = refused(decision("d", context(entry("a", literal("1")), entry("a", literal("2")))))
    (nameless,) = refused(decision("d", context(entry("", literal("1")), entry("", literal("2")))))

    assert twice.sentence == "Expected the entries of a context to have different names, but two are named a"
    assert nameless.code == "DUPLICATE_NAME"


def test_an_invocation_binds_parameters_by_name():
    assert result([model("f", "a, b", literal("a - b")), decision("d", invocation("f", b="1", a="3"), ["knowledge:f"])]) == 2


def test_an_invocation_with_a_name_that_is_no_parameter_is_null_with_the_reason():
    env = environment()
    elements = [model("f", "a", literal("a")), decision("d", invocation("f", b="1"), ["knowledge:f"])]

    assert evaluation(elements, env=env).result is None
    assert env.warnings == ["Expected arguments named a for f, but found b"]


def test_a_binding_needs_a_parameter():
    nameless = invocation("f", a="1").replace('<parameter name="a"/>', "")

    assert [found.code for found in refused(model("f", "a", literal("a")), decision("d", nameless, ["knowledge:f"]))] == ["MISSING_ELEMENT"]


def test_an_entry_needs_an_expression():
    assert [found.code for found in refused(decision("d", context(entry("a", ""))))] == ["MISSING_ELEMENT"]


def test_an_invocation_of_something_else_is_null_with_the_reason():
    env = environment()

    assert evaluation(invocation("1", a="2"), env=env).result is None
    assert env.warnings == ["Expected a function to invoke in d, but found number 1"]


def test_a_function_definition_is_a_value_that_feel_calls():
    assert result(context(entry("add", ADD), entry("", literal("add(1, 2)")))) == 3
    assert result(context(entry("add", ADD), entry("", literal("add(b: 1, a: 2)")))) == 3


def test_an_argument_that_is_not_of_its_parameters_type_makes_the_call_null():
    assert result(context(entry("add", ADD), entry("", literal('add("x", "y")')))) is None
    assert result(context(entry("add", ADD), entry("", literal("add([1], 2)")))) == 3


def test_a_function_sees_the_context_in_which_it_is_defined():
    adding = "<functionDefinition><formalParameter name='a'/>" + literal("a + base") + "</functionDefinition>"

    assert result(context(entry("base", literal("10")), entry("add", adding), entry("", literal("add(1)")))) == 11


def test_functions_in_java_and_pmml_are_refused_by_name():
    for kind in ("Java", "PMML"):
        (found,) = refused(decision("d", ADD.replace("<functionDefinition>", f'<functionDefinition id="f" kind="{kind}">')))
        assert (found.element, found.code) == ("f", "UNSUPPORTED_FUNCTION")
        assert found.sentence == f"Expected a function written in FEEL, but found one of kind {kind}"


def test_two_parameters_of_one_name_are_refused():
    assert refused(model("f", "a, a", literal("a")))[0].code == "DUPLICATE_NAME"


def test_a_list_holds_expressions():
    assert result(f"<list>{literal('1')}{literal('x + 1')}</list>", {"x": Decimal(1)}) == [1, 2]


def test_a_list_is_held_to_its_type():
    numbers = item("numbers", "number", collection=True)

    assert result([numbers, decision("d", f'<list typeRef="numbers">{literal("1")}{literal("2")}</list>')]) == [1, 2]
    assert result([numbers, decision("d", f'<list typeRef="numbers">{literal("1")}{literal("true")}</list>')]) is None


def test_a_relation_is_a_list_of_contexts():
    rows = f"<row>{literal('1')}{literal('2')}</row><row>{literal('3')}{literal('4')}</row>"

    found = result(f'<relation><column name="a"/><column name="the b" typeRef="number"/>{rows}</relation>')

    assert found == [{"a": 1, "the b": 2}, {"a": 3, "the b": 4}]


def test_a_row_of_a_relation_needs_an_expression_per_column():
    (found,) = refused(decision("d", f'<relation><column name="a"/><column name="b"/><row id="w">{literal("1")}</row></relation>'))

    assert (found.element, found.sentence) == ("w", "Expected 2 expressions in a row of d, but found 1")


def test_a_function_that_calls_itself_ends_at_the_depth_of_calls():
    endless = "<functionDefinition><formalParameter name='f'/>" + literal("f(f)") + "</functionDefinition>"

    found = evaluation(context(entry("again", endless), entry("", literal("again(again)"))))

    assert found.failed == "Expected at most 60 calls inside each other, but found more"
