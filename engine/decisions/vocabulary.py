"""Every element and attribute of DMN 1.1 to 1.5 that is understood here; whatever else a file holds is refused by name."""

from engine.decisions.errors import local, problem

MODELS = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
FEEL = {
    "feel",
    "http://www.omg.org/spec/FEEL/20140401",
    "http://www.omg.org/spec/DMN/20180521/FEEL/",
    "https://www.omg.org/spec/DMN/20191111/FEEL/",
    "https://www.omg.org/spec/DMN/20211108/FEEL/",
    "https://www.omg.org/spec/DMN/20230324/FEEL/",
}
XSI, XML = "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/XML/1998/namespace"
#: Where the diagram is drawn: shapes and edges carry no meaning.
DRAWING = ("/DMNDI/", "/DMN/20180521/DI/", "/DMN/20180521/DC/", "/schema/dmn/biodi/")
#: What modelers note for themselves: which exporter, how a constraint was typed in, a logo. None of it changes a result.
NOTES = {
    "http://camunda.org/schema/modeler/1.0",
    "http://bpmn.io/schema/dmn/biodi/1.0",
    "http://bpmn.io/schema/dmn/biodi/2.0",
    "http://www.trisotech.com/2015/triso/modeling",
    "http://www.drools.org/kie/dmn/1.2",
    "http://www.drools.org/kie/dmn/1.1",
    "https://kie.org/dmn/extensions/1.0",
    "https://products.bfs-intra.net/milestones/vr/spec/20170328/dmndi.xsd",
}
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

LOGIC = {
    "literalExpression", "context", "invocation", "functionDefinition", "list", "relation", "decisionTable", "conditional", "filter", "for",
    "some", "every",
}  # fmt: skip


def _entry(attributes="", children="", logic=False):
    return (
        frozenset(f"id label {attributes}".split()),
        frozenset(f"description extensionElements {children}".split()) | (LOGIC if logic else frozenset()),
    )


_HREF, _TEXT = _entry("href"), _entry("typeRef expressionLanguage", "text")
_CHILD, _QUANTIFIED = _entry("typeRef", logic=True), _entry("typeRef iteratorVariable", "in satisfies")
#: element -> (its attributes, its children)
ELEMENTS = {
    "definitions": _entry(
        "name namespace expressionLanguage typeLanguage exporter exporterVersion",
        "import itemDefinition decision inputData businessKnowledgeModel knowledgeSource decisionService association textAnnotation group "
        "elementCollection performanceIndicator organizationUnit",
    ),
    "import": _entry("name namespace importType locationURI"),
    "itemDefinition": _entry("name typeLanguage isCollection", "typeRef allowedValues typeConstraint itemComponent functionItem"),
    "itemComponent": _entry("name typeLanguage isCollection", "typeRef allowedValues typeConstraint itemComponent functionItem"),
    "functionItem": _entry("outputTypeRef", "parameters"),
    "parameters": _entry("name typeRef"),
    "typeRef": (frozenset(), frozenset()),
    "decision": _entry(
        "name",
        "question allowedAnswers variable informationRequirement knowledgeRequirement authorityRequirement supportedObjective "
        "impactedPerformanceIndicator decisionMaker decisionOwner usingProcess usingTask",
        logic=True,
    ),
    "inputData": _entry("name href", "variable"),
    "businessKnowledgeModel": _entry("name", "variable encapsulatedLogic knowledgeRequirement authorityRequirement"),
    "decisionService": _entry("name", "variable outputDecision encapsulatedDecision inputDecision inputData"),
    "knowledgeSource": _entry("name locationURI", "authorityRequirement type owner"),
    "informationRequirement": _entry("", "requiredDecision requiredInput"),
    "knowledgeRequirement": _entry("", "requiredKnowledge"),
    "authorityRequirement": _entry("", "requiredDecision requiredInput requiredAuthority"),
    "variable": _entry("name typeRef"),
    "encapsulatedLogic": _entry("typeRef kind", "formalParameter", logic=True),
    "functionDefinition": _entry("typeRef kind", "formalParameter", logic=True),
    "formalParameter": _entry("name typeRef"),
    "literalExpression": _TEXT,
    "inputExpression": _TEXT,
    "context": _entry("typeRef", "contextEntry"),
    "contextEntry": _entry("", "variable", logic=True),
    "invocation": _entry("typeRef", "binding", logic=True),
    "binding": _entry("", "parameter", logic=True),
    "parameter": _entry("name typeRef"),
    "list": _CHILD,
    "relation": _entry("typeRef", "column row"),
    "column": _entry("name typeRef"),
    "row": _CHILD,
    "conditional": _entry("typeRef", "if then else"),
    "filter": _entry("typeRef", "in match"),
    "for": _entry("typeRef iteratorVariable", "in return"),
    "some": _QUANTIFIED,
    "every": _QUANTIFIED,
    **dict.fromkeys(("if", "then", "else", "in", "match", "return", "satisfies"), _CHILD),
    "decisionTable": _entry("typeRef hitPolicy aggregation preferredOrientation outputLabel", "input output annotation rule"),
    "input": _entry("", "inputExpression inputValues"),
    "output": _entry("name typeRef", "outputValues defaultOutputEntry"),
    "annotation": _entry("name"),
    "rule": _entry("", "inputEntry outputEntry annotationEntry"),
    **dict.fromkeys(("inputEntry", "inputValues", "outputValues", "allowedValues", "typeConstraint"), _TEXT),
    **dict.fromkeys(("outputEntry", "defaultOutputEntry"), _TEXT),
    "annotationEntry": _entry("", "text"),
    **dict.fromkeys(("text", "description", "question", "allowedAnswers", "type"), (frozenset(), frozenset())),
    # Who decides, who owns, what for: shown to people, never evaluated.
    **dict.fromkeys(("supportedObjective", "impactedPerformanceIndicator", "decisionMaker", "decisionOwner", "owner"), _HREF),
    **dict.fromkeys(("usingProcess", "usingTask", "impactingDecision", "decisionMade", "decisionOwned", "drgElement"), _HREF),
    **dict.fromkeys(("requiredDecision", "requiredInput", "requiredKnowledge", "requiredAuthority"), _HREF),
    **dict.fromkeys(("outputDecision", "encapsulatedDecision", "inputDecision", "sourceRef", "targetRef"), _HREF),
    "association": _entry("associationDirection", "sourceRef targetRef"),
    "textAnnotation": _entry("textFormat", "text"),
    "group": _entry("name"),
    "elementCollection": _entry("name", "drgElement"),
    "performanceIndicator": _entry("name URI", "impactingDecision"),
    "organizationUnit": _entry("name URI", "decisionMade decisionOwned"),
}
#: DMN has them, and they are left out on purpose.
NOT_RUN = {
    "importedValues": "Write the values into this file.",
}
REMOVE = "Remove it; it would have no effect here."


