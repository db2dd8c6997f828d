"""Hazards (隐患): what is to be put right. Categories H01 – H99 come from the campaign's document (R-25 – R-35)."""

from sqlalchemy import JSON, Boolean, ForeignKey, Index, Integer, Text, event, false
from sqlalchemy.orm import Mapped, mapped_column

from cases.ledger import DERIVED
from engine.store.base import NEVER, Base, Key, Moment

CATEGORIES = {
    "H01": "安全生产和消防责任体系、制度不完善不落实",
    "H02": "建筑使用性质、用途不符合要求",
    "H03": "存在“三合一”",
    "H04": "违规设置办公室、员工宿舍",
    "H05": "违规改建施工",
    "H06": "违规用火",
    "H07": "违规用电",
    "H08": "违规用气",
    "H09": "占用疏散通道",
    "H10": "设施器材管理配备不到位",
    "H11": "电动自行车及电池",
    "H12": "瓶装液化气",
    "H13": "经营性自建房房屋质量",
    "H14": "经营性自建房消防",
    "H15": "经营性自建房燃气",
    "H16": "冷库新建、改建、扩建和拆除",
    "H17": "未签安全协议、未统一协调管理",
    "H99": "其他",
}

STATUSES = ("已上账", "整改中", "待复查", "复查不合格", "拒检", "拒不执行", "复查合格", "误录撤销")
#: A hazard with one of these has been dealt with, whatever its deadline says; with any other it is open.
SETTLED = ("复查合格", "误录撤销")
OPEN = tuple(status for status in STATUSES if status not in SETTLED)


class Hazard(Base):
    """A hazard of a place. It is struck off by two officers' re-check; the place is closed apart from it, and no fine closes either."""

    __tablename__ = "hazard"
    no: Mapped[str] = mapped_column(Text, primary_key=True)  # 松昆安整-2024-0137-01
    place_no: Mapped[str] = mapped_column(ForeignKey("place.no"))
    category: Mapped[str] = mapped_column(Text)
    location: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    grade: Mapped[str] = mapped_column(Text)  # 一般, 重大
    standard_hits: Mapped[list] = mapped_column(JSON)  # items of the standards for 重大 that it meets
    party_no: Mapped[int | None] = mapped_column(ForeignKey("party.no"))  # who has to put it right
    found: Mapped[object] = mapped_column(Moment)
    found_by: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    ticket_no: Mapped[str | None] = mapped_column(Text)
    instance_key: Mapped[int | None] = mapped_column(Key)  # the last hazard_rectification that worked on it
    rounds: Mapped[int] = mapped_column(Integer, server_default="0")  # re-checks
    deadline: Mapped[object | None] = mapped_column(Moment)
    deadline_provisional: Mapped[bool] = mapped_column(Boolean, server_default=false())
    status: Mapped[str] = mapped_column(Text)
    verified: Mapped[object | None] = mapped_column(Moment)
    voided: Mapped[bool] = mapped_column(Boolean, server_default=false())
    void_reason: Mapped[str | None] = mapped_column(Text)
    due: Mapped[object] = mapped_column(Moment, info=DERIVED)  # the deadline while the hazard is open, otherwise NEVER; see _set_due
    __table_args__ = (
        Index("ix_hazard_place", "place_no", "no"),
        Index("ix_hazard_status", "status", "no"),
        Index("ix_hazard_status_due", "status", "due", "no"),
        Index("ix_hazard_due", "due", "no"),
    )


@event.listens_for(Hazard, "before_insert")
@event.listens_for(Hazard, "before_update")
def _set_due(mapper, connection, hazard):
    runs = hazard.deadline is not None and hazard.status in OPEN and not hazard.voided
    hazard.due = hazard.deadline if runs else NEVER
