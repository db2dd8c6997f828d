"""What runs: process instances and everything that hangs on one. Every table carries the key of the root, whose row is the lock."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.base import Base, Key, Moment

_HELD = "completed IS NULL AND assignee IS NOT NULL"


class ProcessInstance(Base):
    """One run of a process definition. A call activity's child is a row of its own, under the same root."""

    __tablename__ = "process_instance"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    root_key: Mapped[int] = mapped_column(Key)
    parent_key: Mapped[int | None] = mapped_column(Key)
    parent_number: Mapped[int | None] = mapped_column(Integer)  # the call activity's element instance, in the parent's own numbers
    parent_element_key: Mapped[int | None] = mapped_column(Key)  # the same by its key
    definition_key: Mapped[int] = mapped_column(ForeignKey("process_definition.key"))
    process_id: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)  # ACTIVE, COMPLETED, TERMINATED
    state: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int] = mapped_column(Integer)  # a step that read an older one has lost
    incidents: Mapped[int] = mapped_column(Integer, default=0)  # open ones of this instance
    business_id: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text, default="[]")
    started: Mapped[object] = mapped_column(Moment)
    started_by: Mapped[str] = mapped_column(Text)
    ended: Mapped[object | None] = mapped_column(Moment)
    history_seq: Mapped[int] = mapped_column(Integer)
    history_head: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("ix_process_instance_root", "root_key"),
        Index("ix_process_instance_parent", "parent_key"),
        Index("ix_process_instance_started", "started", "key"),
        Index("ix_process_instance_process", "process_id", "status", "key"),
        Index("ix_process_instance_business", "business_id"),
    )


class ElementInstance(Base):
    """An element that was entered: the path that a case took. The scope is the number of the element instance around it."""

    __tablename__ = "element_instance"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int] = mapped_column(Key)
    root_key: Mapped[int] = mapped_column(Key)
    number: Mapped[int] = mapped_column(Integer)
    scope: Mapped[int] = mapped_column(Integer)
    element_id: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)  # ACTIVE, COMPLETED, TERMINATED
    started: Mapped[object] = mapped_column(Moment)
    ended: Mapped[object | None] = mapped_column(Moment)
    # Found by its root, and by its number in an instance whose root is always known beside it: one index serves both.
    __table_args__ = (UniqueConstraint("root_key", "instance_key", "number"),)


class UserTask(Base):
    """A user task; its key is the key of its element instance."""

    __tablename__ = "user_task"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int] = mapped_column(Key)
    root_key: Mapped[int] = mapped_column(Key)
    number: Mapped[int] = mapped_column(Integer)
    definition_key: Mapped[int] = mapped_column(Key)
    process_id: Mapped[str] = mapped_column(Text)
    element_id: Mapped[str] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(
        Text
    )  # Camunda's: CREATING, CREATED, ASSIGNING, UPDATING, COMPLETING, COMPLETED, CANCELING, CANCELED
    assignee: Mapped[str | None] = mapped_column(Text)
    candidate_groups: Mapped[str] = mapped_column(Text)  # JSON list
    candidate_users: Mapped[str] = mapped_column(Text)  # JSON list
    priority: Mapped[int] = mapped_column(Integer)
    created: Mapped[object] = mapped_column(Moment)
    due: Mapped[object | None] = mapped_column(Moment)
    follow_up: Mapped[object | None] = mapped_column(Moment)
    completed: Mapped[object | None] = mapped_column(Moment)
    completed_by: Mapped[str | None] = mapped_column(Text)
    confirmed_by: Mapped[str] = mapped_column(Text, server_default="[]")  # JSON list: the further officers
    acted_for: Mapped[str | None] = mapped_column(Text)  # JSON list: whose deputies some of them were
    pending: Mapped[str | None] = mapped_column(Text)  # what the first officer filed, while another one has still to confirm
    form_key: Mapped[int | None] = mapped_column(Key)
    external_form: Mapped[str | None] = mapped_column(Text)
    headers: Mapped[str] = mapped_column(Text)  # JSON object
    __table_args__ = (
        UniqueConstraint("root_key", "instance_key", "number"),
        Index("ix_user_task_mine", "assignee", "key", sqlite_where=text(_HELD), postgresql_where=text(_HELD)),
        Index("ix_user_task_open", "key", sqlite_where=text("completed IS NULL"), postgresql_where=text("completed IS NULL")),
    )


