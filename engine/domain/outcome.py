"""What a step of the machine did, in the words of the store: `advance(definition, state, command, now) -> Outcome`.

Every record is kept under its number inside the instance, so that what was opened and closed in the same step leaves nothing, and what
was changed twice is written once. `opened` always describes rows that exist after the step, `closed` rows that existed before it.
"""

from dataclasses import dataclass, field
from datetime import datetime

#: Element instances with numbers from here on live outside of the state bytes; a database's integers end at twice as much.
OUTSIDE = 1 << 30

ACTIVE, COMPLETED, TERMINATED, CANCELED = "ACTIVE", "COMPLETED", "TERMINATED", "CANCELED"


@dataclass(slots=True, frozen=True)
class State:
    """Where an instance stands: the machine's bytes (None before the start) and the variables of its living scopes as JSON text.

    `variables` is {scope number: {name: JSON text}}; number 1 is the process instance itself. `outside` reads what lives outside of the
    bytes when the machine comes to it, as it was before the transaction (None: there is nothing); its rows are {number: (round, JSON text
    as in the bytes)}:

        round(number)                the rows of the round that an element instance is in, and {scope: {name: JSON text}} of its variables
        rest()                       the same of all rounds
        results(first, last, name)   {number: JSON text} of a variable that rounds in this range have left behind
        waiting(subscription)        the number of the element instance that has a subscription, or None
    """

    raw: bytes | None = None
    variables: dict = field(default_factory=dict)
    outside: object = None


@dataclass(slots=True)
class Element:
    """An element instance whose status this step decided. `new`: it began in this step."""

    number: int
    scope: int
    element_id: str
    type: str  # Camunda's word: USER_TASK, EXCLUSIVE_GATEWAY, …
    status: str
    new: bool


@dataclass(slots=True)
class UserTask:
    """A user task as its definition and the variables make it."""

    number: int
    element_id: str
    assignee: str | None = None
    candidate_groups: tuple = ()
    candidate_users: tuple = ()
    due: datetime | None = None
    follow_up: datetime | None = None
    priority: int = 50
    form_id: str | None = None
    form_binding: str = "latest"
    form_version_tag: str | None = None
    external_form: str | None = None
    headers: dict = field(default_factory=dict)
    status: str = "CREATED"  # or CREATING, ASSIGNING, UPDATING, COMPLETING, CANCELING while a listener's job is out


@dataclass(slots=True)
class Job:
    """Work for a job worker: of an element, of an execution listener or of a task listener."""

    number: int
    element_id: str
    type: str
    retries: int = 3
    headers: dict = field(default_factory=dict)
    kind: str = "BPMN_ELEMENT"  # EXECUTION_LISTENER, TASK_LISTENER
    listener_event: str = "UNSPECIFIED"  # START, END, CREATING, ASSIGNING, UPDATING, COMPLETING, CANCELING


@dataclass(slots=True)
class Subscription:
    """Something that an element instance waits for. `id` is a number of the instance's own, unique within it."""

    id: int
    number: int  # of the element instance that waits
    event_id: str  # of the element that says what happens then
    kind: str  # timer, message, signal
    name: str | None = None  # of the message or signal
    correlation_key: str | None = None  # of the message, as text
    due: datetime | None = None  # of the timer; a cycle opens the same id again with its next time


@dataclass(slots=True)
class Child:
    """A call activity that asks for an instance of its own."""

    number: int
    element_id: str
    process_id: str
    binding: str = "latest"  # deployment, versionTag
    version_tag: str | None = None
    variables: dict = field(default_factory=dict)  # {name: value}
    # {"error": [code], "escalation": [[code, whether it ends the child]]}, nearest first; a code of None is every code
    caught_above: dict = field(default_factory=dict)


@dataclass(slots=True)
class Call:
    """Where the machine stopped for something that is not its own: a `local:` handler or a decision.

    The command does it and advances again with `finish_call` or `fail_call`.
    """

    number: int
    element_id: str
    kind: str  # local, decision
    name: str  # the handler's type, or the decision's id
    variables: dict  # {name: value}: what the element sees, innermost first
    headers: dict = field(default_factory=dict)
    binding: str = "latest"
    version_tag: str | None = None


@dataclass(slots=True)
class Incident:
    """An element instance that cannot go on until somebody resolves it."""

    number: int
    element_id: str
    error_type: str  # Camunda's word: IO_MAPPING_ERROR, CONDITION_ERROR, EXTRACT_VALUE_ERROR, UNHANDLED_ERROR_EVENT, …
    message: str


@dataclass(slots=True)
class Thrown:
    """A message, a signal, or an error or escalation that nobody inside this instance catches."""

    kind: str  # message, signal, error, escalation
    name: str  # of the message or signal, or the code
    element_id: str
    correlation_key: str | None = None
    time_to_live: int = 0  # milliseconds, of a message
    message_id: str | None = None
    variables: dict = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """All that a step changed. Empty collections where nothing happened."""

    state: bytes = b""
    status: str = ACTIVE
    elements: dict = field(default_factory=dict)  # number -> Element
    tasks_opened: dict = field(default_factory=dict)  # number -> UserTask
    tasks_changed: dict = field(default_factory=dict)  # number -> {field of UserTask: new value}
    tasks_closed: dict = field(default_factory=dict)  # number -> COMPLETED or CANCELED
    jobs_opened: dict = field(default_factory=dict)  # number -> Job
    jobs_closed: dict = field(default_factory=dict)  # number -> COMPLETED, CANCELED or ERROR_THROWN; an opened one comes after it
    subscriptions_opened: dict = field(default_factory=dict)  # id -> Subscription
    subscriptions_closed: dict = field(default_factory=dict)  # id -> kind; a cycle's next time is opened after it, under the same id
    children_opened: dict = field(default_factory=dict)  # number -> Child
    children_cancelled: set = field(default_factory=set)  # numbers of call activities that ended before their child
    incidents_opened: dict = field(default_factory=dict)  # number -> Incident
    incidents_closed: set = field(default_factory=set)
    variables: dict = field(default_factory=dict)  # (scope, name) -> JSON text, or None: the row goes (a completion was denied)
    scopes_closed: set = field(default_factory=set)  # scope numbers whose variables went with them
    rounds: dict = field(default_factory=dict)  # number -> (round, JSON text) of what lives outside of the bytes; None: the row goes
    thrown: list = field(default_factory=list)  # Thrown, in order
    calls: list = field(default_factory=list)  # Call: the machine waits for these
    path: list = field(default_factory=list)  # in order: ("entered" | "left" | "terminated" | "flow", element or flow id, number)
