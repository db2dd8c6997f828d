"""Accounts, units and roles, and how somebody shows who they are."""

from sqlalchemy import Boolean, Date, ForeignKey, Index, Text, true
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment


class Account(Base):
    """Somebody who may sign in."""

    __tablename__ = "account"
    username: Mapped[str] = mapped_column(Text, primary_key=True)  # ^[a-zA-Z0-9_~@.+-]+$
    display_name: Mapped[str] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(Text)
    password_hash: Mapped[str] = mapped_column(Text)  # argon2id
    active: Mapped[bool] = mapped_column(Boolean, server_default=true())
    changed: Mapped[object] = mapped_column(Moment)  # sessions and remembered credentials from before are void


class Unit(Base):
    """A 单位: village, department, company, enterprise."""

    __tablename__ = "unit"
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    type: Mapped[str] = mapped_column(Text, server_default="")
    parent: Mapped[str | None] = mapped_column(ForeignKey("unit.name"))


class Role(Base):
    """A role is the name of a queue, and of a lane."""

    __tablename__ = "role"
    name: Mapped[str] = mapped_column(Text, primary_key=True)


class Membership(Base):
    """Who holds which role in which unit; the empty unit stands for none."""

    __tablename__ = "membership"
    username: Mapped[str] = mapped_column(ForeignKey("account.username"), primary_key=True)
    role: Mapped[str] = mapped_column(ForeignKey("role.name"), primary_key=True)
    unit: Mapped[str] = mapped_column(Text, primary_key=True, server_default="")
    __table_args__ = (Index("ix_membership_role", "role", "unit"),)


class Deputy(Base):
    """Who acts for whom, from the first day to the last, both included; one that was ended before it began has none."""

    __tablename__ = "deputy"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    principal: Mapped[str] = mapped_column(ForeignKey("account.username"))
    deputy: Mapped[str] = mapped_column(ForeignKey("account.username"))
    first: Mapped[object] = mapped_column(Date)
    last: Mapped[object] = mapped_column(Date)
    __table_args__ = (Index("ix_deputy_principal", "principal"), Index("ix_deputy_deputy", "deputy"))


class Token(Base):
    """An API token: only its SHA-256 is kept."""

    __tablename__ = "token"
    hash: Mapped[str] = mapped_column(Text, primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("account.username"), index=True)
    name: Mapped[str] = mapped_column(Text)
    created: Mapped[object] = mapped_column(Moment)
    expires: Mapped[object | None] = mapped_column(Moment)


class FailedSignIn(Base):
    """A sign-in that did not succeed, counted against guessing."""

    __tablename__ = "failed_sign_in"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment)
    __table_args__ = (Index("ix_failed_sign_in", "username", "at"),)