class TaskCandidate(Base):
    """A task in one queue: what an inbox page needs is repeated here, so that a page is one range of one index."""

    __tablename__ = "task_candidate"
    task_key: Mapped[int] = mapped_column(Key, primary_key=True)
    candidate: Mapped[str] = mapped_column(Text, primary_key=True)  # a group, or user:<username>
    root_key: Mapped[int] = mapped_column(Key)
    open: Mapped[bool] = mapped_column(Boolean)
    assignee: Mapped[str | None] = mapped_column(Text)
    created: Mapped[object] = mapped_column(Moment)
    due: Mapped[object] = mapped_column(Moment)  # NEVER where the task has none
    priority: Mapped[int] = mapped_column(Integer)  # negated, so that the highest comes first in an ascending index
    unit: Mapped[str | None] = mapped_column(Text)  # of the group, where it names one
    __table_args__ = (
        *(
            Index(
                f"ix_task_candidate_by_{order}", "candidate", *columns, "task_key", sqlite_where=text("open"), postgresql_where=text("open")
            )
            for order, columns in (
                ("created", ["created"]),
                ("due", ["due"]),
                ("priority", ["priority", "due"]),
                ("assignee", ["assignee", "due"]),
            )
        ),
        Index("ix_task_candidate_root", "root_key", "candidate"),
    )


class Recusal(Base):
    """Who withdrew from a case (回避), or was made to: no task that is subject to it is theirs any more."""

    __tablename__ = "recusal"
    root_key: Mapped[int] = mapped_column(Key, primary_key=True)
    username: Mapped[str] = mapped_column(Text, primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[object] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(Text)


class Job(Base):
    """Work for a job worker; also a queue, leased by claimed_by and claimed_until."""

    __tablename__ = "job"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int] = mapped_column(Key)
    root_key: Mapped[int] = mapped_column(Key)
    number: Mapped[int] = mapped_column(Integer)
    definition_key: Mapped[int] = mapped_column(Key)
    process_id: Mapped[str] = mapped_column(Text)
    element_id: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    listener_event: Mapped[str] = mapped_column(Text)
    headers: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)  # CREATED, COMPLETED, FAILED, ERROR_THROWN, CANCELED
    retries: Mapped[int] = mapped_column(Integer)
    available: Mapped[object] = mapped_column(Moment)  # not before: back-off, or the end of a worker's lease
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_until: Mapped[object | None] = mapped_column(Moment)
    lease: Mapped[str | None] = mapped_column(Text)  # what the activation handed out
    error_code: Mapped[str | None] = mapped_column(Text)
    error_message: Mapped[str | None] = mapped_column(Text)
    created: Mapped[object] = mapped_column(Moment)
    ended: Mapped[object | None] = mapped_column(Moment)
    __table_args__ = (
        Index("ix_job_open", "type", "available", "key", sqlite_where=text("ended IS NULL"), postgresql_where=text("ended IS NULL")),
        Index("ix_job_instance", "instance_key", "number"),
        Index("ix_job_root", "root_key"),
    )


class Timer(Base):
    """When something is due. Of a start event the instance is empty and the definition is named."""

    __tablename__ = "timer"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int | None] = mapped_column(Key)
    root_key: Mapped[int | None] = mapped_column(Key)
    subscription: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    definition_key: Mapped[int] = mapped_column(Key)
    element_id: Mapped[str] = mapped_column(Text)
    due: Mapped[object] = mapped_column(Moment)
    repetitions: Mapped[str | None] = mapped_column(Text)  # of a start event: what is left of its cycle
    claimed_by: Mapped[str | None] = mapped_column(Text)
    claimed_until: Mapped[object | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    dead: Mapped[bool] = mapped_column(Boolean, server_default=false())
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        UniqueConstraint("instance_key", "subscription"),
        Index("ix_timer_due", "due", "key", sqlite_where=text("NOT dead"), postgresql_where=text("NOT dead")),
        Index("ix_timer_definition", "definition_key"),
    )


