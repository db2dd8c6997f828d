"""What begins beside the tasks: somebody starts a process, or a program tells a message."""

from engine.commands.publish_message import publish_message
from engine.commands.start_instance import start_instance

CENTRE, ROBOT = "wang.zhiqiang", "robot"


def _case(facts):
    """The variables that a special process is given in the case of a place."""
    return {name: facts[name] for name in ("case_no", "place_name", "enterprise", "village", "zone") if facts.get(name) is not None}


def enforce(play, story, facts, matter="安全生产", serial=1):
    """The request to open a case of enforcement, for one of the hazards."""
    asked = {
        **{name: facts[name] for name in ("case_no", "place_name", "zone")},
        "hazard_no": f"{facts['case_no']}-{serial:02d}",
        "enterprise": facts["hazards"][serial - 1]["enterprise"],
        "act_date": play.local.date().isoformat(),
        **({"matter": matter} if matter else {}),
    }
    return _tell(play, "enforce.requested", asked["hazard_no"], asked)


def extend(play, story, facts):
    """The enterprise asks for a longer term for a hazard."""
    names = ("hazard_no", "enterprise", "assignment", "rectify_deadline", "risk", "grade")
    given = _case(facts) | {name: facts[name] for name in names}
    return _start(play, story, story.place.enterprise.username, "extension", given)


def correct(play, story, facts):
    """Something on the ledger is wrong."""
    return _start(play, story, CENTRE, "correction", {"case_no": facts["case_no"]})


def danger(play, story, facts):
    """Somebody of the village sees a danger."""
    return _start(play, story, play.neighbour(story), "emergency_stop", _case(facts))


def report(play, story, facts):
    """Somebody of the public tells the desk."""
    return _start(play, story, play.cast.of_group("举报受理", story.no), "public_report", {})


def ask_for_hearing(play, story, facts):
    return _tell(play, "hearing.requested", facts["penalty_no"], {"hearing_request": {"reason": "认为罚款过重，要求听证。"}})


def state(play, story, facts):
    """The respondent states their case."""
    return _tell(play, "statement.received", facts["penalty_no"], {"statement": {"text": "已经补签协议，请求从轻。"}})


def pay(play, story, facts, part=1):
    """A payment, as the bank tells it; `part` of the fine."""
    amount = int(facts["decision"]["fine"] * part)
    receipt = f"沪财罚{play.local:%Y%m%d}{facts['penalty_no'][-4:]}"
    paid = {"payment": {"amount": amount, "paid_on": play.local.date().isoformat(), "receipt_no": receipt}}
    return _tell(play, "payment.received", facts["penalty_no"], paid)


def ask_for_instalments(play, story, facts):
    return _tell(play, "instalment.requested", facts["penalty_no"], {"instalment_request": {"reason": "资金周转困难，申请分期。"}})


def ask_for_review(play, story, facts):
    """复议: until it is over the late fine stands still."""
    return _tell(play, "review.filed", facts["penalty_no"], {})


EVENTS = {
    function.__name__: function
    for function in (enforce, extend, correct, danger, report, ask_for_hearing, state, pay, ask_for_instalments, ask_for_review)
}


def _tell(play, name, key, variables):
    return publish_message(play.engine, play.cast[ROBOT].actor, name, key, 0, variables)


def _start(play, story, username, process, variables):
    return start_instance(play.engine, play.cast[username].actor, process, variables=variables, business_id=story.business_id)
