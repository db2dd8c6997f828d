"""A case with all that it calls: children run beside their parent, and the campaign's handlers answer from a database in memory."""

from datetime import date
from itertools import count

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from cases import collect_fines, count_penalties, hazards, numbers, papers, parties, penalties, places, punish, term
from engine.commands.handlers import HandlerCall
from engine.domain import values
from engine.domain.outcome import ACTIVE, COMPLETED
from engine.domain.people import Actor
from engine.store.base import Base
from engine.store.records import Confidential
from tests.artefacts.town import Case, at
from tests.forms import filled_enforcement

HANDLERS = {**punish.HANDLERS, **collect_fines.HANDLERS, **count_penalties.HANDLERS, **papers.HANDLERS, **term.HANDLERS}
KEYS = count(1)
MODELS = (
    *(penalties.Penalty, penalties.PenaltyPayment, papers.Paper, papers.PaperTemplate, numbers.NumberSeries, Confidential),
    *(places.Place, parties.Party, hazards.Hazard),
)


class Office:
    """What a tree of cases shares: the ledger, and the processes that are answered for without being run ({process id: variables})."""

    def __init__(self, stubs=None):
        database = create_engine("sqlite://")
        Base.metadata.create_all(database, [model.__table__ for model in MODELS])
        self.session, self.stubs, self.called = Session(database), stubs or {}, []

    def penalties(self):
        """Every row, as entered."""
        return self.session.query(penalties.Penalty).order_by(penalties.Penalty.key).all()

    def punished_before(self, *days):
        """Penalties of earlier cases against the enterprise of filled_enforcement.unit(), decided on these days and paid."""
        for number, day in enumerate(days, 1):
            told = filled_enforcement.unit()
            row = {
                "enforcement_no": f"松昆安立-2023-{number:04d}",
                "penalty_no": f"松昆安罚-2023-{number:04d}",
                "act_date": date(2023, 12, 1),
            }
            row |= {name: told[name] for name in ("kind", "name", "uscc", "role", "article")}
            row |= {"mode": "委托", "organ": "上海市松江区应急管理局", "fined": True, "status": penalties.PAID}
            self.session.add(penalties.Penalty(**row, decided=at(f"{day}T10:00")))
        self.session.flush()

    def hazard(self, number, grade):
        """A hazard on the ledger that is not put right yet."""
        told = {"place_no": number[:-3], "category": "H17", "location": "二层", "description": "未签安全协议", "standard_hits": []}
        told |= {"found": at("2024-04-01T09:00"), "found_by": "张三", "source": "排查", "status": "整改中"}
        self.session.add(hazards.Hazard(no=number, grade=grade, **told))
        self.session.flush()

    def paper(self, kind):
        """The data of the one paper of a kind."""
        (found,) = self.session.query(papers.Paper).filter_by(kind=kind)
        return values.read(found.data)

    def papers(self):
        """(kind, number, addressee), as issued."""
        return [(each.kind, each.number, each.addressee) for each in self.session.query(papers.Paper).order_by(papers.Paper.key)]


class Family(Case):
    """A Case whose `local:` tasks are done, whose call activities are started. `children`: {number: Family}; `begin`: the start event."""

    def __init__(self, office, town, process_id, now, calendar=None, caught_above=None, parent=None, root=None, begin=None, **variables):
        self.office, self.parent, self.children, self.waiting, self.begin = office, parent, {}, [], begin
        self.key = next(KEYS)
        self.root = root or self.key
        super().__init__(town, process_id, now, calendar, caught_above, **variables)

    def take(self, out):
        before = len(self.thrown)
        super().take(out)
        for number, child in out.children_opened.items():
            self.office.called.append((child.process_id, child.variables))
            if child.process_id in self.office.stubs:
                self.waiting.append(("complete_child", {"number": number, "variables": self.office.stubs[child.process_id]}))
                continue
            arguments = {"caught_above": child.caught_above, "parent": (self, number), "root": self.root}
            self.children[number] = Family(
                self.office, self.town, child.process_id, self.now, self.calendar, **arguments, **child.variables
            )
        self.tell(self.thrown[before:])
        while self.waiting:
            command, arguments = self.waiting.pop(0)
            self.do(command, **arguments)

    def answer(self, call):
        if call.kind == "decision":
            return super().answer(call)
        told = HandlerCall(
            call.variables, call.headers, Actor("zhou"), self.now, self.calendar, self.key, self.root, None, call.element_id, "made"
        )
        function, _ = HANDLERS[call.name]
        variables, changes = function(self.office.session, told)
        assert all(change["table"] for change in changes)
        return {"variables": variables}

    def tell(self, thrown):
        """What leaves a child goes to its parent: escalations at once, its variables when it is over."""
        if self.parent is None:
            return
        above, number = self.parent
        for each in thrown:
            if each.kind == "escalation":
                above.later("child_escalation", number=number, code=each.name, variables=each.variables)
        if self.status == COMPLETED:
            above.later("complete_child", number=number, variables=self.variables)

    def later(self, command, **arguments):
        """Now, or where this case is itself in the middle of a step, after it."""
        if arguments["number"] not in self.children:
            self.waiting.append((command, arguments))
        else:
            self.do(command, **arguments)

    def correlate(self, name, key, **variables):
        """A message reaches whoever waits for it in this tree with this key."""
        found = [
            (case, id_)
            for case in self.everyone()
            for id_, each in case.subscriptions.items()
            if (each.name, each.correlation_key) == (name, key)
        ]
        assert len(found) == 1, f"{len(found)} wait for {name} {key}"
        case, id_ = found[0]
        return case.do("trigger", subscription=id_, variables=variables)

    def everyone(self):
        """This case and all below it that are alive."""
        yield self
        for child in self.children.values():
            if child.status == ACTIVE:
                yield from child.everyone()

    def until(self, moment):
        """Time passes for the whole tree, timers in the order in which they are due."""
        while True:
            due = [
                (each.due, case.key, id_, case)
                for case in self.everyone()
                for id_, each in case.subscriptions.items()
                if each.kind == "timer" and each.due <= moment
            ]
            if not due or self.status != ACTIVE:
                break
            when, _, id_, case = min(due, key=lambda each: each[:3])
            for each in self.everyone():
                each.now = max(each.now, when.astimezone(moment.tzinfo))
            case.do("trigger", subscription=id_)
        for each in self.everyone():
            each.now = moment
        return self
