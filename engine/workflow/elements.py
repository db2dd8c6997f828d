"""What a diagram says, ready to run: elements and their flows. Filled once by `definition.read`, never changed by a run."""

from dataclasses import dataclass


class NotExecutable(ValueError):
    """A diagram, or one element of it, that cannot be run: `element` is its id (or None), `sentence` what was expected and found."""

    def __init__(self, element, sentence):
        super().__init__(f"{element}: {sentence}" if element else sentence)
        self.element, self.sentence = element, sentence


class Flow:
    """A sequence flow. `test` is the compiled condition, None for none."""

    __slots__ = ("condition", "default", "id", "source", "target", "test")

    def __init__(self, id, source, target, condition, default):
        self.id, self.source, self.target, self.condition, self.default = id, source, target, condition, default
        self.test = None


@dataclass(slots=True)
class Loop:
    """A standard or multi-instance loop: first as declared (text), then with compiled expressions in the same places."""

    kind: str  # standard, parallel, sequential
    collection: object = None
    element: str | None = None
    output: str | None = None
    result: object = None
    own: str | None = None  # the variable that the result is, or is a part of: each round has one to itself
    until: object = None  # completion condition; of a standard loop: go on while it is true
    maximum: int | None = None
    test_before: bool = False


@dataclass(slots=True)
class Catch:
    """One thing that an event waits for, or is thrown for."""

    kind: str  # timer, message, signal, conditional, error, escalation, cancel, compensation, link, terminate
    name: object = None  # Expression of a message's or signal's name; text of a link or a compensated activity
    code: str | None = None  # of an error or escalation; None catches every code
    key: object = None  # Expression of a message's correlation key
    timer: str | None = None  # date, duration, cycle
    when: object = None  # Expression of a timer or condition


@dataclass(slots=True)
class Listener:
    """An execution or task listener: a job that a transition waits for."""

    type: object
    retries: object
    headers: dict


@dataclass(slots=True)
class JobWork:
    """What a job worker is asked to do."""

    type: object  # Expression
    retries: object  # Expression, or None for three
    headers: dict


@dataclass(slots=True)
class UserWork:
    """What a person is asked to do: the fields of `outcome.UserTask` that are fixed, and those that variables decide."""

    fixed: dict
    computed: tuple  # of (field, Expression, converter)


@dataclass(slots=True)
class Called:
    """The process that a call activity asks for."""

    process_id: object  # Expression
    binding: str
    version_tag: str | None
    hand_down: bool  # propagateAllParentVariables
    hand_up: bool  # propagateAllChildVariables


@dataclass(slots=True)
class Decided:
    """The decision that a business rule task asks for."""

    decision_id: object  # Expression
    result: str
    binding: str
    version_tag: str | None


@dataclass(slots=True)
class Scripted:
    """A FEEL script and the variable that takes its value."""

    code: object
    result: str


@dataclass(slots=True)
class Published:
    """The message that a throwing event or send task publishes."""

    key: object = None
    message_id: object = None
    time_to_live: object = None


@dataclass(slots=True)
class AdHoc:
    """How the elements inside an ad-hoc sub-process are chosen, and when it is done."""

    active: object  # Expression, or None: nothing is chosen
    waits: bool  # nothing starts by itself: whoever activates an element chooses
    until: object
    cancel_remaining: bool
    sequential: bool


class Element:
    """An element of a process, or the process itself.

    It holds the library's specification and never hangs anything on it, so that nothing of ours can meet a name of the library's.
    Lists and dicts below are the class's own empty ones until the reader fills an element's.
    """

    flows = incoming = boundaries = ()
    inputs = outputs = ()  # (path of the target, Expression)
    start_listeners = end_listeners = ()
    task_listeners = {}  # event -> listeners
    properties = {}  # zeebe:property
    form = None  # {"id", "binding", "version_tag", "external", "key"}: those that are given
    documentation = lane = name = None
    work = None  # JobWork, UserWork, Called, Decided, Scripted, Published, AdHoc: by kind
    loop = None
    default = None  # the default flow
    plain = True  # no outgoing flow has a condition
    start_quantity = completion_quantity = 1
    catches = ()  # Catch: what an event waits for or throws
    all_of = False  # a parallel multiple event: all of its catches
    waits_for = ()  # events that a waiting element subscribes for: itself, or those behind an event-based gateway
    activation = None  # of a complex gateway
    upstream = None  # flow id -> ids of elements from which a token can still come over it; of a join that asks
    boundary = False
    attached = None  # the activity of a boundary event
    interrupting = True
    for_compensation = False
    handler = None  # what compensates this element: an activity, or an event sub-process
    # of a process or sub-process
    elements = {}  # id -> Element, directly inside
    starts = ()
    handlers = ()  # event sub-processes
    start = None  # the start event of an event sub-process
    subprocess = None  # the event sub-process of a start event
    transaction = False
    # how it behaves: functions of the machine, see behaviours.py
    arrive = begin = done = choose = None
    inside_ended = None  # of an ad-hoc sub-process: something inside was completed
    rounds = None  # of a looped element: the module that knows rounds

    def __init__(self, id, kind, type, spec, parent):
        self.id, self.kind, self.type, self.spec, self.parent = id, kind, type, spec, parent

    def __repr__(self):
        return f"<{self.kind} {self.id}>"


@dataclass(slots=True)
class Start:
    """A start event of a process that something outside triggers."""

    event_id: str
    kind: str  # message, timer, signal, conditional
    name: str | None = None  # of the message or signal
    timer: str | None = None  # date, duration, cycle
    when: object = None  # Expression of the timer or condition; evaluated without variables
