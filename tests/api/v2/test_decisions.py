"""Decisions as the official client finds them: what was deployed, what was made of it in a case and outside, and who may see that."""

import pytest
from camunda_orchestration_sdk import errors, models
from camunda_orchestration_sdk.runtime.eventual import ConsistencyOptions

from api.v2.schemas_decisions import DecisionDefinitionSearch, DecisionInstanceSearch, DecisionRequirementsSearch
from cases import case_records
from engine.domain.people import THE_SYSTEM
from tests.api.v2.people import HERE
from tests.engine.decisions import written

AT_ONCE = ConsistencyOptions(wait_up_to_ms=0)
RISK = HERE.parents[1] / "engine" / "decisions" / "risk_level.dmn"
WORKSHOP = {"major_standard_hit": False, "three_in_one": True, "住宿人数": 3, "exits_ok": False, "n_operators": 1}


@pytest.fixture
def risk(ask):
    """{decision id: its deployment's answer} of a file with two decisions, one of which requires the other; and its graph's."""
    deployed = ask.upload([("risk_level.dmn", RISK.read_bytes()), ("grading.bpmn", (HERE / "grading.bpmn").read_bytes())]).get_json()
    decisions = [one["decisionDefinition"] for one in deployed["deployments"] if one["decisionDefinition"]]
    (graph,) = [one["decisionRequirements"] for one in deployed["deployments"] if one["decisionRequirements"]]
    return {one["decisionDefinitionId"]: one for one in decisions}, graph


def trial(decision, given):
    variables = models.DecisionEvaluationByIdVariables()
    variables.additional_properties = given
    return models.DecisionEvaluationByID(decision_definition_id=decision, variables=variables)


def made_in(client, case):
    wanted = models.DecisionInstanceSearchQueryFilter(process_instance_key=case)
    return client.search_decision_instances(data=models.DecisionInstanceSearchQuery(filter_=wanted), consistency=AT_ONCE).items


def test_what_was_deployed_is_found_and_read_as_it_came(risk, client_of):
    # given
    li, (decisions, graph) = client_of("li"), risk
    key = graph["decisionRequirementsKey"]

    # when
    wanted = models.DecisionDefinitionSearchQueryFilter(decision_requirements_id=graph["decisionRequirementsId"], is_latest_version=True)
    by_id = models.DecisionDefinitionSearchQuerySortRequestField("decisionDefinitionId")
    asked = models.DecisionDefinitionSearchQuery(filter_=wanted, sort=[models.DecisionDefinitionSearchQuerySortRequest(field=by_id)])
    level, score = li.search_decision_definitions(data=asked, consistency=AT_ONCE).items
    wanted = models.DecisionRequirementsSearchQueryFilter(resource_name="risk_level.dmn", decision_requirements_key=key)
    query = models.DecisionRequirementsSearchQuery(filter_=wanted)
    (found,) = li.search_decision_requirements(data=query, consistency=AT_ONCE).items

    # then
    assert (level.decision_definition_id, score.decision_definition_id) == ("risk_level", "risk_score")
    assert (level.name, level.version, level.decision_definition_key) == ("隐患等级", 1, decisions["risk_level"]["decisionDefinitionKey"])
    assert (level.decision_requirements_key, level.decision_requirements_name, level.decision_requirements_version) == (key, "隐患等级", 1)
    assert found.decision_requirements_id == level.decision_requirements_id == "risk_level_requirements"
    assert li.get_decision_definition(level.decision_definition_key, consistency=AT_ONCE) == level
    assert li.get_decision_requirements(key, consistency=AT_ONCE) == found
    assert li.get_decision_definition_xml(score.decision_definition_key, consistency=AT_ONCE).encode() == RISK.read_bytes()
    assert li.get_decision_requirements_xml(key, consistency=AT_ONCE).encode() == RISK.read_bytes()


