"""engine/commands/recuse.py: who withdrew from a case does nothing in it that is subject to 回避, and a substitute does it."""

import pytest

from cases.declare_interest import declare_interest, end_interest
from cases.handlers import register
from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.recuse import recuse
from engine.domain.errors import Conflict, Invalid, NotPermitted, Separated, WrongState
from tests.engine.commands.office import ADMIN, LI, SUN, TANG, ZHAO

WITHDREW = "Expected somebody who did not withdraw from this case, but li did: 表兄弟"


def begun(office, process="impartial", **variables):
    """A case whose hazard is found: its verification and its approval are subject to 回避 -> (instance, key of the verification)."""
    office.deploy(f"{process}.bpmn")
    instance = office.start(process, **variables)
    complete_task(office.engine, TANG, office.task(instance, "find")["key"], {})
    return instance, office.task(instance, "verify")["key"]


def test_whoever_withdraws_gives_the_task_back_and_a_substitute_does_it(office):
    instance, verify = begun(office)
    claim_task(office.engine, LI, verify)

    recuse(office.engine, LI, verify, " 表兄弟 ")

    assert office.task(instance)["assignee"] is None
    entry = office.history(instance)[-1]
    assert (entry["kind"], entry["data"]["subject"], entry["data"]["reason"]) == ("task:recused", "li", "表兄弟")
    for attempt in (
        lambda: claim_task(office.engine, LI, verify),
        lambda: assign_task(office.engine, SUN, verify, "li"),
        lambda: complete_task(office.engine, LI, verify, {}),
    ):
        with office.refuses(Separated, WITHDREW) as caught:
            attempt()
        assert caught.value.details["problems"] == {"": ["li 已对本案回避（表兄弟），应由他人办理。"]}
    complete_task(office.engine, SUN, verify, {})

    # and it holds for the rest of the case, but in no other
    with office.refuses(Separated, WITHDREW):
        complete_task(office.engine, LI, office.task(instance, "approve")["key"], {})
    _, other = begun(office)
    complete_task(office.engine, LI, other, {})


def test_without_the_declaration_nobody_withdraws(office):
    _, verify = begun(office, "separated")

    with office.refuses(Invalid, "Expected a task that declares bihuan:recusal, but verify does not"):
        recuse(office.engine, LI, verify, "表兄弟")


def test_others_are_made_to_withdraw_by_the_role_that_decides(office):
    _, verify = begun(office)

    with office.refuses(NotPermitted, "Expected li, or a member of 消防"):
        recuse(office.engine, SUN, verify, "表兄弟", "li")
    recuse(office.engine, ZHAO, verify, "表兄弟", "li")

    with office.refuses(Separated, WITHDREW):
        claim_task(office.engine, LI, verify)
    with office.refuses(Conflict, "Expected somebody who did not withdraw yet"):
        recuse(office.engine, LI, verify, "表兄弟")


@pytest.mark.parametrize("reason", ["", " "])
def test_nobody_withdraws_without_a_reason(office, reason):
    _, verify = begun(office)

    with office.refuses(Invalid, "Expected a reason to withdraw"):
        recuse(office.engine, LI, verify, reason)


def test_whoever_stands_too_near_to_a_party_is_kept_away_until_that_is_over(office):
    register(office.engine)
    parties = [{"name": "昆港五金", "person": "郑强"}]
    _, verify = begun(office, parties=parties, note="郑某")
    declare_interest(office.engine, LI, "li", "别的厂", "持股")
    claim_task(office.engine, LI, verify)

    key = declare_interest(office.engine, ADMIN, "li", "郑强", "近亲属")["key"]

    with office.refuses(Separated, "stands in no relation to a party of this case, but li does to 郑强: 近亲属") as caught:
        complete_task(office.engine, LI, verify, {})
    assert "应当回避" in caught.value.details["problems"][""][0]
    end_interest(office.engine, ADMIN, int(key), "查明无此关系")
    with office.refuses(WrongState, "it is over since"):
        end_interest(office.engine, ADMIN, int(key), "查明无此关系")
    complete_task(office.engine, LI, verify, {})


def test_an_interest_is_declared_of_oneself_or_by_an_administrator(office):
    with office.refuses(NotPermitted, "Expected li or an administrator"):
        declare_interest(office.engine, SUN, "li", "昆港五金", "近亲属")
    with office.refuses(Invalid, "Expected a party and a relation to it, but found no relation"):
        declare_interest(office.engine, LI, "li", "昆港五金", " ")
    with office.refuses(NotPermitted, "Expected an administrator to end an interest"):
        end_interest(office.engine, LI, 1, "没有了")
