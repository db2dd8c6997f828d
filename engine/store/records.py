"""What is kept beside the runs: history and its seals, deliveries, drafts, idempotency, the clock, holidays, leased keys."""

from sqlalchemy import Boolean, Date, Double, Index, Integer, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment


class History(Base):
    """One entry of a chain; `body` is the very text that was hashed. Append-only: see triggers.py."""

    __tablename__ = "history"
    chain: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    element_id: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_history_actor", "actor", "kind", "at"), Index("ix_history_kind", "kind", "at"))


class HistoryChain(Base):
    """How far a chain outside of the process instances has come: deployments, accounts, the clock, settings."""

    __tablename__ = "history_chain"
    chain: Mapped[int] = mapped_column(Key, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer)
    head: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, unique=True)


class Seal(Base):
    """A day's signed list of the chains that grew, and of the seal before it."""

    __tablename__ = "seal"
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    day: Mapped[str] = mapped_column(Text, unique=True)
    body: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(Text)


class SealedChain(Base):
    """Up to which length a chain was sealed: what is longer has grown."""

    __tablename__ = "sealed_chain"
    chain: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Integer)


class Confidential(Base):
    """A value that never stands in history: encrypted, and erasable without breaking a chain."""

    __tablename__ = "confidential"
    ref: Mapped[str] = mapped_column(Text, primary_key=True)
    root_key: Mapped[int] = mapped_column(Key, index=True)
    value: Mapped[str] = mapped_column(Text)  # Fernet: AES-128-CBC with HMAC-SHA-256
    mark: Mapped[str | None] = mapped_column(Text, index=True)  # HMAC under one key for all cases: the same value has the same mark
    label: Mapped[str | None] = mapped_column(Text)  # what its form calls it
    audience: Mapped[str | None] = mapped_column(Text)  # the role that alone may see it; empty: whoever sees the case
    emergency: Mapped[str | None] = mapped_column(Text)  # the role that may see it too where it must, on the record


class Outbox(Base):
    """What is still to be done after a commit: a message or signal for another root. Leased like timers."""

    __tablename__ = "outbox"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    due: Mapped[object] = mapped_column(Moment)
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_until: Mapped[object | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    dead: Mapped[bool] = mapped_column(Boolean, server_default=false())
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (Index("ix_outbox_due", "due", "key", sqlite_where=text("NOT dead"), postgresql_where=text("NOT dead")),)


class Idempotency(Base):
    """A request that was already done, and its answer."""

    __tablename__ = "idempotency"
    actor: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_hash: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment, index=True)


class Draft(Base):
    """What somebody typed into a task's form and has not handed in."""

    __tablename__ = "draft"
    task_key: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(Text, primary_key=True)
    form_values: Mapped[str] = mapped_column(Text)  # encrypted: a draft holds what its form marks as sensitive
    revision: Mapped[int] = mapped_column(Integer)
    saved: Mapped[object] = mapped_column(Moment)


class Comment(Base):
    """A remark on a case."""

    __tablename__ = "comment"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    root_key: Mapped[int] = mapped_column(Key, index=True)
    task_key: Mapped[int | None] = mapped_column(Key)
    username: Mapped[str] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)


class Attachment(Base):
    """A file by its SHA-256; the bytes lie under DATA_DIR/files. All that is said of it was found in its content (engine/content)."""

    __tablename__ = "attachment"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    root_key: Mapped[int | None] = mapped_column(Key, index=True)  # null until it is handed in with a case
    task_key: Mapped[int | None] = mapped_column(Key)
    name: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str] = mapped_column(Text, index=True)
    username: Mapped[str] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment)
    taken_at: Mapped[object | None] = mapped_column(Moment)  # EXIF: when a photo was taken
    longitude: Mapped[float | None] = mapped_column(Double)  # EXIF: where, in degrees of WGS-84 with six decimals
    latitude: Mapped[float | None] = mapped_column(Double)
    width: Mapped[int | None] = mapped_column(Integer)  # pixels of a photo as it is seen
    height: Mapped[int | None] = mapped_column(Integer)


class ClockOffset(Base):
    """By how much the engine's clock stands away from the machine's. One row, and only where CLOCK_CONTROL allows it."""

    __tablename__ = "clock_offset"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    microseconds: Mapped[int] = mapped_column(Key)


class Holiday(Base):
    """A day that is not what its weekday says: a public holiday, or a make-up working day (调休)."""

    __tablename__ = "holiday"
    day: Mapped[object] = mapped_column(Date, primary_key=True)
    working: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(Text)


class HolidayYear(Base):
    """A year whose table is published. Terms that reach past these years are provisional."""

    __tablename__ = "holiday_year"
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(Text)


class KeyBlock(Base):
    """The next key that no process has leased yet."""

    __tablename__ = "key_block"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    next: Mapped[int] = mapped_column(Key)
