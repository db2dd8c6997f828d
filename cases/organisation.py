"""How the town is organised for the campaign: grids with their keepers, task forces, officers with certificates (R-40 – R-47)."""

from sqlalchemy import Date, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key


class UnitType(Base):
    """What a unit is: 安委会成员单位, 基层单位, 机关部门, 企业; one may be several (R-02)."""

    __tablename__ = "unit_type"
    unit: Mapped[str] = mapped_column(ForeignKey("unit.name"), primary_key=True)
    type: Mapped[str] = mapped_column(Text, primary_key=True)


class Grid(Base):
    """A piece of the town for which one person answers: 分片包干."""

    __tablename__ = "grid"
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(ForeignKey("unit.name"))
    keeper: Mapped[str | None] = mapped_column(Text)  # user name; empty: vacant, which no grid should be


class TaskForce(Base):
    """A 专班 for a place, with its lead and the unit that formed it."""

    __tablename__ = "task_force"
    no: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    place_no: Mapped[str | None] = mapped_column(ForeignKey("place.no"))
    unit: Mapped[str] = mapped_column(ForeignKey("unit.name"))
    lead: Mapped[str] = mapped_column(Text)  # user name
    formed: Mapped[object] = mapped_column(Date)
    dissolved: Mapped[object | None] = mapped_column(Date)


class TaskForceMember(Base):
    """Somebody of a task force."""

    __tablename__ = "task_force_member"
    task_force_no: Mapped[int] = mapped_column(ForeignKey("task_force.no"), primary_key=True)
    username: Mapped[str] = mapped_column(Text, primary_key=True)


class Certificate(Base):
    """An officer's certificate, such as the 行政执法证 without which nobody acts for the authority (行政处罚法 art. 42)."""

    __tablename__ = "certificate"
    no: Mapped[str] = mapped_column(Text, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, server_default="行政执法证")  # one of certificates.KINDS
    username: Mapped[str] = mapped_column(Text)
    issuer: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[object] = mapped_column(Date)
    valid_to: Mapped[object] = mapped_column(Date)  # the last day
    __table_args__ = (Index("ix_certificate_username", "username", "kind"),)
