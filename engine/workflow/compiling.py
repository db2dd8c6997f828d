"""From text to expressions: what elements declare is compiled once, and what does not fit together is refused."""

from engine import feel
from engine.workflow import behaviours, compiling_events, compiling_work, linking, mappings
from engine.workflow.elements import Listener, NotExecutable

TASK_EVENTS = ("creating", "assigning", "updating", "completing", "canceling")


class Compiler:
    """Compiles all elements of a process in place. `references`, `starts` and `uses_calendar` are what it came by."""

    def __init__(self, process, elements):
        self.references = {"forms": set(), "decisions": set(), "processes": set()}
        self.starts, self.uses_calendar, self.element = [], False, None
        self.names = _names(elements.values())
        for element in [process, *elements.values()]:
            self.element = element
            try:
                self._compile(element)
            except feel.FeelError as problem:
                raise NotExecutable(element.id, str(problem)) from problem
        for element in elements.values():
            if element.kind in ("inclusive", "complex") and len(element.incoming) > 1:
                element.upstream = {flow.id: linking.upstream(flow, element) for flow in element.incoming}
        for element in [process, *elements.values()]:
            behaviours.settle(element)

    # -- what the parts of the compiler ask for

    def value(self, text):
        """An attribute of the dialect: "=…" is FEEL, anything else the text itself. None for None."""
        return None if text is None else self._noted(feel.value(text, self.names))

    def expression(self, text):
        """An attribute that is always FEEL: its leading "=" is optional. None for None."""
        return None if text is None else self._noted(feel.expression(text.strip().removeprefix("="), self.names))

    def refuse(self, sentence):
        """Raise NotExecutable at the element that is being compiled."""
        raise NotExecutable(self.element.id, sentence)

    def refer(self, kind, expression, binding, version_tag):
        """Something that must be deployed beside the process, if its id is a literal."""
        if expression.literal:
            self.references[kind].add((expression(feel.Scope({})), binding, version_tag))

    def _noted(self, expression):
        self.uses_calendar = self.uses_calendar or expression.uses_calendar
        return expression

    # -- what every element can have

    def _compile(self, element):
        zeebe = element.zeebe if element.kind == "process" else element.spec.extensions.zeebe
        element.inputs = tuple(self._mapping(pair) for pair in zeebe.get("inputs", ()))
        element.outputs = tuple(self._mapping(pair) for pair in zeebe.get("outputs", ()))
        self._listeners(element, zeebe)
        if element.kind == "process":
            return
        self._flows(element)
        self._loop(element)
        compiling_events.compile(self, element)
        compiling_work.compile(self, element, zeebe)

    def _mapping(self, pair):
        source, target = pair
        try:
            return mappings.target(target), self.value(source or "=null")
        except feel.FeelError:
            raise
        except ValueError as problem:
            raise NotExecutable(self.element.id, str(problem)) from problem

    def _listeners(self, element, zeebe):
        for declared in zeebe.get("executionListeners", ()):
            event = declared.get("eventType")
            if event not in ("start", "end"):
                self.refuse(f"Expected an execution listener for start or end, but found {event!r}")
            name = f"{event}_listeners"
            setattr(element, name, (*getattr(element, name), self._listener(declared)))
        listeners = {}
        for declared in zeebe.get("taskListeners", ()):
            event = declared.get("eventType")
            if event not in TASK_EVENTS or element.kind != "user":
                self.refuse(f"Expected a task listener of a user task for {', '.join(TASK_EVENTS)}, but found {event!r}")
            listeners[event] = (*listeners.get(event, ()), self._listener(declared))
        if listeners:
            element.task_listeners = listeners

    def _listener(self, declared):
        if not declared.get("type"):
            self.refuse("Expected a listener with a type, but it has none")
        return Listener(self.value(declared["type"]), self.value(declared.get("retries")), declared["headers"])

    def _flows(self, element):
        for flow in element.flows:
            flow.test = self.expression(flow.condition)
        element.plain = element.default is None and all(flow.test is None for flow in element.flows)
        for flow in element.flows[:-1]:
            if element.kind == "exclusive" and flow.test is None and not flow.default:
                self.refuse(f"Expected a condition on flow {flow.id}, or to be the default, but it hides the flows after it")

    def _loop(self, element):
        loop = element.loop
        if loop is None:
            return
        if element.kind in ("event_subprocess", "start", "boundary"):
            self.refuse("Expected a loop on an activity, but found one elsewhere")
        loop.collection, loop.result = self.expression(loop.collection), self.expression(loop.result)
        loop.until = self.expression(loop.until)
        loop.own = loop.result.variable if loop.result is not None else None


def _names(elements):
    """Names of variables that FEEL could not read as names without knowing them: with spaces or signs."""
    found = set()
    for element in elements:
        zeebe = element.spec.extensions.zeebe
        found.update(target.split(".")[0] for _, target in [*zeebe.get("inputs", ()), *zeebe.get("outputs", ())] if target)
        found.update(zeebe.get(part, {}).get("resultVariable") for part in ("script", "calledDecision"))
        if element.loop is not None:
            found.update((element.loop.element, element.loop.output))
    return tuple(sorted(name for name in found if name and not name.isidentifier()))
