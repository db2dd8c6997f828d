"""Auditors see everything, and what they look at is written down: whoever watches is watched (domain rule 9 on separation of duty).

Opening a paper and showing a number leave their entry, with a reason, in the history of the case, whoever does it. Here are the auditor's
other looks: the whole of a case, its files, and searches for what somebody did or for a text, across all cases. The entry stands in a
chain of the auditor's own, because they change no case. Lists by state, process or date are nobody's secret and are not written down.
"""

from flask import g

from api.v2.door import engine
from engine.commands.note_look import note_look
from engine.domain.people import AUDITOR

#: What is said where no reason is asked for.
ON_DUTY = "审计查阅"

#: Filters by which a search looks for a person, or for a text that may be one's.
PERSONAL = {"assignee": "办理人", "candidate_user": "候选人", "value": "变量内容"}
PERSONAL |= dict.fromkeys(("variables", "process_instance_variables", "local_variables"), "变量内容")
#: Filters that keep a search inside of one case, or one part of it.
OF_ONE_CASE = {"process_instance_key", "user_task_key", "element_instance_key", "variable_key", "scope_key"}


def note(subject, reason=ON_DUTY):
    """Write down what the caller is about to see, if they are an auditor. Without the entry there is no look."""
    if AUDITOR in g.actor.groups:
        note_look(engine(), g.actor, subject, reason)


def note_search(wanted):
    """Write down a search by the filter `wanted`, {field: {operator: value}}, where it goes for people across cases.

    Of a user name it is told whose; a text that was looked for may be a number or a name that history must not hold.
    """
    if not wanted or AUDITOR not in g.actor.groups:
        return
    parts = [{name: value for name, value in wanted.items() if name != "or_"}, *wanted.get("or_", ())]
    if OF_ONE_CASE & parts[0].keys():
        return
    told = {}
    for part in parts:
        for name in PERSONAL.keys() & part.keys():
            whom = "、".join(map(str, _operands(part[name]))) if PERSONAL[name] != "变量内容" else ""
            told.setdefault(PERSONAL[name], set()).update([whom] if whom else ())
    if told:
        by = "；".join(f"{what}{'：' if who else ''}{'、'.join(sorted(who))}" for what, who in sorted(told.items()))
        note(f"跨案件检索（{by}）")


def _operands(condition):
    for value in condition.values():
        yield from value if isinstance(value, list) else [value]
