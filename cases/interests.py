"""Who stands too near to a party to act in its cases (行政处罚法 art. 43: 有直接利害关系或者有其他关系可能影响公正执法的，应当回避).

What people declare of themselves, or are found to be; the engine asks for it where a diagram subjects a task to 回避 (bihuan:recusal).
"""

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment

#: Under these names diagrams and forms hold a party of a case: its name, or the one of whoever answers for it.
NAMES = frozenset({"enterprise", "person", "name", "employer", "representative"})
#: Variables in which parties stand, at any depth.
PLACES = ("enterprise", "person", "parties", "hazard", "hazards", "respondent", "respondents", "interviewee")


class Interest(Base):
    """Somebody's relation to an enterprise or a person. One that is over is ended, never removed."""

    __tablename__ = "interest"
    no: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("account.username"))
    party: Mapped[str] = mapped_column(Text)  # name of the enterprise or person
    relation: Mapped[str] = mapped_column(Text)  # 近亲属, 持股, 曾任职, …
    declared: Mapped[object] = mapped_column(Moment)
    declared_by: Mapped[str] = mapped_column(Text)
    ended: Mapped[object | None] = mapped_column(Moment)
    ended_by: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_interest_username", "username"),)


def interest(session, usernames, variables):
    """(user name, party, relation) of the first interest that one of `usernames` has in a party of a case; None without one."""
    rows = session.scalars(select(Interest).where(Interest.username.in_(usernames), Interest.ended.is_(None)).order_by(Interest.no)).all()
    if not rows:
        return None
    parties = set()
    for place in PLACES:
        _names(place, variables.get(place), parties)
    return next(((row.username, row.party, row.relation) for row in rows if row.party in parties), None)


def _names(key, value, found):
    if isinstance(value, dict):
        for name, inner in value.items():
            _names(name, inner, found)
    elif isinstance(value, list):
        for inner in value:
            _names(key, inner, found)
    elif isinstance(value, str) and key in NAMES:
        found.add(value)
