"""Certificates, as diagrams ask for them: who completes or confirms the task holds one that is valid on that day.

`bihuan:certificate` names the kind of the certificate. Source: 行政处罚法 art. 42 (officers who enforce hold a certificate to do so).
"""

from datetime import date
from typing import NamedTuple

from engine.domain.errors import Uncertified

CERTIFICATE = "bihuan:certificate"


class Held(NamedTuple):
    """A certificate of somebody's, valid from its first to its last day, both included."""

    number: str
    first: date
    last: date


def declared(properties):
    """The kind of certificate that an element's properties ask for; None without the property."""
    return properties.get(CERTIFICATE, "").strip() or None


def expect_valid(kind, actor, day, held):
    """The number of the certificate with which the actor acts on `day`, a date. `held`: [Held], all that they have of this kind.

    Raises Uncertified where none is valid on that day.
    """
    valid = [one for one in held if one.first <= day <= one.last]
    if valid:
        return max(valid, key=lambda one: (one.last, one.number)).number
    found, told = _found(kind, day, held)
    raise Uncertified(
        f"Expected {actor.username} to hold a {kind} that is valid on {day.isoformat()}, but {found}",
        problems={"": [f"办理本任务应持有{_chinese(day)}有效的{kind}，但{actor.display_name or actor.username}{told}。"]},
    )


def _found(kind, day, held):
    """What there is instead, in English and Chinese: the certificate that ended last, or else the one that begins first."""
    ended = [one for one in held if one.last < day]
    if ended:
        last = max(ended, key=lambda one: one.last)
        return f"{last.number} was valid until {last.last.isoformat()}", f"的{kind}（{last.number}）有效期止于{_chinese(last.last)}"
    if held:
        first = min(held, key=lambda one: one.first)
        begins = first.first.isoformat()
        return f"{first.number} is only valid from {begins} on", f"的{kind}（{first.number}）自{_chinese(first.first)}起才有效"
    return "found none", f"没有登记{kind}"


def _chinese(day):
    return f"{day.year}年{day.month}月{day.day}日"