class MessageSubscription(Base):
    """Who waits for a message or a signal. Of a start event the instance is empty and the definition is named."""

    __tablename__ = "message_subscription"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int | None] = mapped_column(Key)
    root_key: Mapped[int | None] = mapped_column(Key)
    subscription: Mapped[int | None] = mapped_column(Integer)
    number: Mapped[int | None] = mapped_column(Integer)
    definition_key: Mapped[int] = mapped_column(Key)
    process_id: Mapped[str] = mapped_column(Text)
    element_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)  # message, signal; conditional: a start event, without a name
    name: Mapped[str] = mapped_column(Text)
    correlation_key: Mapped[str] = mapped_column(Text, server_default="")
    __table_args__ = (
        UniqueConstraint("instance_key", "subscription"),
        Index("ix_message_subscription_name", "kind", "name", "correlation_key", "key"),
        Index("ix_message_subscription_definition", "definition_key"),
    )


class Message(Base):
    """A published message. It waits, until `expires`, for a subscription; given to one, it stays that long to refuse its own repetition."""

    __tablename__ = "message"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    correlation_key: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(Text)
    variables: Mapped[str] = mapped_column(Text)
    published: Mapped[object] = mapped_column(Moment)
    expires: Mapped[object] = mapped_column(Moment)
    delivered: Mapped[object | None] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("ix_message_name", "name", "correlation_key", "key"),
        Index("ix_message_expires", "expires"),
        Index("uq_message_id", "name", "correlation_key", "message_id", unique=True),
    )


class Incident(Base):
    """Something that cannot go on until a person resolves it."""

    __tablename__ = "incident"
    key: Mapped[int] = mapped_column(Key, primary_key=True)
    instance_key: Mapped[int] = mapped_column(Key)
    root_key: Mapped[int] = mapped_column(Key)
    number: Mapped[int] = mapped_column(Integer)
    definition_key: Mapped[int] = mapped_column(Key)
    process_id: Mapped[str] = mapped_column(Text)
    element_id: Mapped[str] = mapped_column(Text)
    job_key: Mapped[int | None] = mapped_column(Key)
    error_type: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(Text)  # ACTIVE, RESOLVED
    created: Mapped[object] = mapped_column(Moment)
    resolved: Mapped[object | None] = mapped_column(Moment)
    __table_args__ = (
        Index("ix_incident_instance", "instance_key", "number"),
        Index("ix_incident_active", "created", "key", sqlite_where=text("resolved IS NULL"), postgresql_where=text("resolved IS NULL")),
    )


class Variable(Base):
    """A variable of a living scope as JSON text; scope 1 is the process instance."""

    __tablename__ = "variable"
    instance_key: Mapped[int] = mapped_column(Key, primary_key=True)
    scope: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[int] = mapped_column(Key, unique=True)
    root_key: Mapped[int] = mapped_column(Key)
    value: Mapped[str] = mapped_column(Text)
    __table_args__ = ({"sqlite_with_rowid": False},)


class RoundElement(Base):
    """An element instance in a round of a wide multi-instance: what the state bytes would hold of it."""

    __tablename__ = "round_element"
    instance_key: Mapped[int] = mapped_column(Key, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    round: Mapped[int] = mapped_column(Integer)  # the number of the round that it is, or is in: the innermost
    row: Mapped[str] = mapped_column(Text)  # [number, element, parent, data, subscriptions] as JSON, see engine.workflow.state
    __table_args__ = (Index("ix_round_element_round", "instance_key", "round"), {"sqlite_with_rowid": False})


class DecisionInstance(Base):
    """A decision that was made: what went in, what came out, which rules matched.

    An evaluation makes the decision asked for (`root_decision_key`), and before it each one that it requires: `place` counts them.
    """

    __tablename__ = "decision_instance"
    evaluation_key: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    instance_key: Mapped[int | None] = mapped_column(Key, index=True)  # of the process instance; none outside of any case
    root_key: Mapped[int | None] = mapped_column(Key)
    number: Mapped[int | None] = mapped_column(Integer)
    element_id: Mapped[str | None] = mapped_column(Text)
    decision_key: Mapped[int] = mapped_column(Key)
    root_decision_key: Mapped[int] = mapped_column(Key)
    type: Mapped[str] = mapped_column(Text)
    evaluated: Mapped[object] = mapped_column(Moment)
    failure: Mapped[str | None] = mapped_column(Text)  # the sentence that says why it could not be made
    record: Mapped[str] = mapped_column(Text)  # JSON of engine.decisions.EvaluatedDecision: its inputs, output and matched rules
    __table_args__ = (Index("ix_decision_instance_decision", "decision_key", "evaluation_key", "place"),)
