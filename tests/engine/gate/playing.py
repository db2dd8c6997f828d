"""Somebody plays with a process at random: whatever the machine asks for is answered, well or badly, and rows and state stay one."""

from engine.domain.errors import EngineError
from tests.cases.published import CALENDAR
from tests.engine.workflow.ledger import Case

SOME = {"outcome": "同意", "approval": {"outcome": "同意"}, "pick1": 1, "n": 2, "items": ["a", "b"], "level": "重大", "ok": True}


class _Answers(dict):
    """What handlers and decisions return: something, or a failure."""

    def __init__(self, random):
        super().__init__()
        self.chance = random.randrange(5)

    def __contains__(self, name):
        return True

    def __getitem__(self, name):
        return self._answer

    def _answer(self, call):
        if (self.chance + call.number) % 5 == 0:  # the same both times: Case does every step twice
            return "fail_call", {"error_type": "JOB_NO_RETRIES", "message": "Expected it to work, but it does not"}
        return "finish_call", {"result": SOME} if call.kind == "decision" else {"variables": SOME}


def play(definition, random, steps=6):
    """Start an instance of a Definition and do up to so many steps -> its status, or the name of the error that a start raised.

    The steps may be refused (EngineError); nothing else may be raised, and after every step rows and machine must agree (Case does that).
    """
    case = Case(definition, calendar=CALENDAR, watched=False, started=False)
    case.answers = _Answers(random)
    starts = [None, *(start.event_id for start in definition.starts)]
    try:
        case.do("start", variables={"log": [], **SOME}, at=random.choice(starts), caught_above={})
    except EngineError as error:
        return type(error).__name__
    for _ in range(steps):
        moves = list(_moves(case, random))
        if case.status != "ACTIVE" or not moves:
            break
        command, arguments = random.choice(moves)
        try:
            case.do(command, **arguments)
        except EngineError:
            continue
    return case.status


def _moves(case, random):
    book, variables = case.ledger, random.choice((SOME, {}, {"log": None, "n": "two", "items": 5}))
    for number in book.tasks:
        yield "complete_user_task", {"number": number, "variables": variables}
    for number in book.jobs:
        yield "complete_job", {"number": number, "variables": variables, "denied": random.random() < 0.3}
        yield "throw_error", {"number": number, "code": "bad", "message": "", "variables": variables}
    for number in book.children:
        yield "complete_child", {"number": number, "variables": variables}
    for subscription in book.subscriptions:
        yield "trigger", {"subscription": subscription, "variables": variables}
    for number in book.incidents:
        yield "resolve_incident", {"number": number}
