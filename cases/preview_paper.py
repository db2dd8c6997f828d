"""预览文书: the papers that a task leads to, as they would be if it were handed in now. Tried in a transaction that is always undone.

Which papers follow a task says its diagram: service tasks `local:paper:…` that a token can reach from it before it has to wait.
"""

import copy
import re
from dataclasses import replace

from sqlalchemy import select

from cases import certificates, papers, printing
from cases.papers import Paper
from engine.commands.certified import expect_certified
from engine.commands.confirm_task import expect_other_officer
from engine.commands.filled_form import filled_form
from engine.commands.separated import expect_separated
from engine.commands.step import Step
from engine.domain import separation, values
from engine.domain.errors import HandlerFailed, Invalid
from engine.domain.people import ZONE
from engine.domain.task import may_work_on
from engine.engine import Handler
from engine.store import vault
from engine.store.people import Account

#: What stands for a number, which is taken only with the issue, and for what was kept apart in the steps before.
NUMBER, APART = "待编号", "（制发后可见）"
#: The other officer is not known before they confirm.
SECOND = {"name": "（待另一名人员确认）", "cert_no": None}
#: Elements at which a token waits for somebody or something: what comes behind them is not of this step.
WAITS = frozenset({"user", "catch", "call"})
SCOPES = frozenset({"subprocess", "adhoc"})
PAPER = "local:paper:"
INCOMPLETE = "按现在填写的内容还制发不了文书，请把表单填完整后再预览。"
#: In a sentence about a paper: the name by which a designer knows what is missing.
_NAMED = re.compile(r"（[a-z_.]+）")


class _Undone(Exception):
    """Ends the transaction of a preview; carries what was to be seen."""


def follows(definition, element_id):
    """Does a paper follow a user task of a `definition` before anything else has to happen?"""
    todo, seen = _behind(definition.elements[element_id]), set()
    while todo:
        element = todo.pop()
        if element.id in seen:
            continue
        seen.add(element.id)
        job_type = _job_type(element)
        if job_type.startswith(PAPER):
            return True
        if element.kind in SCOPES:
            todo += element.starts
        elif element.kind not in WAITS and (element.kind != "job" or job_type.startswith("local:")):
            todo += _behind(element)
    return False


def _behind(element):
    """Where a token goes from an element: along its flows, or out of the sub-process that ends there."""
    if element.flows or element.parent is None or element.parent.kind not in SCOPES:
        return [flow.target for flow in element.flows]
    return _behind(element.parent)


def _job_type(element):
    return element.work.type.text if element.kind == "job" else ""


def preview(engine, actor, key, variables):
    """[(kind, bytes of a .docx)]: what handing in the task `key` with `variables` {name: value}, or confirming it, would issue.

    Nothing is stored and no number taken. Raises Invalid, with problems by field or one sentence, where there is no paper to be made of
    this yet, and what complete_task and confirm_task raise where the task is not the actor's to do.
    """

    def attempt(transaction):
        aside, found = copy.copy(engine), []
        step = Step(aside, transaction, actor)
        issuing = {
            f"{PAPER}issue": papers.issue,
            f"{PAPER}issue_by_officers": lambda session, call: papers.issue(session, _signed(session, step, call)),
        }
        aside.handlers = engine.handlers | {name: Handler(_kept(issue, found), frozenset()) for name, issue in issuing.items()}
        _hand_in(step, key, variables)
        raise _Undone(_as_they_stand(step, found))

    try:
        engine.store.write(attempt)
    except _Undone as undone:
        return [(kind, printing.render(content, data)) for kind, content, data in undone.args[0]]
    except HandlerFailed as error:
        raise Invalid(error.sentence, problems={"": [_said(error.__cause__)]}) from error


def _kept(issue, found):
    """A handler that issues as `issue` does, and keeps the key of the paper."""

    def handler(session, call):
        variables, changes = issue(session, call)
        found.append(int(variables["paper"]["key"]))
        return variables, changes

    return handler


def _hand_in(step, key, variables):
    """What complete_task and the last confirm_task do, without a second officer, and without saving."""
    task, case = step.task(key)
    if task.pending is None:
        may_work_on(task, step.actor)
        expect_separated(step, case, task, step.actor)
        expect_certified(step, case, task)
        variables = filled_form(step, case, task, variables)
    else:
        expect_other_officer(step, case, task, "confirm")
        expect_certified(step, case, task)
        variables = values.read(task.pending)
    step.advance(case, "complete_user_task", number=task.number, variables=variables)
    if any(one.outcome.incidents_opened for one in step.cases.values() if one.outcome):
        raise Invalid("Expected the step to go through, but it met an incident", problems={"": [INCOMPLETE]})


def _signed(session, step, call):
    """The call of local:paper:issue_by_officers with the officers who have signed so far, and a blank for the one who has not."""
    task = next(case.task for case in step.cases.values() if case.task is not None)
    needed = separation.officers(step.cases[task.instance_key].definition.elements[task.element_id].properties)
    people = dict.fromkeys(name for name in (task.completed_by, step.actor.username) if name)
    day = call.now.astimezone(ZONE).date()
    officers = [_officer(session, name, day) for name in people] + [SECOND] * (needed - len(people))
    return replace(call, variables=call.variables | {"data": (call.variables.get("data") or {}) | {"officers": officers}})


def _officer(session, username, day):
    held = [each.number for each in certificates.held(session, username, certificates.OFFICER) if each.first <= day <= each.last]
    name = session.execute(select(Account.display_name).where(Account.username == username)).scalar_one()
    return {"name": name, "cert_no": max(held, default=None)}


def _as_they_stand(step, found):
    """[(kind, template, data)] of the papers with these keys, as long as there is a transaction in which they exist."""
    typed = {row["ref"]: row["value"] for prepared, rows in step.batches if prepared is vault.KEEP for row in rows}

    def reveal(reference):
        return step.engine.vault.open(typed[reference["ref"]]) if reference["ref"] in typed else APART

    with step.transaction.session() as session:
        issued = [session.get(Paper, key) for key in found]
        return [
            (paper.kind, papers.TEMPLATES[paper.kind].content, papers.with_revealed(values.read(paper.data), reveal) | {"number": NUMBER})
            for paper in issued
        ]


def _said(cause):
    """Why a paper cannot be made, to whoever fills in the form: what the law forbids, in its words; of a gap only that there is one."""
    sentence = str(cause)
    if not isinstance(cause, ValueError) or sentence.startswith("文书") or _NAMED.sub("", sentence).isascii():
        return INCOMPLETE
    return f"按现在填写的内容还制发不了文书：{_NAMED.sub('', sentence)}。"
