"""Officers' certificates, as the engine asks for them where a diagram declares bihuan:certificate."""

from sqlalchemy import select

from cases.organisation import Certificate
from engine.domain.certificates import Held

OFFICER = "行政执法证"  # 行政处罚法 art. 42
LAWYER = "法律职业资格证书"  # 行政处罚法 art. 58: of whoever begins to review decisions

KINDS = (OFFICER, LAWYER)


def held(session, username, kind):
    """[Held]: what somebody has of a kind, whenever it is valid."""
    chosen = select(Certificate.no, Certificate.valid_from, Certificate.valid_to)
    rows = session.execute(chosen.where(Certificate.username == username, Certificate.kind == kind))
    return [Held(*row) for row in rows]


def numbers(connection):
    """The numbers of all certificates."""
    return set(connection.execute(select(Certificate.no)).scalars())
