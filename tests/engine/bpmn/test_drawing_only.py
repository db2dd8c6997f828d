"""What only draws is kept with the file and changes nothing."""

from tests.engine.bpmn.stories import play


def test_annotations_groups_and_documentation_change_nothing():
    case = play("drawing_only")
    look = case.definition.elements["look"]

    assert (case.definition.documentation, look.documentation) == ("What is said here is for people.", "With your own eyes.")
    assert look.properties == {"bihuan:legalBasis": "第四十一条"}
    assert case.complete("look").passed() == ["drawing_only", "start", "look", "end"]
    assert case.status == "COMPLETED"
