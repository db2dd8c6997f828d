"""核对执法证: those whom an 行政检查 names as officers hold the certificates that stand beside their names, on the day when they looked."""

from sqlalchemy import select

from cases.certificates import OFFICER
from cases.moment import day_of
from cases.organisation import Certificate
from engine.domain.errors import Invalid
from engine.store.people import Account

#: Where report_place.form asks for them.
FIELD = "inspection.inspectors"


def verify_inspectors(session, call):
    """`local:inspection:verify`. Variables: inspection {kind, at, inspectors [{name, cert_no}]}.

    Of an 行政检查 at least two are officers of this town's register (行政处罚法 art. 42); who comes from another authority in a joint one
    stands beside them. Raises Invalid, by field of report_place.form, where a number is somebody else's or was not valid on the day of
    the inspection, and where fewer than two are in the register.
    """
    told = call.variables["inspection"]
    if told["kind"] != "行政检查":
        return {}, []
    day = day_of(told["at"])
    given = [(one["name"], one["cert_no"]) for one in told["inspectors"] if one.get("cert_no")]
    numbers = [number for _, number in given]
    chosen = select(Certificate, Account.display_name).join(Account, Account.username == Certificate.username)
    known = {row.no: (row, name) for row, name in session.execute(chosen.where(Certificate.no.in_(numbers), Certificate.kind == OFFICER))}
    problems = []
    for name, number in (each for each in given if each[1] in known):
        row, holder = known[number]
        if holder != name:
            problems.append(f"执法证「{number}」登记的持证人是{holder}，不是{name}。")
        elif not row.valid_from <= day <= row.valid_to:
            problems.append(f"{holder}的执法证「{number}」有效期为 {row.valid_from} 至 {row.valid_to}，检查当日（{day}）无效。")
    if not problems and len(known) < 2:
        strange = "、".join(f"「{number}」" for number in numbers if number not in known)
        problems.append(f"行政检查应有两名执法证登记在册的执法人员，但填写的证号中只有 {len(known)} 个在册；不在册的：{strange or '无'}。")
    if problems:
        sentence = "Expected two officers whose certificates are registered and valid on the day of the inspection, but found otherwise"
        raise Invalid(sentence, problems={FIELD: problems})
    return {}, []
