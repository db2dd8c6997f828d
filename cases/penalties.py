"""Penalties: one row per respondent of a case (一案双罚: one case, several respondents, each on grounds of its own), and what was paid."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from cases.exact import Exact
from engine.store.base import Base, Key, Moment

#: 办理中 until a decision; 执行中 from its service; the rest is how it ended.
OPEN, DECIDED, IN_EXECUTION = "办理中", "已决定", "执行中"
NOT_AVAILABLE, DUPLICATE, NOT_PUNISHED, HANDED_OVER = "依法不能处罚", "一事不二罚", "不予处罚", "已移送"
PAID, WITHOUT_FINE, IN_COURT, REVOKED = "已缴清", "无罚款", "申请法院强制执行", "已撤销"


class Penalty(Base):
    """The leg of one respondent, also of one that the law does not let be punished: the reason is kept instead of a number.

    A person's identity number is no column: `reference` is its row of `confidential`, another one in every case tree; whether two of them
    hold the same number is asked by their marks.
    """

    __tablename__ = "penalty"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    penalty_no: Mapped[str | None] = mapped_column(Text, unique=True)  # 松昆安罚-2026-0001; none where no leg was opened
    enforcement_no: Mapped[str] = mapped_column(Text)
    case_no: Mapped[str | None] = mapped_column(Text)
    hazard_no: Mapped[str | None] = mapped_column(Text)
    act_date: Mapped[object] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(Text)  # 单位, 个人
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text)
    uscc: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    article: Mapped[str] = mapped_column(Text)
    mode: Mapped[str] = mapped_column(Text)  # DMN-6 at the date of the act: 本级, 委托
    organ: Mapped[str] = mapped_column(Text)
    fined: Mapped[bool] = mapped_column(Boolean)  # whether the article fines: a warning is no second fine
    status: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    earlier_no: Mapped[str | None] = mapped_column(Text)  # the fine that stands in the way of a second one
    fine: Mapped[object | None] = mapped_column(Exact(12, 2))  # yuan
    decided: Mapped[object | None] = mapped_column(Moment)
    decision_no: Mapped[str | None] = mapped_column(Text)
    served: Mapped[object | None] = mapped_column(Moment)
    due: Mapped[object | None] = mapped_column(Date)  # last day of the term of payment
    paid: Mapped[object] = mapped_column(Exact(12, 2), default=0)
    late_fine: Mapped[object] = mapped_column(Exact(12, 2), default=0)
    late_fine_derivation: Mapped[str | None] = mapped_column(Text)  # JSON text of cases/late_fine.py
    __table_args__ = (Index("ix_penalty_hazard", "hazard_no"), Index("ix_penalty_enforcement", "enforcement_no"))


class PenaltyPayment(Base):
    """A payment, as the collecting bank told it; a receipt counts once, however often it is told."""

    __tablename__ = "penalty_payment"
    receipt_no: Mapped[str] = mapped_column(Text, primary_key=True)
    penalty_no: Mapped[str] = mapped_column(ForeignKey("penalty.penalty_no"))
    paid_on: Mapped[object] = mapped_column(Date)
    amount: Mapped[object] = mapped_column(Exact(12, 2))
    __table_args__ = (Index("ix_penalty_payment_penalty", "penalty_no"),)