def test_what_a_case_decided_is_found_with_what_it_rests_on_by_whoever_sees_the_case(app, risk, ask, client_of):
    # given
    li, (decisions, _) = client_of("li"), risk
    case = ask.start("grading", variables=WORKSHOP, businessId="H-9")
    (grade,) = ask.json("POST", "/element-instances/search", {"filter": {"processInstanceKey": case, "elementId": "grade"}})["items"]

    # when
    score, level = made_in(li, case)
    told = li.get_decision_instance(level.decision_evaluation_instance_key, consistency=AT_ONCE)

    # then: each that was made by itself, in one evaluation, with its case
    for place, made, id_, result, name in ((1, score, "risk_score", "4", "隐患分值"), (2, level, "risk_level", '"红"', "隐患等级")):
        assert made.decision_evaluation_instance_key == f"{made.decision_evaluation_key}-{place}"
        assert (made.decision_definition_id, made.decision_definition_name, made.result) == (id_, name, result)
        assert made.decision_definition_key == decisions[id_]["decisionDefinitionKey"]
        assert made.root_decision_definition_key == decisions["risk_level"]["decisionDefinitionKey"]
        assert (made.decision_definition_type.value, made.state.value, made.evaluation_failure) == ("DECISION_TABLE", "EVALUATED", None)
        assert (made.process_instance_key, made.root_process_instance_key, made.business_id) == (case, case, "H-9")
        assert (made.element_instance_key, made.process_definition_key) == (grade["elementInstanceKey"], grade["processDefinitionKey"])
    assert [(one.input_id, one.input_name, one.input_value) for one in told.evaluated_inputs] == [("i_score", "分值", "4")]
    (rule,) = told.matched_rules
    (output,) = rule.evaluated_outputs
    assert (rule.rule_id, rule.rule_index, output.output_id, output.output_value) == ("l_4", 1, "o_level", '"红"')

    # and it is what an evaluation from outside answers, whoever may ask
    answer = client_of("robot").evaluate_decision(data=trial("risk_level", WORKSHOP))
    of_level = answer.evaluated_decisions[1]
    assert (of_level.matched_rules, of_level.evaluated_inputs) == (told.matched_rules, told.evaluated_inputs)

    # and the page of the case has it whole
    engine = app.extensions["engine"]
    with engine.store.transaction() as transaction:
        (shown,), more = case_records.decisions(engine, transaction, THE_SYSTEM, int(case))
    assert [(one["name"], one["output"]) for one in shown["made"]] == [("隐患分值", 4), ("隐患等级", "红")]
    assert (shown["name"], shown["element"], shown["version"], shown["output"], shown["failed"]) == ("隐患等级", "确定等级", 1, "红", None)
    assert not more

    # while whoever has no part in the case finds nothing
    zhao = client_of("zhao")
    assert made_in(zhao, case) == []
    with pytest.raises(errors.NotFoundError):
        zhao.get_decision_instance(level.decision_evaluation_instance_key, consistency=AT_ONCE)


def test_what_was_tried_outside_of_any_case_is_seen_by_who_tried_it_and_a_failure_tells_why(ask, client_of):
    # given a decision of a kind that the API has no word for, and one that requires it and answers what cannot be kept
    base = written.decision("base", f'<context><contextEntry><variable name="a"/>{written.literal("0.10")}</contextEntry></context>')
    broken = written.decision("broken", written.literal("function(x) x + 1"), ["decision:base"])
    ask.upload([("broken.dmn", written.file(base, broken))])
    drawer = client_of("drawer")

    # when
    answer = drawer.evaluate_decision(data=trial("broken", {}))

    # then
    wanted = models.DecisionInstanceSearchQueryFilter(decision_evaluation_key=answer.decision_evaluation_key)
    asked = models.DecisionInstanceSearchQuery(filter_=wanted)
    first, last = drawer.search_decision_instances(data=asked, consistency=AT_ONCE).items
    assert answer.failure_message.startswith("Expected decision broken to answer a value that can be kept")
    assert (first.state.value, first.evaluation_failure, first.result) == ("EVALUATED", None, '{"a":0.1}')
    assert (last.state.value, last.evaluation_failure, last.result) == ("FAILED", answer.failure_message, '"a function"')
    assert (first.decision_definition_type.value, last.decision_definition_type.value) == ("UNKNOWN", "LITERAL_EXPRESSION")
    assert first.root_decision_definition_key == last.decision_definition_key == answer.decision_definition_key
    assert (last.process_instance_key, last.element_instance_key, last.business_id) == (None, None, None)
    told = drawer.get_decision_instance(last.decision_evaluation_instance_key, consistency=AT_ONCE)
    assert [(one.input_name, one.input_value) for one in told.evaluated_inputs] == [("base", '{"a":0.1}')]

    # and nobody else finds it who does not see everything
    for who, status in (("drawer", 200), ("admin", 200), ("auditor", 200), ("li", 404)):
        ask.json("GET", f"/decision-instances/{last.decision_evaluation_instance_key}", by=who, status=status)


