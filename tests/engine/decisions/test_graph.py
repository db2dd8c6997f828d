"""Requirements between the elements of a file: how they are found, named and refused."""

from tests.engine.decisions.written import data, decision, evaluation, literal, model, read, refused, result


def requirement(kind, href):
    return f"<informationRequirement id='q'><required{kind} href='{href}'/></informationRequirement>"


def bare(id_, inner, name=None):
    """A decision without a variable."""
    return f'<decision id="{id_}" name="{name or id_}">{inner}</decision>'


def test_a_decision_reads_what_it_requires_by_name():
    assert result([data("x", name="the input"), decision("d", literal("the input + 1"), ["input:x"])], {"the input": 1}) == 2


def test_a_decision_without_a_variable_is_read_by_its_name_and_like_in_camunda_by_its_id():
    base = bare("season_id", literal('"夏"'), "季节")

    for reference in ("season_id", "季节"):
        assert result([base, decision("d", literal(reference), ["decision:season_id"])]) == "夏"


def test_a_decision_whose_variable_was_not_renamed_with_it_is_read_by_both_names():
    renamed = decision("old", literal("1")).replace('name="old">', 'name="new">', 1)

    for reference in ("old", "new"):
        assert result([renamed, decision("d", literal(reference), ["decision:old"])]) == 1


def test_a_reference_may_carry_the_files_own_namespace():
    assert result([data("x"), bare("d", requirement("Input", "urn:test#x") + literal("x"))], {"x": "a"}) == "a"


def test_a_reference_into_another_file_is_refused():
    (found,) = refused(bare("d", requirement("Input", "urn:other#x") + literal("1")))

    assert (found.element, found.code) == ("q", "REFERENCE_OUTSIDE")
    assert found.sentence == "Expected requiredInput to name an element of this file or of an import, but found urn:other#x"


def test_a_reference_to_nothing_or_to_another_kind_is_refused():
    (missing,) = refused(bare("d", requirement("Decision", "#e") + literal("1")))
    (other,) = refused(data("e"), bare("d", requirement("Decision", "#e") + literal("1")))

    assert missing.sentence == other.sentence == "Expected requiredDecision to name a decision, but found e"


def test_a_requirement_names_exactly_one_element():
    two = "<informationRequirement id='q'><requiredInput href='#x'/><requiredInput href='#x'/></informationRequirement>"

    assert refused(data("x"), bare("d", two + literal("1")))[0].code == "REFERENCE_UNCLEAR"
    assert refused(bare("d", "<informationRequirement id='q'/>" + literal("1")))[0].code == "REFERENCE_UNCLEAR"


def test_a_circle_of_decisions_is_refused_with_the_path():
    (found,) = refused(
        decision("a", literal("b"), ["decision:b"]),
        decision("b", literal("c"), ["decision:c"]),
        decision("c", literal("a"), ["decision:a"]),
    )

    assert found.code == "REQUIREMENT_CYCLE"
    assert found.sentence == "Expected requirements that end, but found a circle: a → b → c → a"


def test_a_business_knowledge_model_may_call_itself_by_its_name():
    factorial = model("n fold", "n: number", literal("if n < 2 then 1 else n * n fold(n - 1)"))
    endless = model("on", "n: number", literal("on(n + 1)"))
    largest = model("max", "a, b", literal("max([a, b])"))

    assert result([factorial, decision("d", literal("n fold(5)"), ["knowledge:n fold"])]) == 120
    assert "calls inside each other" in evaluation([endless, decision("d", literal("on(1)"), ["knowledge:on"])]).failed
    assert result([largest, decision("d", literal("max(2, 7)"), ["knowledge:max"])]) == 7


def test_a_circle_of_knowledge_and_one_through_a_service_are_refused():
    models = model("f", "x", literal("g(x)"), needs=["knowledge:g"]), model("g", "x", literal("f(x)"), needs=["knowledge:f"])
    service = '<decisionService id="s" name="s"><variable name="s"/><outputDecision href="#a"/></decisionService>'

    assert refused(*models)[0].code == "REQUIREMENT_CYCLE"
    assert refused(service, decision("a", literal("s()"), ["knowledge:s"]))[0].code == "REQUIREMENT_CYCLE"


def test_a_decision_that_requires_itself_is_refused():
    assert "a → a" in refused(decision("a", literal("1"), ["decision:a"]))[0].sentence


def test_two_requirements_of_one_name_are_refused():
    (found,) = refused(data("x", name="n"), data("y", name="n"), decision("d", literal("n"), ["input:x", "input:y"]))

    assert (found.element, found.code) == ("d", "DUPLICATE_NAME")


def test_an_id_that_stands_twice_or_not_at_all_is_refused():
    assert refused(data("x"), data("x"))[0].code == "DUPLICATE_ID"
    assert refused('<inputData name="x"/>')[0].code == "MISSING_ID"


def test_what_is_known_by_its_variable_is_not_known_by_its_id():
    named = (
        decision("e", literal("1"))
        .replace('id="e" name="e"', 'id="e" name="result"')
        .replace('variable name="e"', 'variable name="result"')
    )

    assert result([named, decision("d", literal("[result, e]"), ["decision:e"])]) == [1, None]


