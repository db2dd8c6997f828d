"""Escalations: told outward, ending nothing unless their catcher interrupts; one that nobody hears is an incident until somebody does."""

from tests.engine.bpmn.events.beside import play


def test_a_boundary_that_does_not_interrupt_hears_it_and_one_that_does_ends_the_activity():
    # given: late is thrown in between, and caught by its code
    case = play("escalation_boundary", hopeless=True)
    assert case.open == ["rectify", "urge"]

    # when: given up is thrown at an end, and caught by whoever catches everything
    case.complete("rectify")

    # then
    assert case.open == ["take_over", "urge"] and case.passed("terminated") == ["given_up", "rectification"]
    assert case.complete("urge").complete("take_over").status == "COMPLETED"


def test_a_path_that_ends_well_goes_on():
    case = play("escalation_boundary", hopeless=False).complete("urge").complete("rectify")

    assert case.open == ["verify"] and case.complete("verify").status == "COMPLETED"


def test_event_sub_processes_hear_it():
    case = play("escalation_event_subprocess")
    assert case.open == ["rectify", "urge"]

    case.complete("rectify")

    assert case.open == ["take_over"] and case.passed("terminated") == ["urge", "lateness", "given_up"]
    assert case.complete("take_over").status == "COMPLETED"


def test_one_that_nobody_catches_waits_as_an_incident_and_goes_on_when_that_is_resolved():
    # given: late, thrown in between
    case = play("escalation_called")
    error_type, sentence = case.incidents["late"]
    assert error_type == "UNHANDLED_ESCALATION_EVENT" and "'LATE'" in sentence
    assert case.open == [] and case.status == "ACTIVE"

    # when: then given up, thrown at an end
    case.resolve("late").complete("rectify")
    assert list(case.incidents) == ["given_up"] and case.status == "ACTIVE"

    # then
    assert case.resolve("given_up").status == "COMPLETED" and case.incidents == {}
