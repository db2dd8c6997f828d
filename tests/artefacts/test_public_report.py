"""群众举报受理, with the discovery (P1) that it sets going: what is passed on, what comes back, and that the reporter is in none of it."""

import json
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from cases.numbers import NumberSeries
from cases.take_number import take
from engine.domain.errors import Invalid
from engine.domain.outcome import ACTIVE, COMPLETED
from tests.artefacts.adhoc import CALENDAR, TOWN, at
from tests.artefacts.town import Case
from tests.forms import filled, filled_place
from tests.forms import filled_report as report

LISTED_BEFORE = "松昆安整-2024-0012"


class Story(Case):
    """A case whose handlers are answered for. `start`: the event by which it begins; `called`: {number: variables} of living children."""

    def __init__(self, process_id, now, start=None, **variables):
        self.begin, self.called, self.numbers = start, {}, create_engine("sqlite://")
        NumberSeries.__table__.create(self.numbers)
        super().__init__(TOWN, process_id, at(now), CALENDAR, **variables)

    def take(self, out):
        self.called |= {number: child.variables for number, child in out.children_opened.items()}
        super().take(out)

    def answer(self, call):
        match call.name:
            case "local:number:take":
                with Session(self.numbers) as session:
                    return {"variables": take(session, SimpleNamespace(variables=call.variables, now=self.now))[0]}
            case "local:inspection:verify":
                return {"variables": {}}
            case "local:place:find_duplicates":
                return {"variables": {"duplicates": [{"no": LISTED_BEFORE, "name": "昆港公路 88 号"}]}}
            case "local:place:list":
                told = {name: call.variables[name] for name in ("parties", "hazards")}
                return {"variables": {"case_no": filled.CASE, "place_no": filled.CASE, **told}}
        raise AssertionError(call.name)

    def hears(self, message):
        """A message as another case threw it reaches the one who waits for it."""
        (id_,) = [
            id_ for id_, each in self.subscriptions.items() if (each.name, each.correlation_key) == (message.name, message.correlation_key)
        ]
        return self.do("trigger", subscription=id_, variables=message.variables)

    def groups(self, element_id):
        return self.task(element_id).candidate_groups


def accepted(data=None):
    """A report is accepted on a Monday."""
    return Story("public_report", "2024-04-01T10:00").fill_in("accept_report", **(data or report.accept_report()))


def intake(message):
    return Story("discovery_intake", "2024-04-01T10:00", start="ticket_received", **message.variables)


def checked(case, outcome, **changes):
    """Registered as a report by the public, and checked."""
    if "report_place" in case.open:
        case.until(at("2024-04-02T15:00"))
        registered = filled_place.report_place(source=case.variables["source"], ticket_no=case.variables["ticket_no"])
        case.fill_in("report_place", **registered)
    return case.fill_in("check_report", **filled_place.check_report(outcome, **changes))


def transferred(case, approval, reply=None):
    """The transfer that the case called is over."""
    (number,) = case.called
    del case.called[number]
    return case.do("complete_child", number=number, variables={"approval": approval, **({"reply": reply} if reply else {})})


APPROVED = {"outcome": "批准", "opinion": "同意移送。"}
ACCEPTED = {"outcome": "立案", "content": "已经立案。"}
OUTCOMES = [
    ("上账", {}, {"outcome": "上账", "reason": None, "case_no": filled.CASE}),
    (
        "并入",
        {"merged_into": LISTED_BEFORE, "reason": "同一厂房已经在册。"},
        {"outcome": "并入", "reason": "同一厂房已经在册。", "case_no": LISTED_BEFORE},
    ),
    ("不属实", {"reason": "现场无人居住。"}, {"outcome": "不属实", "reason": "现场无人居住。", "case_no": None}),
    (
        "移送",
        {"transfer_to": "公安机关", "reason": "涉嫌犯罪。"},
        {"outcome": "移送", "reason": "已移送公安机关：涉嫌犯罪。", "case_no": None},
    ),
]


def settled(case, outcome, changes):
    checked(case, outcome, **changes)
    return transferred(case, APPROVED, ACCEPTED) if outcome == "移送" else case


def test_what_is_passed_on_has_a_number_and_nothing_of_the_reporter():
    # when
    case = accepted()

    # then
    (passed_on,) = case.thrown
    assert (passed_on.name, passed_on.correlation_key) == ("ticket.in", report.NUMBER)
    assert passed_on.variables == {
        "source": "群众举报",
        "ticket_no": report.NUMBER,
        "description": "二层车间内隔出房间住人，约六人，楼梯仅一部。",
        "place": {"address": "昆港公路 88 号 3 幢二层", "village": "陈坊村居委会"},
    }
    told = json.dumps(passed_on.variables, ensure_ascii=False)
    assert not [secret for secret in (report.NAME, report.MOBILE, report.WORDS) if secret in told]
    assert case.status == ACTIVE and case.open == []


def test_no_diagram_takes_a_number_of_cases_for_something_else():
    with pytest.raises(ValueError, match="松昆举"):
        take(None, SimpleNamespace(variables={"series": "松昆安整"}, now=at("2024-04-01T10:00")))


