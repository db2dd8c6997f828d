"""Random block-structured processes and random players. Sound by construction: each must end, with nothing left."""

from tests.engine.workflow.drawing import (
    EVENTS,
    association,
    boundary,
    call,
    catch,
    diagram,
    element,
    end,
    flows,
    gateway,
    job,
    listeners,
    mapping,
    multi,
    script,
    start,
    sub,
    throw,
    user,
)

LEAVES = ("task", "task", "script", "job", "call", "listened", "failing")
BLOCKS = (
    "task", "job", "call", "listened", "failing", "sequence", "sequence", "exclusive", "parallel", "inclusive", "rework", "linked",
    "sub", "rounds", "sub rounds", "standard", "adhoc", "interrupted", "interrupted sub", "handled", "chosen event", "all of",
    "thrown", "compensated", "transaction",
)  # fmt: skip


class Generator:
    """Diagrams from a random.Random: `diagram()` is one, of blocks nested so deep."""

    def __init__(self, random, depth=4):
        self.random, self.depth, self.count, self.kinds = random, depth, 0, set()

    def diagram(self):
        """The file, as bytes."""
        body, entry, exit = self.block(self.depth)
        return diagram(start("S0"), body, end("E0"), flows(f"S0 -> {entry}", f"{exit} -> E0"))

    def id(self, word):
        self.count += 1
        return f"{word}{self.count}"

    def block(self, depth):
        """(elements, id that a flow leads to, id that a flow leaves)"""
        kind = self.random.choice(BLOCKS if depth > 0 else LEAVES)
        self.kinds.add(kind)
        return getattr(self, "_" + kind.replace(" ", "_"))(depth)

    def scope(self, depth):
        """(inside of a sub-process, id of its only task where one is needed)"""
        s, e = self.id("s"), self.id("e")
        body, entry, exit = self.block(depth - 1)
        return start(s) + body + end(e) + flows(f"{s} -> {entry}", f"{exit} -> {e}")

    # -- single elements

    def _task(self, depth):
        id = self.id("t")
        return user(id), id, id

    def _script(self, depth):
        id = self.id("t")
        return script(id, "n + 1", "n"), id, id

    def _job(self, depth):
        id = self.id("t")
        return job(id), id, id

    def _call(self, depth):
        id = self.id("t")
        return call(id), id, id

    def _listened(self, depth):
        id = self.id("t")
        pairs = [(event, f"{event} {id}") for event in ("start", "end") if self.random.random() < 0.5]
        events = [event for event in ("creating", "completing", "canceling", "completing") if self.random.random() < 0.5]
        ext = (listeners(*pairs) if pairs else "") + (listeners(*[(event, event) for event in events], of="task") if events else "")
        return user(id, ext=ext + mapping({"own": "n"}, {"n": "own"})), id, id

    def _failing(self, depth):
        """A script that fails until somebody sets `ok`."""
        id = self.id("t")
        return script(id, "if ok then n + 1 else function(x) x", "n"), id, id

    # -- control flow

    def _sequence(self, depth):
        a, b = self.block(depth - 1), self.block(depth - 1)
        return a[0] + b[0] + flows(f"{a[2]} -> {b[1]}"), a[1], b[2]

    def _linked(self, depth):
        a, b, name = self.block(depth - 1), self.block(depth - 1), self.id("link")
        event = f'<bpmn:linkEventDefinition name="{name}"/>'
        i, o = self.id("x"), self.id("x")
        return a[0] + b[0] + throw(i, event) + catch(o, event) + flows(f"{a[2]} -> {i}", f"{o} -> {b[1]}"), a[1], b[2]

    def _split(self, kind, depth):
        f, j = self.id("g"), self.id("g")
        parts = [self.block(depth - 1) for _ in range(self.random.randint(2, 3))]
        way = [f"{exit} -> {j}" for _, _, exit in parts]
        for number, (_, entry, _) in enumerate(parts):
            condition = f" if pick{self.random.randint(0, 2)} = {number}" if kind != "parallel" and number else ""
            way.append(f"{f} -> {entry}{condition}")
        default = {} if kind == "parallel" else {"default": f"{f}_{parts[0][1]}"}
        return gateway(kind, f, **default) + gateway(kind, j) + "".join(part[0] for part in parts) + flows(*way), f, j

    def _exclusive(self, depth):
        return self._split("exclusive", depth)

    def _parallel(self, depth):
        return self._split("parallel", depth)

    def _inclusive(self, depth):
        return self._split("inclusive", depth)

    def _rework(self, depth):
        m, g, c, after, count = (self.id(word) for word in ("g", "g", "t", "g", "v"))
        body, entry, exit = self.block(depth - 1)
        counted = script(c, f"if {count} = null then 1 else {count} + 1", count)
        parts = gateway("exclusive", m) + gateway("exclusive", g, default=f"{g}_{after}") + gateway("exclusive", after)
        way = flows(f"{m} -> {entry}", f"{exit} -> {c} -> {g} -> {after}", f"{g} -> {m} if {count} < 3")
        return body + counted + parts + way, m, after

    # -- scopes and loops

    def _sub(self, depth):
        id = self.id("x")
        return sub(id, self.scope(depth)), id, id

    def _characteristics(self):
        until = "numberOfCompletedInstances >= 2" if self.random.random() < 0.4 else ""
        return multi(self.random.random() < 0.5, until)

    def _rounds(self, depth):
        id = self.id("t")
        return self.random.choice((user, job))(id, self._characteristics()), id, id

    def _sub_rounds(self, depth):
        id = self.id("x")
        return sub(id, self.scope(depth), self._characteristics()), id, id

    def _standard(self, depth):
        id = self.id("t")
        before = self.random.choice(("true", "false"))
        loop = f'<bpmn:standardLoopCharacteristics testBefore="{before}" loopMaximum="3"/>'
        return self.random.choice((user, job))(id, loop), id, id

    def _adhoc(self, depth):
        id = self.id("x")
        parts = [self.block(depth - 2) for _ in range(2)]
        ordering = {"ordering": "Sequential"} if self.random.random() < 0.5 else {}
        return element("adHocSubProcess", id, *[part[0] for part in parts], **ordering), id, id

    # -- events

    def _bound(self, body, id, depth, kinds=None):
        """Boundary events on an activity: those that interrupt lead to what follows it, the others to ends of their own."""
        after, way = self.id("g"), []
        body += gateway("exclusive", after)
        way.append(f"{id} -> {after}")
        for kind in kinds or self.random.sample(["timer", "signal", "message", "cycle", "condition", "any error"], 2):
            b, (part, entry, exit) = self.id("b"), self.block(depth - 2)
            interrupting = self.random.random() < 0.5 or "error" in kind
            body += boundary(b, id, kind, interrupting) + part
            way.append(f"{b} -> {entry}")
            if interrupting:
                way.append(f"{exit} -> {after}")
            else:
                e = self.id("e")
                body += end(e)
                way.append(f"{exit} -> {e}")
        return body + flows(*way), id, after

    def _interrupted(self, depth):
        id = self.id("t")
        loop = self.random.choice(("", multi(), multi(True)))
        canceling = listeners(("canceling", "canceling"), of="task") if self.random.random() < 0.3 else ""
        return self._bound(user(id, loop, ext=canceling), id, depth)

    def _interrupted_sub(self, depth):
        id = self.id("x")
        return self._bound(sub(id, self.scope(depth)), id, depth)

    def _handled(self, depth):
        """A sub-process with an event sub-process."""
        id, h, hs, he = self.id("x"), self.id("h"), self.id("s"), self.id("e")
        body, entry, exit = self.block(depth - 2)
        event = self.random.choice(("timer", "signal", "message", "condition", "any error", "any escalation"))
        interrupting = "true" if "error" in event or self.random.random() < 0.5 else "false"
        inner = start(hs, event, isInterrupting=interrupting) + body + end(he) + flows(f"{hs} -> {entry}", f"{exit} -> {he}")
        return sub(id, self.scope(depth), sub(h, inner, triggeredByEvent="true")), id, id

    def _thrown(self, depth):
        """A sub-process that may end by an error, an escalation or a termination."""
        id, s, e, g, t = (self.id(word) for word in ("x", "s", "e", "g", "e"))
        body, entry, exit = self.block(depth - 1)
        inner = start(s) + body + gateway("exclusive", g, default=f"{g}_{e}") + end(e)
        inner += end(t, self.random.choice(("error", "escalation", "terminate")))
        inner += flows(f"{s} -> {entry}", f"{exit} -> {g} -> {e}", f"{g} -> {t} if pick1 = 1")
        return self._bound(sub(id, inner), id, depth, ["error", "escalation"])

    def _chosen_event(self, depth):
        g, after, way, body = self.id("g"), self.id("g"), [], ""
        for kind in self.random.sample(["timer", "signal", "message", "condition"], 2):
            c, (part, entry, exit) = self.id("c"), self.block(depth - 2)
            body += catch(c, kind) + part
            way += [f"{g} -> {c} -> {entry}", f"{exit} -> {after}"]
        return gateway("eventBased", g) + gateway("exclusive", after) + body + flows(*way), g, after

    def _all_of(self, depth):
        t, b, after = self.id("t"), self.id("b"), self.id("g")
        both = element("boundaryEvent", b, EVENTS["signal"], EVENTS["message"], attachedToRef=t, parallelMultiple="true")
        return user(t) + both + gateway("exclusive", after) + flows(f"{t} -> {after}", f"{b} -> {after}"), t, after

    # -- compensation

    def _compensated(self, depth):
        t, b, h, x = (self.id(word) for word in ("t", "b", "t", "x"))
        body, entry, exit = self.block(depth - 2)
        undo = self.random.choice((user, job))(h, isForCompensation="true")
        parts = user(t) + boundary(b, t, "compensation") + undo + association(b, h) + throw(x, "compensation")
        return parts + body + flows(f"{t} -> {entry}", f"{exit} -> {x}"), t, x

    def _transaction(self, depth):
        id, s, e, g, c, b, after = (self.id(word) for word in ("x", "s", "e", "g", "e", "b", "g"))
        body, entry, exit = self._compensated(depth)
        inner = start(s) + body + gateway("exclusive", g, default=f"{g}_{e}") + end(e) + end(c, "cancel")
        inner += flows(f"{s} -> {entry}", f"{exit} -> {g} -> {e}", f"{g} -> {c} if pick1 = 1")
        parts = sub(id, inner, tag="transaction") + boundary(b, id, "cancel") + gateway("exclusive", after)
        return parts + flows(f"{id} -> {after}", f"{b} -> {after}"), id, after


