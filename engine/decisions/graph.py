"""The elements of a requirements graph, one kind after the other, and the requirements between them."""

from engine.decisions import boxed, imports, item_definitions
from engine.decisions.errors import local
from engine.decisions.reading import children
from engine.decisions.requirements import Decision, InputData, KnowledgeModel, Service
from engine.decisions.types import ANY
from engine.decisions.vocabulary import ZEEBE

KINDS = ("inputData", "decision", "businessKnowledgeModel", "decisionService", "knowledgeSource")
INVOCABLE = ("businessKnowledgeModel", "decisionService")
TYPES = {
    "literalExpression": "LITERAL_EXPRESSION",
    "decisionTable": "DECISION_TABLE",
    "functionDefinition": "FUNCTION_DEFINITION",
}


class Graph:
    """`elements`: {id: element} of everything in the file that can be required; `imported`: the Requirements of each of its imports."""

    def __init__(self, reading):
        self.reading, self.elements = reading, {}
        for element in reading.root:
            if local(element) in KINDS:
                self._register(element)
        self.names = frozenset(name for element in self.elements.values() for name in self._names(element))
        self.imported = [imports.placed(each) for each in reading.imports.values()]
        self._expect_no_clash()

    def _register(self, element):
        id_ = element.get("id")
        if not id_:
            sentence = f"Expected {local(element)} {element.get('name') or ''} to have an id, but found none"
            self.reading.refuse(element, "MISSING_ID", sentence, "Open the file in the modeler and save it again.")
        else:
            self.elements.setdefault(id_, element)

    def _expect_no_clash(self):
        """Names and ids mean one thing each in a file: what an import brings, and its own name, are among them."""
        names, ids = set(self.names), set(self.elements)
        for source, placed in zip(self.reading.imports.values(), self.imported, strict=True):
            new = {source.name} if source.name else source.model.names
            brought = {*placed.decisions, *placed.inputs, *placed.invocables}
            for what, clash in (("name", names & new), ("id", ids & brought)):
                if clash:
                    sentence = f"Expected an import to bring nothing that is there already, but the {what} {min(clash)} is"
                    self.reading.refuse(source.element, f"DUPLICATE_{what.upper()}", sentence, "Give the import a name of its own.")
            names |= new
            ids |= brought

    def of(self, *kinds):
        """The (id, element) of those kinds, in the order of the file."""
        return [(id_, element) for id_, element in self.elements.items() if local(element) in kinds]

    def input_data(self, id_, element):
        """<inputData> -> InputData."""
        return InputData(id_, self._names(element), self._type(element))

    def decision(self, id_, element):
        """<decision> -> Decision, its logic compiled."""
        logic = self.reading.logic(element, needed=False)
        inputs = self._required(element, "informationRequirement", "requiredInput", ("inputData",))
        required = self._required(element, "informationRequirement", "requiredDecision", ("decision",))
        knowledge = self._required(element, "knowledgeRequirement", "requiredKnowledge", INVOCABLE)
        self._required(element, "authorityRequirement", "requiredAuthority", ("knowledgeSource",))
        name = self.reading.name(element)
        type_ = "UNSPECIFIED" if logic is None else TYPES.get(local(logic), local(logic).upper())
        return Decision(
            id_, name, self._names(element), type_, self._version_tag(element), inputs, required, knowledge, self._type(element),
            boxed.logic(self.reading, logic, self._scope(element, (*inputs, *required, *knowledge)), name),
        )  # fmt: skip

    def knowledge_model(self, id_, element):
        """<businessKnowledgeModel> -> KnowledgeModel, its body compiled."""
        knowledge = self._required(element, "knowledgeRequirement", "requiredKnowledge", INVOCABLE)
        name = self.reading.name(element)
        function = self.reading.only(element, "encapsulatedLogic")
        if function is None:
            return KnowledgeModel(id_, self._names(element), {}, knowledge, ANY, boxed.logic(self.reading, None, {}, name))
        boxed.expect_feel_function(self.reading, function)
        parameters = boxed.parameters(self.reading, function)
        known = {**dict.fromkeys(self._names(element), ANY), **self._scope(element, knowledge), **parameters}
        body = boxed.logic(self.reading, self.reading.logic(function), known, name)
        result_type = _result(self._type(element))
        if result_type is ANY:
            result_type = _result(item_definitions.of(self.reading, function))
        return KnowledgeModel(id_, self._names(element), parameters, knowledge, result_type, body)

    def service(self, id_, element):
        """<decisionService> -> Service."""
        self._expect_own(element)
        outputs = self._hrefs(children(element, "outputDecision"), ("decision",))
        if not outputs:
            sentence = f"Expected decision service {self.reading.name(element)} to have an output decision, but found none"
            self.reading.refuse(element, "MISSING_ELEMENT", sentence, "Choose at least one.")
        self._hrefs(children(element, "encapsulatedDecision"), ("decision",))
        inputs, decisions = (
            self._hrefs(children(element, "inputData"), ("inputData",)), self._hrefs(children(element, "inputDecision"), ("decision",)),
        )  # fmt: skip
        self._scope(element, (*inputs, *decisions))
        return Service(id_, self._names(element), outputs, inputs, decisions, _result(self._type(element)))

    def _expect_own(self, element):
        """What a service is given has no name that could be a parameter where it is another model's: "import.name" is none."""
        for reference in element.iterchildren("{*}outputDecision", "{*}encapsulatedDecision", "{*}inputDecision", "{*}inputData"):
            if (reference.get("href") or "").rpartition("#")[0] in self.reading.imports:
                sentence = f"Expected a decision service of decisions and inputs of its own file, but found {reference.get('href')}"
                remedy = "Choose a decision of this file that requires the imported one."
                self.reading.refuse(reference, "REFERENCE_OUTSIDE", sentence, remedy)

    def _required(self, element, requirement, child, kinds):
        """The ids that the element's requirements of one kind name."""
        found = []
        for holder in children(element, requirement):
            targets = [target for target in holder if target.get("href") is not None]
            if len(targets) != 1:
                sentence = f"Expected {requirement} to name one element, but found {len(targets)}"
                self.reading.refuse(holder, "REFERENCE_UNCLEAR", sentence, "Draw the requirement again.")
            found += [target for target in targets if local(target) == child]
        return self._hrefs(found, kinds)

    def _hrefs(self, references, kinds):
        found = {}
        for reference in references:
            href = reference.get("href") or ""
            namespace, hash_, id_ = href.rpartition("#")
            source = self.reading.imports.get(namespace)
            if source is not None:
                target, kind = source.within(id_), source.model.kinds.get(id_)
            else:
                target, kind = id_, local(self.elements[id_]) if id_ in self.elements else None
            if not hash_ or (source is None and namespace not in ("", self.reading.namespace)):
                sentence = f"Expected {local(reference)} to name an element of this file or of an import, but found {href or 'nothing'}"
                self.reading.refuse(reference, "REFERENCE_OUTSIDE", sentence, "Import the model that has it.")
            elif kind not in kinds:
                sentence = f"Expected {local(reference)} to name a {' or '.join(kinds)}, but found {id_}"
                self.reading.refuse(reference, "UNKNOWN_REFERENCE", sentence, "Draw the requirement again.")
            else:
                found[target] = None
        return tuple(found)

    def _scope(self, element, ids):
        """{name: Type} of what the requirements bring into the element's logic; two of the same name are refused."""
        owners, types = {}, {}
        for id_ in ids:
            if id_ not in self.elements:
                types |= self._imported(id_)
                continue
            for name in self._names(self.elements[id_]):
                if owners.setdefault(name, id_) != id_:
                    sentence = f"Expected requirements with different names, but {owners[name]} and {id_} are both named {name}"
                    self.reading.refuse(element, "DUPLICATE_NAME", sentence, "Rename one of them.")
                types[name] = ANY if local(self.elements[id_]) in INVOCABLE else self._type(self.elements[id_])
        return types

    def _imported(self, id_):
        """{name: Type} of what a requirement of an import's element brings: the name of the import, or the element's own without one."""
        placed = next(each for each in self.imported if any(id_ in kind for kind in (each.decisions, each.inputs, each.invocables)))
        found = placed.decisions.get(id_) or placed.inputs.get(id_) or placed.invocables[id_]
        if found.path[0]:
            return {found.path[0]: ANY}
        type_ = getattr(found, "type", ANY) if id_ in placed.inputs else ANY if id_ in placed.invocables else found.result_type
        return dict.fromkeys(found.names, type_)

    def _names(self, element):
        """Under which names others read the element: its variable's, its own, and like Camunda by its id if it has no variable."""
        variable = self.reading.only(element, "variable")
        own = [variable.get("name")] if variable is not None else [element.get("id")]
        return tuple(dict.fromkeys(name for name in (*own, self.reading.name(element)) if name))

    def _type(self, element):
        variable = self.reading.only(element, "variable")
        return ANY if variable is None else item_definitions.of(self.reading, variable)

    def _version_tag(self, element):
        tags = element.findall(f"{{*}}extensionElements/{{{ZEEBE}}}versionTag")
        return tags[0].get("value") if tags else None


def _result(type_):
    """What a function of that type answers; the type itself where the variable says the result's type directly."""
    return (type_.result or ANY) if type_.base == "function" else type_
