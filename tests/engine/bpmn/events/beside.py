"""The diagrams of this folder, played as those of the folder above are."""

from tests.engine.bpmn import stories


def diagram(name):
    """The bytes of <name>.bpmn."""
    return stories.diagram(f"events/{name}")


def play(name, **arguments):
    """A Case of the diagram <name>.bpmn; `arguments` as Case takes them, and the variables that it starts with."""
    return stories.play(f"events/{name}", **arguments)