def play(case, random, longest=1500):
    """Anybody who can do something does it, at random, until nobody is left. Returns the number of steps."""
    steps = 0
    while case.status == "ACTIVE":
        moves = list(_moves(case, random, calm=steps > longest // 5))
        assert moves, f"stuck: {case.raw[:300]}"
        random.choice(moves)()
        steps += 1
        assert steps < longest, f"endless: {case.raw[:300]}"
    return steps


def _moves(case, random, calm):
    """Everything that somebody can do. `calm`: events come only where nobody has work, or those that interrupt nothing never end."""
    book = case.ledger
    busy = book.tasks or book.jobs or book.children or book.incidents
    for number, task in book.tasks.items():
        if task.status == "CREATED" and number not in book.incidents and number not in book.jobs:
            yield lambda number=number: case.do("complete_user_task", number=number, variables={"pick1": random.randint(0, 2), "r": number})
    for number, row in book.jobs.items():
        denied = row.listener_event == "COMPLETING" and random.random() < 0.3
        answer = {"number": number, "variables": {} if row.kind != "BPMN_ELEMENT" else {"r": number}, "denied": denied}
        yield from [lambda answer=answer: case.do("complete_job", **answer)] * 3
        if row.kind == "BPMN_ELEMENT" and random.random() < 0.1 and _catches_all(case, number):
            yield lambda number=number: case.do("throw_error", number=number, code="odd", variables={})
    for number in book.children:
        yield lambda number=number: case.do("complete_child", number=number, variables={})
    for id, row in () if calm and busy else book.subscriptions.items():
        if row.kind == "message":
            yield lambda id=id: case.do("trigger", subscription=id, variables={"got": id})
        elif row.kind == "signal":
            yield case.signal
        elif random.random() < 0.3 or len(book.subscriptions) == len(book.elements):
            yield lambda: case.later(1)
    if book.incidents:
        yield lambda: (case.set(ok=True), case.do("resolve_incident", number=min(book.incidents)))
    if b'"conditional"' in case.raw and not (calm and busy):
        yield lambda: case.set(x=random.randint(0, 9))
    if any(row.kind == "timer" for row in book.subscriptions.values()) and not (book.tasks or book.jobs or book.children):
        yield lambda: case.later(1)


def _catches_all(case, number):
    """Is there an event for every error right at the element?"""
    element = case.definition.elements[case.ledger.elements[number].element_id]
    return any(catch.kind == "error" and catch.code is None for event in element.boundaries for catch in event.catches)
