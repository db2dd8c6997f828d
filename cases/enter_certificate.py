"""登记证件: an officer's certificate is entered, and ended before its day where it is withdrawn or was entered wrongly."""

from cases import ledger
from cases.certificates import KINDS
from cases.organisation import Certificate
from engine.commands.command import command
from engine.domain.errors import Conflict, Invalid, NotFound, NotPermitted
from engine.store import account_rows


@command
def enter_certificate(step, username, number, kind, issuer, first, last):
    """Write down that `username` holds certificate `number`, valid from the date `first` to the date `last`, both included.

    Raises NotFound for an account that does not exist, Conflict for a number that is there already, Invalid for anything odd.
    """
    number, issuer = number.strip(), issuer.strip()
    _expect_administrator(step.actor, "enter certificates")
    if kind not in KINDS:
        told = f"证件种类应为{'、'.join(KINDS)}之一，但填写的是“{kind}”。"
        raise Invalid(f"Expected a certificate of a kind among {', '.join(KINDS)}, but found {kind!r}", problems={"kind": [told]})
    if not number or not issuer:
        missing = {
            name: [f"应填写{what}，但没有填写。"]
            for name, what, told in (("number", "证件号码", number), ("issuer", "发证机关", issuer))
            if not told
        }
        raise Invalid("Expected a certificate's number and who issued it, but found nothing for one of them", problems=missing)
    if last < first:
        told = f"有效期的末日不应早于首日，但填写的是 {first} 至 {last}。"
        raise Invalid(
            f"Expected a certificate to be valid from a day to a later one, but found {first} to {last}", problems={"last": [told]}
        )

    step.begin_writing()
    if not step.transaction.fetch(account_rows.FIND, username=username):
        raise NotFound(f"Expected an account with user name {username!r}, but there is none")
    with step.transaction.session() as session:
        if there := session.get(Certificate, number):
            sentence = f"Expected certificate {number} to be a new one, but {there.username} holds it"
            raise Conflict(sentence, problems={"number": [f"证件号码 {number} 已经登记在 {there.username} 名下。"]})
        row = Certificate(no=number, kind=kind, username=username, issuer=issuer, valid_from=first, valid_to=last)
        change = ledger.enter(session, row)

    told = {"username": username, "certificate": kind, "number": number, "first": first, "last": last}
    step.record(f"account:{username}", step.key(), "certificate:entered", told, [change])
    return step.save({"number": number})


@command
def end_certificate(step, number, last, reason):
    """Let certificate `number` be valid until the date `last` and no longer; a `last` before its first day: it never was valid.

    Raises NotFound for a number that is not there, Invalid without a reason or for a day that would prolong it.
    """
    _expect_administrator(step.actor, "end certificates")
    if not reason.strip():
        raise Invalid("Expected a reason why the certificate ends, but found none", problems={"reason": ["应写明理由，但没有填写。"]})

    step.begin_writing()
    with step.transaction.session() as session:
        row = session.get(Certificate, number)
        if row is None:
            raise NotFound(f"Expected a certificate with number {number!r}, but there is none")
        if last >= row.valid_to:
            sentence = f"Expected certificate {number} to end before {row.valid_to}, as it does anyway, but found {last}"
            raise Invalid(sentence, problems={"last": [f"证件本来就到 {row.valid_to} 为止，提前截止的日期应早于这一天。"]})
        told = {"username": row.username, "certificate": row.kind, "number": number, "last": last, "reason": reason.strip()}
        changes = ledger.amend(session, row, valid_to=last)

    step.record(f"account:{told['username']}", step.key(), "certificate:ended", told, changes)
    return step.save({"number": number})


def _expect_administrator(actor, wish):
    if not actor.is_administrator:
        raise NotPermitted(f"Expected an administrator to {wish}, but {actor.username} is not one")