def test_names_of_more_than_a_word_are_read_after_a_dot():
    entry = f'<contextEntry><variable name="first sum"/>{literal("1 + 1")}</contextEntry>'
    row = f'<relation><column name="the name"/><row>{literal("3")}</row></relation>'
    made = decision("e", f"<context>{entry}</context>"), decision("f", row)

    assert result([*made, decision("d", literal("[e.first sum, f[1].the name]"), ["decision:e", "decision:f"])]) == [2, 3]


def test_a_business_knowledge_model_in_java_is_refused_by_name():
    java = model("f", "a", literal("a")).replace("<encapsulatedLogic>", '<encapsulatedLogic kind="Java">')

    assert [found.code for found in refused(java)] == ["UNSUPPORTED_FUNCTION"]


def test_a_business_knowledge_model_without_logic_answers_null():
    assert result(['<businessKnowledgeModel id="f" name="f"/>', decision("d", literal("f()"), ["knowledge:f"])]) is None


def test_the_result_type_of_a_business_knowledge_model_may_be_said_in_three_ways():
    function = '<itemDefinition name="t"><functionItem outputTypeRef="number"/></itemDefinition>'
    asking = decision("d", literal('f("a")'), ["knowledge:f"])
    on_logic = model("f", "a", literal("a")).replace("<encapsulatedLogic>", '<encapsulatedLogic typeRef="number">')

    for said in (model("f", "a", literal("a"), "number"), model("f", "a", literal("a"), "t"), on_logic):
        assert result([function, said, asking]) is None
    untyped = function.replace('outputTypeRef="number"', "")
    assert result([untyped, model("f", "a", literal("a"), "t"), asking]) == "a"


def test_every_reference_is_checked():
    authority = '<authorityRequirement><requiredAuthority href="#nobody"/></authorityRequirement>'
    service = '<decisionService id="s" name="s"><outputDecision href="#d"/><encapsulatedDecision href="#nobody"/></decisionService>'

    assert refused(bare("d", authority + literal("1")))[0].code == "UNKNOWN_REFERENCE"
    assert refused(bare("d", literal("1")), service)[0].code == "UNKNOWN_REFERENCE"


def test_two_parameters_of_a_service_of_one_name_are_refused():
    service = '<decisionService id="s" name="s"><outputDecision href="#d"/><inputData href="#x"/><inputData href="#y"/></decisionService>'

    assert [found.code for found in refused(data("x", name="n"), data("y", name="n"), decision("d", literal("1")), service)] == [
        "DUPLICATE_NAME"
    ]


def test_a_service_needs_an_output_decision():
    assert refused('<decisionService id="s" name="s"/>')[0].code == "MISSING_ELEMENT"


def test_knowledge_sources_and_who_decides_are_accepted():
    source = '<knowledgeSource id="law" name="安全生产法"><type>law</type></knowledgeSource>'
    requirement = '<authorityRequirement><requiredAuthority href="#law"/></authorityRequirement>'
    more = f'{requirement}<decisionMaker href="#somebody"/><question>?</question><allowedAnswers>1</allowedAnswers>'

    assert result([source, bare("d", more + literal("1"))]) == 1


def test_a_decision_without_logic_is_null():
    found = evaluation([bare("d", "")])

    assert (found.result, found.failed) == (None, None)
    assert found.evaluated[0].type == "UNSPECIFIED"


def test_the_types_of_decisions_are_said_in_camundas_words():
    logics = {
        "a": literal("1"), "b": "<context/>", "c": "<list/>", "d": '<decisionTable><output name="y"/></decisionTable>',
        "e": f"<functionDefinition>{literal('1')}</functionDefinition>",
    }  # fmt: skip

    found = read(*(bare(id_, logic) for id_, logic in logics.items())).decisions

    assert [each.type for each in found.values()] == ["LITERAL_EXPRESSION", "CONTEXT", "LIST", "DECISION_TABLE", "FUNCTION_DEFINITION"]
    assert [id_ for id_, each in found.items() if each.table] == ["d"]


def test_a_version_tag_is_read():
    tagged = '<extensionElements><zeebe:versionTag xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" value="v1"/></extensionElements>'

    found = read(bare("d", tagged + literal("1")), bare("e", literal("1"))).decisions

    assert (found["d"].version_tag, found["e"].version_tag) == ("v1", None)


def test_a_business_knowledge_model_is_called_and_held_to_its_types():
    doubled = model("double it", "n: number", literal("n * 2"), "number")
    called = doubled.replace('id="double it"', 'id="f"'), decision("d", literal("double it(x)"), ["knowledge:f", "input:x"]), data("x")

    assert result(called, {"x": 4}) == 8
    assert result(called, {"x": "a"}) is None
    assert result([model("f", "", literal('"a"'), "number"), decision("d", literal("f()"), ["knowledge:f"])]) is None


def test_a_business_knowledge_model_sees_its_parameters_and_its_knowledge_only():
    models = model("f", "n", literal("[n, x, g(n)]"), needs=["knowledge:g"]), model("g", "n", literal("n + 1"))

    assert result([*models, decision("d", literal("f(1)"), ["knowledge:f"])], {"x": 7}) == [1, None, 2]


def test_knowledge_that_is_not_required_is_not_seen():
    assert result([model("f", "", literal("1")), decision("d", literal("f()"))]) is None
