"""Making a decision: first what it requires, each once, then its own logic over exactly those values."""

import logging

from engine import feel
from engine.decisions.boxed import function
from engine.decisions.errors import Failed
from engine.decisions.evaluation import EvaluatedDecision, Evaluation
from engine.decisions.requirements import KnowledgeModel, order
from engine.decisions.types import coerce
from engine.domain.errors import NotFound
from engine.feel.functions.registry import BUILT_IN
from engine.feel.values.size import weigh

log = logging.getLogger(__name__)

MOST_TABLES = 1_000  # tables whose matches are recorded of one decision: a loop may call a function that is a table any number of times


def evaluate(requirements, decision_id, variables, env):
    """-> Evaluation. `variables`: {name: value}; one that is missing is null. `env`: feel.Environment; its warnings say why a null is one.

    They go to the log too, as information: most tell of a variable that is not there, which is often meant.
    Raises NotFound for a decision that the file does not have, and nothing else: what goes wrong on the way is `Evaluation.failed`.
    """
    known = len(env.warnings)
    answer = _evaluate(requirements, decision_id, variables, env)
    if env.warnings[known:]:
        log.info("decision %s: %s", decision_id, "; ".join(env.warnings[known:]))
    return answer


def _evaluate(requirements, decision_id, variables, env):
    if decision_id not in requirements.decisions:
        found = ", ".join(requirements.decisions) or "none"
        raise NotFound(f"Expected decision {decision_id} in {requirements.name}, but found {found}", decision=decision_id)
    answer, run = Evaluation(), Run(requirements, env)
    making = _Making(run, feel.Scope(variables, env=env), {})
    wanted = requirements.decisions[decision_id]
    for decision in order(requirements, (decision_id,)):
        run.tables.clear()
        try:
            making.make(decision)
            if decision is wanted:
                _expect_value(decision, making.results[decision_id])
        except (Failed, feel.FeelBudget) as error:
            answer.failed = error.sentence
        except RecursionError:
            answer.failed = f"Expected decision {decision.name} to end, but its functions call each other too deeply"
        answer.evaluated.append(_record(decision, making, run))
        if answer.failed:
            answer.failed_decision_id = decision.id
            return answer
    answer.result = making.results[decision_id]
    return answer


