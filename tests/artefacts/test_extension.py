"""整改延期 (P12): asked for before the deadline, granted by somebody of another unit, and told to the rectification as a derivation."""

import pytest

from engine.domain import separation
from engine.domain.errors import Invalid
from engine.domain.outcome import COMPLETED
from tests.artefacts.adhoc import HAZARD, TOWN, Story, at
from tests.forms import filled_adhoc as filled

DEADLINE = {
    "rule": "deadlines.dmn/step_term", "step": "整改", "basis": "安全生产法第四十一条", "start_event": "送达",
    "start": "2024-10-01T10:00:00+08:00", "n": 30, "unit": "日", "date": "2024-10-31", "at": "2024-10-31T23:59:59+08:00",
    "provisional": False, "calendar": "2024",
    "pauses": [], "extensions": [],
}  # fmt: skip


def begun(now="2024-10-14T09:00", level="较大", **variables):
    given = {"rectify_deadline": DEADLINE, "risk": {"level": level}, "assignment": {"implementer": "高科技公司"}}
    return Story("extension", now, **{**HAZARD, **given, **variables})


def applied(**variables):
    return begun(**variables).by("2024-10-14T10:00", "apply_extension", filled.apply_extension())


def test_the_enterprise_and_the_implementer_may_apply():
    assert begun().groups("apply_extension") == (f"企业@{filled.ENTERPRISE}", "实施主体@高科技公司")
    assert begun(assignment=None, enterprise=None).groups("apply_extension") == ("实施主体",)


def test_a_granted_extension_tells_the_new_deadline_and_how_it_was_found():
    # given
    story = applied()
    assert story.groups("review_extension") == ("应急管理中心",)

    # when: until a Saturday, which moves it to the Monday
    story.by("2024-10-15T10:00", "review_extension", filled.decide_extension("2024-11-09"))

    # then
    (message,) = story.thrown
    assert (message.kind, message.name, message.correlation_key) == ("message", "extension.granted", filled.HAZARD)
    told = message.variables["rectify_deadline"]
    assert (str(told["date"]), str(told["at"]), told["provisional"]) == ("2024-11-11", "2024-11-11T23:59:59+08:00", False)
    assert (told["rule"], told["start"], told["n"]) == (DEADLINE["rule"], DEADLINE["start"], 30)
    assert [(str(each["from"]), str(each["to"])) for each in told["extensions"]] == [("2024-10-31", "2024-11-09")]
    assert story.status == COMPLETED and story.path[-1] == "extended"


def test_a_second_extension_stands_beside_the_first():
    earlier = {"from": "2024-10-15", "to": "2024-10-31", "reason": "", "opinion": "", "decided_on": "2024-10-10"}
    story = applied(rectify_deadline={**DEADLINE, "extensions": [earlier]})
    story.by("2024-10-15T10:00", "review_extension", filled.decide_extension())
    assert [each["from"] for each in story.variables["rectify_deadline"]["extensions"]] == ["2024-10-15", "2024-10-31"]


def test_a_refusal_leaves_the_deadline_as_it_is_and_says_why():
    story = applied().by("2024-10-15T10:00", "review_extension", filled.refuse_extension())
    assert story.status == COMPLETED and story.path[-1] == "refused" and story.thrown == []
    assert story.variables["rectify_deadline"]["date"] == "2024-10-31" and story.variables["decision"]["opinion"]


@pytest.mark.parametrize("given", [{"level": "重大"}, {"grade": "重大"}])
def test_a_major_hazard_takes_the_leader_too(given):
    # given
    story = applied(**given).by("2024-10-15T10:00", "review_extension", filled.decide_extension())
    assert story.groups("approve_extension") == ("分管领导",)

    # then
    assert applied(**given).by("2024-10-15T10:00", "review_extension", filled.refuse_extension()).path[-1] == "refused"
    story.by("2024-10-16T10:00", "approve_extension", filled.decide_extension("2024-11-12"))
    assert str(story.thrown[0].variables["rectify_deadline"]["date"]) == "2024-11-12"


def test_the_leader_may_refuse():
    story = applied(level="重大").by("2024-10-15T10:00", "review_extension", filled.decide_extension())
    story.by("2024-10-16T10:00", "approve_extension", filled.refuse_extension())
    assert story.path[-1] == "not_approved" and story.thrown == []


def test_after_the_deadline_nobody_applies_and_nobody_grants():
    # given
    late, waiting = begun("2024-11-01T09:00"), applied().until(at("2024-11-01T09:00"))

    # then
    with pytest.raises(Invalid) as refused:
        late.by("2024-11-01T10:00", "apply_extension", filled.apply_extension())
    assert list(refused.value.details["problems"]) == ["extension.until"]
    with pytest.raises(Invalid) as refused:
        waiting.fill_in("review_extension", **filled.decide_extension())
    assert list(refused.value.details["problems"]) == ["decision.outcome"]
    assert waiting.fill_in("review_extension", **filled.refuse_extension()).path[-1] == "refused"


def _standalone():
    return {**filled.apply_extension()["extension"], "due": "2024-10-31"}


def test_a_listed_hazard_asks_twenty_working_days_ahead():
    # given: 31 October is the 13th working day after 14 October
    listed = filled.apply_extension(listed=True)

    # then
    with pytest.raises(Invalid) as refused:
        begun().by("2024-10-14T10:00", "apply_extension", listed)
    assert list(refused.value.details["problems"]) == ["extension.listed"]
    assert begun("2024-09-27T09:00").by("2024-09-27T10:00", "apply_extension", listed).open == ["review_extension"]


def test_it_is_decided_before_the_old_deadline_and_within_ten_working_days():
    assert applied().task("review_extension").due == at("2024-10-28T23:59:59")
    story = begun("2024-10-29T09:00").by("2024-10-29T10:00", "apply_extension", filled.apply_extension())
    assert story.task("review_extension").due == at("2024-10-31T23:59:59")


def test_no_more_is_granted_than_was_asked_for():
    with pytest.raises(Invalid) as refused:
        applied().by("2024-10-15T10:00", "review_extension", filled.decide_extension("2024-11-16"))
    assert list(refused.value.details["problems"]) == ["decision.until"]


def test_without_a_case_the_applicant_tells_the_deadline():
    story = Story("extension", "2024-10-14T09:00", **HAZARD)
    answers = filled.apply_extension()
    story.fill_in("apply_extension", **{**answers, "hazard_no": filled.HAZARD, "extension": _standalone()})
    story.by("2024-10-15T10:00", "review_extension", filled.decide_extension("2024-11-12"))
    assert str(story.thrown[0].variables["rectify_deadline"]["date"]) == "2024-11-12"


def test_nobody_decides_for_their_own_unit_and_nobody_twice():
    elements = TOWN.definitions["extension"].elements
    assert [(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["review_extension"].properties)] == [
        ("apply_extension", True)
    ]
    assert [(rule.element_id, rule.whole_unit) for rule in separation.rules(elements["approve_extension"].properties)] == [
        ("apply_extension", True),
        ("review_extension", False),
    ]