def test_what_identifies_the_reporter_is_kept_apart_for_the_desk_alone():
    kept = TOWN.forms["accept_report"].sensitive
    assert kept.keys() == {"reporter.name", "reporter.mobile", "report.content"}
    assert {(secret.audience, secret.emergency) for secret in kept.values()} == {("举报受理", "主要领导")}


@pytest.mark.parametrize("secret", [report.NAME, report.MOBILE])
def test_a_text_that_names_the_reporter_is_not_passed_on(secret):
    with pytest.raises(Invalid) as refused:
        accepted(report.accept_report(text=f"据{secret}反映，二层车间内隔出房间住人。"))
    assert refused.value.details["problems"] == {"passed_on.text": ["「转交内容」不得写有举报人的姓名、手机，请改写"]}


@pytest.mark.parametrize("outcome, changes, told", OUTCOMES)
def test_every_outcome_comes_back_and_is_answered(outcome, changes, told):
    # given
    desk = accepted()
    case = intake(desk.thrown[0])

    # when
    settled(case, outcome, changes)

    # then
    assert case.status == COMPLETED and case.path[-1] == "report_settled"
    message = case.thrown[-1]
    assert (message.name, message.correlation_key, message.variables) == ("report.settled", report.NUMBER, told)
    desk.until(at("2024-04-02T15:00")).hears(message)
    assert desk.variables["settled"] == told and desk.groups("answer_reporter") == ("举报受理",)
    assert desk.task("answer_reporter").due == at("2024-04-10T23:59:59")  # over 清明, and on the Sunday that is worked for it
    desk.fill_in("answer_reporter", **report.answer_reporter())
    assert desk.status == COMPLETED and desk.path[-1] == "answered"


def test_the_place_that_comes_of_it_knows_the_token_and_hands_no_number_to_what_an_enterprise_reads():
    case = settled(intake(accepted().thrown[0]), "上账", {})
    (approved,) = [message for message in case.thrown if message.name == "ledger.approved"]
    assert {name: approved.variables[name] for name in ("origin", "source", "ticket_no")} == {
        "origin": "群众举报",
        "source": None,
        "ticket_no": None,
    }


@pytest.mark.parametrize("outcome, changes, _", OUTCOMES)
def test_nobody_at_the_desk_hears_of_what_others_found(outcome, changes, _):
    case = Story("discovery_intake", "2024-04-01T10:00", source="12345", ticket_no="2024040100123")
    settled(case, outcome, changes)
    assert case.status == COMPLETED and case.path[-1] == "intake_over"
    assert [message.name for message in case.thrown] == (["ledger.approved"] if outcome == "上账" else [])


def test_a_ticket_s_place_keeps_its_source():
    case = settled(Story("discovery_intake", "2024-04-01T10:00", source="12345", ticket_no="2024040100123"), "上账", {})
    assert {name: case.thrown[0].variables[name] for name in ("source", "ticket_no")} == {"source": "12345", "ticket_no": "2024040100123"}


def test_an_anonymous_report_is_settled_without_an_answer():
    desk = accepted(report.anonymous())
    desk.hears(settled(intake(desk.thrown[0]), "不属实", {"reason": "现场无人居住。"}).thrown[-1])
    assert desk.status == COMPLETED and desk.path[-1] == "not_answered"


def test_a_report_without_a_result_is_raised_after_fifteen_working_days_and_still_waited_for():
    desk = accepted().until(at("2024-04-23T10:00"))
    assert desk.open == []

    desk.until(at("2024-04-24T10:00"))
    assert desk.open == ["heed_report"] and set(desk.groups("heed_report")) == {"举报受理", "主要领导"}

    desk.fill_in("heed_report", **report.heed_report("2024-04-24T09:00+08:00"))
    assert desk.status == ACTIVE and [each.name for each in desk.subscriptions.values()] == ["report.settled"]


def test_a_reporter_in_danger_is_told_of_at_once_and_however_soon_the_result_comes():
    # given
    desk = accepted(report.accept_report(at_risk=True))
    assert desk.open == ["heed_report"] and "主要领导" in desk.groups("heed_report")

    # when
    desk.hears(settled(intake(desk.thrown[0]), "不属实", {"reason": "现场无人居住。"}).thrown[-1])

    # then
    assert desk.open == ["answer_reporter", "heed_report"]


@pytest.mark.parametrize(
    "approval, reply, told",
    [
        ({"outcome": "不批准", "opinion": "证据不足。"}, None, "群众举报（移送不批准：证据不足。）"),
        (APPROVED, {"outcome": "退回", "content": "不属本机关管辖。"}, "群众举报（移送退回：不属本机关管辖。）"),
    ],
)
def test_a_transfer_that_fails_is_checked_again_with_its_reason(approval, reply, told):
    # given
    case = checked(intake(accepted().thrown[0]), "移送", transfer_to="公安机关", reason="涉嫌犯罪。")
    (handed,) = case.called.values()
    assert (handed["transfer_to"], handed["case_no"]) == ("公安机关", None)

    # when
    transferred(case, approval, reply)

    # then the one who checks reads why, and may decide otherwise
    assert case.status == ACTIVE and case.open == ["check_report"] and case.thrown == []
    assert case.known("check_report")["source"] == told
    checked(case, "不属实", reason="现场无人居住。")
    assert case.path[-1] == "report_settled" and case.variables["handover"] is None
    assert case.variables["source"] == "群众举报"