def _expect_value(decision, value):
    """Functions serve other decisions; as the answer to whoever asks from outside they could not be kept. Raises Failed."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _expect_value(decision, each)
    if isinstance(value, feel.Function):
        raise Failed(f"Expected decision {decision.name} to answer a value that can be kept, but found a function")


class Run:
    """One evaluation of a graph: the functions that its decisions share, and the tables that were asked for the present decision."""

    def __init__(self, requirements, env):
        self.requirements, self.env = requirements, env
        self.tables, self._functions = [], {}

    def ask(self, table, values, hits):
        """A table is asked: remember it with its inputs and the rules that match, which are filled in as they become known."""
        if len(self.tables) < MOST_TABLES:
            self.tables.append((table, values, hits))
            if len(self.tables) == MOST_TABLES:
                self.env.warn(f"More than {MOST_TABLES} tables were asked for one decision: the rules of the others are not recorded")

    def functions(self, ids, path):
        """{name: Function} of the knowledge that something requires in the model at the end of `path`."""
        bound = {}
        for id_ in ids:
            _bind(bound, self.requirements.invocables[id_], path, self.function(id_))
        return bound

    def function(self, id_):
        """The Function of a business knowledge model or decision service."""
        if id_ not in self._functions:
            found = self.requirements.invocables[id_]
            self._functions[id_] = (self._model if isinstance(found, KnowledgeModel) else self._service)(found)
        return self._functions[id_]

    def _model(self, model):
        name = model.names[-1]

        def body(scope, run):
            return coerce(model.result_type, model.body(scope, run), self.env, f"the result of {name}")

        known = self.functions(model.knowledge, model.path)
        found = function(model.parameters, body, feel.Scope(known, env=self.env), self, name)
        # It may call itself: no requirement says so, because requirements have no circle. One that is named like a built-in means that.
        known.update({each: found for each in model.names if each not in BUILT_IN})
        return found

    def _service(self, service):
        requirements, name = self.requirements, service.names[-1]
        inputs = [requirements.inputs[id_] for id_ in service.input_data]
        decisions = [requirements.decisions[id_] for id_ in service.input_decisions]
        parameters = {**{each.names[0]: each.type for each in inputs}, **{each.names[0]: each.result_type for each in decisions}}

        def body(scope, run):
            given = {each.names[0]: scope.get(each.names[0]) for each in inputs}
            known = {each.id: scope.get(each.names[0]) for each in decisions}
            making = _Making(self, feel.Scope(given, env=self.env), known, service.path)
            for decision in order(requirements, service.outputs, known):
                making.make(decision)
            answers = {requirements.decisions[id_].names[0]: making.results[id_] for id_ in service.outputs}
            answer = answers if len(answers) > 1 else next(iter(answers.values()))
            return coerce(service.result_type, answer, self.env, f"the result of {name}")

        return function(parameters, body, feel.Scope({}, env=self.env), self, name)


class _Making:
    """Decisions over one set of variables. `results`: {decision id: value} so far; `path`: of the model whose variables they are."""

    def __init__(self, run, variables, results, path=()):
        self.run, self.variables, self.results, self.inputs, self.path = run, variables, dict(results), {}, path

    def make(self, decision):
        """The decision's value, into `results`. Raises Failed and FeelBudget."""
        requirements, env = self.run.requirements, self.run.env
        bound = self.run.functions(decision.knowledge, decision.path)
        for id_ in decision.required:
            _bind(bound, requirements.decisions[id_], decision.path, self.results[id_])
        for id_ in decision.inputs:
            _bind(bound, requirements.inputs[id_], decision.path, self.input(id_))
        value = decision.logic(feel.Scope(bound, outer=self._variables(decision.path)), self.run)
        self.results[decision.id] = coerce(decision.result_type, value, env, f"the result of {decision.name}")

    def input(self, id_):
        """The value of an input data, read from the variables once."""
        if id_ not in self.inputs:
            data = self.run.requirements.inputs[id_]
            variables = self._variables(data.path)
            value = next((found for name in data.names if (found := variables.get(name)) is not None), None)
            weigh(value)
            self.inputs[id_] = coerce(data.type, value, self.run.env, f"input {_told(data)}", door=True)
        return self.inputs[id_]

    def _variables(self, path):
        """What a model reads: of an imported one, the entries of the variable that is named like the import."""
        found = self.variables
        for name in filter(None, path[len(self.path) :]):
            inside = found.get(name)
            found = feel.Scope(inside if isinstance(inside, dict) else {}, env=self.run.env)
        return found


def _bind(bound, one, path, value):
    """Under the names of `one`, for an element of the model at the end of `path`: what that imports stands under the import's name."""
    for name in filter(None, one.path[len(path) :]):
        bound = bound.setdefault(name, {})
    bound.update(dict.fromkeys(one.names, value))


def _told(one):
    return ".".join((*filter(None, one.path), one.names[-1]))


def _record(decision, making, run):
    found = EvaluatedDecision(decision.id, decision.name, decision.type, output=making.results.get(decision.id))
    tables = run.tables
    if decision.table is not None:
        # A cell may call a function that is a table itself: of the tables that were asked, the decision's own is meant.
        tables = [asked for asked in tables if asked[0] is decision.table][-1:]
        for table, values, _ in tables:
            found.inputs = [(column.id, column.name, value) for column, value in zip(table.inputs, values, strict=False)]
    else:
        data, decisions = run.requirements.inputs, run.requirements.decisions
        found.inputs = [(id_, _told(data[id_]), making.inputs.get(id_)) for id_ in decision.inputs]
        found.inputs += [(id_, _told(decisions[id_]), making.results.get(id_)) for id_ in decision.required]
    for table, _, hits in tables:
        for hit in hits:
            outputs = [(column.id, column.name, value) for column, value in zip(table.outputs, hit.values, strict=True)]
            found.rules.append((hit.rule.id, hit.index, outputs))
            found.annotations += [(hit.rule.id, column, text) for column, text in hit.rule.annotations]
    return found