def test_pages_follow_one_another_inside_of_an_evaluation_too(risk, ask):
    # given
    case = ask.start("grading", variables=WORKSHOP, businessId="graded")
    key = ask.json("POST", "/decision-instances/search", {"filter": {"processInstanceKey": case}})["items"][0]["decisionEvaluationKey"]
    again = ask.start("grading", variables=WORKSHOP, businessId="graded")

    def page(order, **of):
        body = {"filter": {"businessId": "graded"}, "sort": [{"field": "businessId", "order": order}], "page": {"limit": 1, **of}}
        found = ask.json("POST", "/decision-instances/search", body)
        return [(row["processInstanceKey"], row["decisionDefinitionId"]) for row in found["items"]], found["page"]

    # when
    for order, expected in (
        ("ASC", [(case, "risk_score"), (case, "risk_level"), (again, "risk_score"), (again, "risk_level")]),
        ("DESC", [(again, "risk_level"), (again, "risk_score"), (case, "risk_level"), (case, "risk_score")]),
    ):
        seen, at = page(order)
        while len(seen) < 4:
            (following,), at = page(order, after=at["endCursor"])
            seen.append(following)

        # then
        assert seen == expected and at["totalItems"] == 4
        assert page(order, before=at["startCursor"])[0] == expected[2:3]

    # and one is found by its own key
    def found(condition):
        body = {"filter": {"decisionEvaluationKey": key, "decisionEvaluationInstanceKey": condition}}
        return [row["decisionDefinitionId"] for row in ask.json("POST", "/decision-instances/search", body)["items"]]

    both = [f"{key}-1", f"{key}-2"]
    assert found(both[1]) == found({"$neq": both[0]}) == found({"$in": both[1:]}) == found({"$notIn": both[:1]}) == ["risk_level"]
    assert found({"$in": both}) == found({"$exists": True}) == ["risk_score", "risk_level"]
    assert found({"$in": []}) == found({"$exists": False}) == []


#: A condition on each field of each search, which the level of a workshop meets.
MET = {
    "state": {"$in": ["EVALUATED"]},
    "evaluationDate": {"$gt": "2020-01-01T00:00:00Z"},
    "decisionDefinitionId": "risk_level",
    "decisionDefinitionName": "隐患等级",
    "decisionDefinitionVersion": 1,
    "decisionDefinitionType": "DECISION_TABLE",
    "tenantId": "<default>",
    "businessId": {"$like": "every-*"},
    "name": "隐患等级",
    "isLatestVersion": True,
    "version": 1,
    "decisionRequirementsName": "隐患等级",
    "decisionRequirementsId": "risk_level_requirements",
    "decisionRequirementsVersion": 1,
    "resourceName": "risk_level.dmn",
}
UNMET = {
    "evaluationFailure": "no such sentence",
    "state": "FAILED",
    "decisionDefinitionType": "UNKNOWN",
    "version": 77,
    "isLatestVersion": False,
}


def test_every_field_filters_and_sorts(risk, ask):
    # given
    case = ask.start("grading", variables=WORKSHOP, businessId="every-field")
    asked = {"filter": {"processInstanceKey": case, "decisionDefinitionId": "risk_level"}}
    (made,) = ask.json("POST", "/decision-instances/search", asked)["items"]
    met = {**MET, **{name: value for name, value in made.items() if name.endswith("Key")}}
    met["decisionRequirementsKey"] = risk[1]["decisionRequirementsKey"]

    # then
    for path, schema in (
        ("decision-definitions", DecisionDefinitionSearch()),
        ("decision-requirements", DecisionRequirementsSearch()),
        ("decision-instances", DecisionInstanceSearch()),
    ):
        names = [field.data_key for field in schema.fields["filter"].schema.fields.values()]
        wanted = {name: met[name] for name in names if name in met}
        assert set(names) - wanted.keys() <= {"evaluationFailure"}
        sort = [{"field": name, "order": "DESC"} for name in schema.fields["sort"].by]
        found = ask.json("POST", f"/{path}/search", {"filter": wanted, "sort": sort})["items"]
        assert len(found) == 1, path
        for name in UNMET.keys() & set(names):
            assert ask.json("POST", f"/{path}/search", {"filter": {**wanted, name: UNMET[name]}})["items"] == [], name


@pytest.mark.parametrize("key", ["77", "77-", "-1", "a-1", "77-1-1", "77-2147483648", "９-1", "7" * 20 + "-1"])
def test_a_key_that_is_none_is_refused_and_one_that_nothing_has_is_not_found(ask, key):
    assert "such as 2251799813684367-1" in ask.refused(400, "GET", f"/decision-instances/{key}")
    sentence = ask.refused(400, "POST", "/decision-instances/search", {"filter": {"decisionEvaluationInstanceKey": {"$in": [key]}}})
    assert "such as 2251799813684367-1" in sentence
    assert "there is none" in ask.refused(404, "GET", "/decision-instances/77-1")