def check(root):
    """-> [Problem] of everything in the tree that is not understood: elements, attributes, extensions, text that stands nowhere."""
    found, model = [], root.tag[1:].partition("}")[0]
    _check(root, model, found)
    return found


def _check(element, model, found):
    name = local(element)
    attributes, children = ELEMENTS[name]
    for attribute in element.attrib:
        if attribute not in attributes and not _is_note(attribute):
            found.append(_unknown(element, "UNSUPPORTED_ATTRIBUTE", f"attribute {_shown(attribute)} of {name}", REMOVE))
    _check_text(element, name, found)
    for child in element:
        own, inner = child.tag.startswith("{" + model + "}"), local(child)
        if own and inner == "extensionElements":
            _check_extensions(child, found)
        elif own and inner in children:
            _check(child, model, found)
        elif own and inner in NOT_RUN:
            found.append(_unknown(child, "UNSUPPORTED_ELEMENT", f"element {inner} in {name}", NOT_RUN[inner]))
        elif own or not any(drawing in child.tag for drawing in DRAWING):
            found.append(_unknown(child, "UNSUPPORTED_ELEMENT", f"element {inner if own else _shown(child.tag)} in {name}", REMOVE))


def _check_text(element, name, found):
    holds_text = not ELEMENTS[name][1]
    stray = [] if holds_text else [element.text, *(child.tail for child in element)]
    for text in stray:
        if text and text.strip():
            found.append(_unknown(element, "STRAY_TEXT", f"text {text.strip()[:40]!r} in {name}", "Put it into the element <text>."))


def _check_extensions(holder, found):
    for extension in holder:
        if extension.tag == f"{{{ZEEBE}}}versionTag":
            if set(extension.attrib) != {"value"} or len(extension):
                found.append(_unknown(extension, "UNSUPPORTED_ATTRIBUTE", "a zeebe:versionTag with more than a value", REMOVE))
        elif not _is_note(extension.tag):
            found.append(_unknown(extension, "UNSUPPORTED_EXTENSION", f"extension {_shown(extension.tag)}", REMOVE))


def _is_note(tag):
    return tag[:1] == "{" and tag[1:].partition("}")[0] in NOTES | {XSI, XML}


def _shown(tag):
    namespace, _, name = tag.rpartition("}")
    return f"{name} of {namespace[1:]}" if namespace else name


def _unknown(element, code, what, remedy):
    return problem(element, code, f"Expected only what decisions here can use, but found {what}", remedy)
