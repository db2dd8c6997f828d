"""Inspections in their three kinds, which the law keeps apart (domain §2.10): patrols, supervision inside, 行政检查 of enterprises."""

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment

KINDS = ("巡查", "内部督查", "行政检查")
MODES = ("突击", "明查", "暗访", "交叉互查", "联合")


class Inspection(Base):
    """Who looked at a place, when and by which right. An 行政检查 has its check code, and a plan or what triggered it."""

    __tablename__ = "inspection"
    no: Mapped[int] = mapped_column(Key, primary_key=True)
    place_no: Mapped[str | None] = mapped_column(ForeignKey("place.no"))
    root_key: Mapped[int] = mapped_column(Key)
    kind: Mapped[str] = mapped_column(Text)
    mode: Mapped[str | None] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment)
    inspectors: Mapped[list] = mapped_column(JSON)  # [{"name", "unit", "cert_no"}]; a re-check has no units
    check_code: Mapped[str | None] = mapped_column(Text)  # 检查码, compulsory in Shanghai from 2025-01-01
    plan_code: Mapped[str | None] = mapped_column(Text)
    trigger: Mapped[str | None] = mapped_column(Text)  # the ticket or hazard that called for it
    result: Mapped[str | None] = mapped_column(Text)  # 结论 of a re-check (F06); what another one found are the hazards themselves
    __table_args__ = (Index("ix_inspection_place", "place_no", "at"),)


def faults(told):
    """What an inspection, as a form tells it, lacks for its kind: [Chinese sentences] (国办发〔2024〕54号; 行政处罚法 art. 42)."""
    if told["kind"] != "行政检查":
        return []
    found = []
    if not told.get("check_code"):
        found.append("行政检查应有检查码，但没有填写")
    if not told.get("plan_code") and not told.get("trigger"):
        found.append("行政检查应有检查计划编号或者触发依据，但两者都没有填写")
    certified = {one["cert_no"] for one in told["inspectors"] if one.get("cert_no")}
    if len(certified) < 2:
        found.append(f"行政检查应有两名持证执法人员，但只填写了 {len(certified)} 个执法证号")
    return found
