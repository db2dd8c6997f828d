"""Deputies: they act openly, with their principal's roles for as long as they are appointed, and join no four-eyes pair with them."""

from datetime import date, timedelta

import pytest

from engine.commands.appoint_deputy import appoint_deputy
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.end_deputy import end_deputy
from engine.commands.release_task import release_task
from engine.domain.errors import Invalid, NotFound, NotPermitted, Separated, WrongState
from engine.domain.people import ZONE
from engine.store import accounts
from tests.engine.commands.office import ADMIN, LI, SUN, TANG, ZHAO


def today(office):
    return office.engine.time().astimezone(ZONE).date()


def acting(office, deputy, principal, day=None):
    """The Actor who acts for somebody, as signing in makes it; None where they may not."""
    with office.engine.store.transaction() as transaction:
        return accounts.as_deputy(transaction, deputy, principal, day or today(office))


def appointed(office, deputy=ZHAO, principal=LI):
    """-> (the appointment's key, the Actor who acts by it)."""
    day = today(office)
    key = appoint_deputy(office.engine, principal, principal.username, deputy.username, day, day + timedelta(days=3))["key"]
    return key, acting(office, deputy, principal.username)


def test_a_deputy_holds_the_principals_roles_and_both_units_from_the_first_day_to_the_last(office):
    _, deputy = appointed(office)

    assert (deputy.username, deputy.behalf_of, deputy.groups, deputy.units) == ("zhao", "li", LI.groups, LI.units | ZHAO.units)
    days = [acting(office, ZHAO, "li", today(office) + timedelta(days=n)) is not None for n in (-1, 0, 3, 4)]
    assert days == [False, True, True, False]
    assert acting(office, TANG, "li") is None and acting(office, LI, "zhao") is None


def test_nobody_holds_anothers_rights_above_the_queues(office):
    day = today(office)
    appoint_deputy(office.engine, ADMIN, "admin", "li", day, day)

    assert acting(office, LI, "admin").groups == frozenset()


def test_what_a_deputy_does_names_both(office):
    instance, key = office.begin("separated")
    _, deputy = appointed(office)

    claim_task(office.engine, deputy, key)
    complete_task(office.engine, deputy, key, {})

    entries = office.history(instance)[-2:]
    assert [(entry["kind"], entry["actor"], entry["for"]) for entry in entries] == [
        ("task:claimed", "zhao", "li"),
        ("task:completed", "zhao", "li"),
    ]


def test_what_the_principal_holds_is_the_deputys_to_do(office):
    instance, key = office.begin("separated")
    claim_task(office.engine, LI, key)
    _, deputy = appointed(office)

    with office.refuses(NotPermitted, "as li, who holds it"):
        release_task(office.engine, SUN, key)
    complete_task(office.engine, deputy, key, {})

    assert office.task(instance)["element_id"] == "verify"


def test_neither_the_deputy_nor_the_principal_joins_the_other_side(office):
    # given a find that zhao made for li
    instance, find = office.begin("separated")
    _, deputy = appointed(office)
    complete_task(office.engine, deputy, find, {})
    verify = office.task(instance)["key"]

    # then neither of them verifies it, nor does anybody for li
    _, other = appointed(office, TANG)
    for who, name in ((LI, "li"), (ZHAO, "zhao"), (deputy, "(li|zhao)"), (other, "li")):
        with office.refuses(Separated, f"took no part in 发现, but {name} did"):
            complete_task(office.engine, who, verify, {})
    complete_task(office.engine, SUN, verify, {})


def test_a_deputy_of_the_finder_does_not_verify_what_the_finder_found(office):
    instance, find = office.begin("separated")
    complete_task(office.engine, LI, find, {})
    _, deputy = appointed(office, TANG)

    with office.refuses(Separated, "took no part in 发现, but li did"):
        complete_task(office.engine, deputy, office.task(instance)["key"], {})
    complete_task(office.engine, TANG, office.task(instance)["key"], {})


def test_the_second_officer_is_neither_the_first_nor_a_deputy_of_theirs(office):
    _, key = office.begin("officers")
    _, deputy = appointed(office, SUN)
    complete_task(office.engine, deputy, key, {})

    for who, name in ((LI, "li"), (SUN, "sun"), (appointed(office, TANG)[1], "li")):
        with office.refuses(Separated, f"Expected another officer than {name}"):
            confirm_task(office.engine, who, key)
    confirm_task(office.engine, TANG, key)


def test_an_appointment_is_ended_by_whom_it_concerns_and_by_nobody_else(office):
    key, _ = appointed(office)

    with office.refuses(NotFound, "none that concerns tang"):
        end_deputy(office.engine, TANG, key)
    end_deputy(office.engine, ZHAO, key)

    assert acting(office, ZHAO, "li") is None
    with office.refuses(WrongState, "Expected appointment"):
        end_deputy(office.engine, LI, key)


@pytest.mark.parametrize(
    ("deputy", "first", "last", "error"),
    [
        ("li", 0, 1, Invalid),
        ("nobody", 0, 1, NotFound),
        ("auditor", 0, 1, Invalid),
        ("drawer", 0, 1, Invalid),
        ("zhao", 2, 1, Invalid),
        ("zhao", -5, -1, Invalid),
        ("zhao", 0, 400, Invalid),
    ],
)
def test_an_appointment_that_cannot_be_is_refused(office, deputy, first, last, error):
    day = today(office)

    with office.refuses(error, "Expected"):
        appoint_deputy(office.engine, LI, "li", deputy, day + timedelta(days=first), day + timedelta(days=last))


def test_nobody_appoints_for_somebody_else_and_no_deputy_a_deputy(office):
    _, deputy = appointed(office)

    with office.refuses(NotPermitted, "Expected li or an administrator"):
        appoint_deputy(office.engine, SUN, "li", "tang", date(2099, 1, 1), date(2099, 1, 2))
    with office.refuses(NotPermitted, "acts as one"):
        appoint_deputy(office.engine, deputy, "zhao", "tang", date(2099, 1, 1), date(2099, 1, 2))
