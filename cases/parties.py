"""Parties (当事人) and how they hold a place: 产权人 → 承租方 → 转租方 (R-56). Each link carries its duties under 安全生产法 art. 49."""

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from cases.exact import Exact
from engine.store.base import Base, Key

ROLES = ("产权人", "出租方", "转租方", "承租方", "经营者")


class Party(Base):
    """An enterprise or a person. Identity numbers and telephones stand in the vault; here is only what finds them."""

    __tablename__ = "party"
    no: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)  # 单位, 个人
    name: Mapped[str] = mapped_column(Text)
    uscc: Mapped[str | None] = mapped_column(Text, unique=True)  # 统一社会信用代码, GB 32100
    identity: Mapped[dict | None] = mapped_column(JSON)  # {"hmac", "ref"} of a person's number
    person: Mapped[str | None] = mapped_column(Text)  # 主要负责人
    mobile: Mapped[dict | None] = mapped_column(JSON)  # {"hmac", "ref"}
    __table_args__ = (Index("ix_party_name", "name"),)


class Tenure(Base):
    """One link of the chain: who holds the place from whom. The owner's has no lessor."""

    __tablename__ = "tenure"
    no: Mapped[int] = mapped_column(Key, primary_key=True)
    place_no: Mapped[str] = mapped_column(ForeignKey("place.no"))
    party_no: Mapped[int] = mapped_column(ForeignKey("party.no"))
    lessor_no: Mapped[int | None] = mapped_column(ForeignKey("party.no"))
    role: Mapped[str] = mapped_column(Text)
    since: Mapped[object | None] = mapped_column(Date)
    until: Mapped[object | None] = mapped_column(Date)
    unit: Mapped[str | None] = mapped_column(Text)  # the floor or unit, in a building that many rent (P2)
    area: Mapped[object | None] = mapped_column(Exact(12, 2))  # square metres
    safety_agreement: Mapped[bool] = mapped_column(Boolean)  # 安全生产管理协议 (art. 49)
    consent_to_sublease: Mapped[bool | None] = mapped_column(Boolean)
    rank: Mapped[int] = mapped_column(Integer)  # in the order in which the chain was told
    __table_args__ = (Index("ix_tenure_place", "place_no", "rank"), Index("ix_tenure_party", "party_no"))


def find(session, told):
    """The Party that a form tells of, by its credit code or, of a person, by the mark of the number; None for a new one."""
    if told.get("uscc"):
        return session.scalar(select(Party).where(Party.uscc == told["uscc"]))
    if told.get("identity"):
        same = session.scalars(select(Party).where(Party.kind == "个人", Party.name == told["name"]))
        return next((party for party in same if party.identity and party.identity["hmac"] == told["identity"]["hmac"]), None)
    return None
