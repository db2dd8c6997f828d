"""The standard loop: again while its condition is true, at most so often."""

import pytest

from tests.engine.bpmn.stories import play


@pytest.mark.parametrize("answers, tries", [([True], 1), ([False, True], 2), ([False, False, False], 3)])
def test_it_is_tried_at_least_once_while_the_condition_holds_and_at_most_as_often_as_the_maximum(answers, tries):
    case = play("standard_loop", works=False, litres=0)

    for works in answers:
        case.complete("try", works=works)

    assert case.passed().count("try") == tries + 1  # the body is the first
    assert case.status == "COMPLETED"  # what is tested before is not done once


def test_tested_before_it_is_done_while_the_condition_holds():
    case = play("standard_loop", works=True, litres=2).complete("try")
    assert case.open == ["drain"]

    case.complete("drain", litres=1).complete("drain", litres=0)

    assert case.status == "COMPLETED"
