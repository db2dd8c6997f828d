"""Can a person see everything that is executed? What is not drawn runs all the same, so this only warns."""

from engine.gate.elements import called, warning

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def check(diagram):
    """Warnings for executable elements without a shape or edge; one alone where nothing is drawn at all (engine/gate/layout)."""
    shapes = {shape.get("bpmnElement", "").rpartition(":")[2] for shape in diagram.root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")}
    if not shapes:
        if diagram.executable:
            sentence = "Expected a drawing, but the file has no shapes: where one is shown, it is laid out automatically."
            yield warning(diagram.executable[0], "NO_DRAWING", sentence, "Look at it in the designer, and save it there with its drawing.")
        return
    for scope in diagram.scopes:
        for element in [*scope.nodes, *scope.flows]:
            if element.get("id") not in shapes:
                sentence = f"Expected {called(element)} to be drawn, but it has no shape."
                yield warning(element, "NOT_DRAWN", sentence, "Delete it, or draw it again.")
