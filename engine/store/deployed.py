"""What was deployed: immutable under its key. Which version is the latest is read in the transaction, each time."""

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment


class Deployment(Base):
    """One upload: all of it or none."""

    __tablename__ = "deployment"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    deployed: Mapped[object] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    number: Mapped[int] = mapped_column(Integer, server_default="0")  # in the order of the deployments, which the keys are not in
    authors: Mapped[str | None] = mapped_column(Text)  # JSON list: who drew what the actor published; empty where nobody else looked


class Resource(Base):
    """A file of a deployment, byte for byte."""

    __tablename__ = "resource"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    deployment_key: Mapped[int] = mapped_column(ForeignKey("deployment.key"), index=True)
    name: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(Text, index=True)  # SHA-256 of the content, hexadecimal
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ProcessDefinition(Base):
    """A version of an executable process."""

    __tablename__ = "process_definition"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    process_id: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    version_tag: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    start_form_id: Mapped[str | None] = mapped_column(Text)
    deployment_key: Mapped[int] = mapped_column(Key)
    resource_key: Mapped[int] = mapped_column(ForeignKey("resource.key"))
    __table_args__ = (UniqueConstraint("process_id", "version"), Index("ix_process_definition_tag", "process_id", "version_tag"))


class DecisionRequirements(Base):
    """A version of a DMN file: a graph of decisions."""

    __tablename__ = "decision_requirements"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    requirements_id: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    namespace: Mapped[str | None] = mapped_column(Text)  # under which other files import it
    imports: Mapped[str | None] = mapped_column(Text)  # JSON list of {"namespace", "name", "key" of the version that is meant}
    deployment_key: Mapped[int] = mapped_column(Key)
    resource_key: Mapped[int] = mapped_column(ForeignKey("resource.key"))
    __table_args__ = (UniqueConstraint("requirements_id", "version"),)


class Decision(Base):
    """A version of a decision."""

    __tablename__ = "decision"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    decision_id: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    version_tag: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    requirements_key: Mapped[int] = mapped_column(ForeignKey("decision_requirements.key"))
    deployment_key: Mapped[int] = mapped_column(Key)
    __table_args__ = (UniqueConstraint("decision_id", "version"),)


class Form(Base):
    """A version of a form."""

    __tablename__ = "form"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    form_id: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    version_tag: Mapped[str | None] = mapped_column(Text)
    deployment_key: Mapped[int] = mapped_column(Key)
    resource_key: Mapped[int] = mapped_column(ForeignKey("resource.key"))
    __table_args__ = (UniqueConstraint("form_id", "version"),)


class DesignDraft(Base):
    """What is drawn and not published yet: at most one beside each design. A design is a file: a diagram, a graph of decisions, a form."""

    __tablename__ = "design_draft"
    kind: Mapped[str] = mapped_column(Text, primary_key=True)  # process, decision, form
    id: Mapped[str] = mapped_column(Text, primary_key=True)  # of the process, of the requirements, of the form
    etag: Mapped[int] = mapped_column(Key)  # another one with each save, never one that was there before
    resource: Mapped[str] = mapped_column(Text)  # under which name it will be deployed
    name: Mapped[str | None] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    errors: Mapped[int] = mapped_column(Integer)  # what the gate found when it was saved
    base_version: Mapped[int | None] = mapped_column(Integer)  # the version from which it goes on; empty where there was none
    author: Mapped[str] = mapped_column(Text)  # who saved last
    authors: Mapped[str] = mapped_column(Text)  # JSON list: everybody who saved any of it; none of them may publish it
    saved: Mapped[object] = mapped_column(Moment)
