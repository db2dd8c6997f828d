"""The engine: everything that a command is given — the store, the clock, the compiled definitions, the handlers of `local:` jobs."""

from dataclasses import dataclass

from engine import decisions
from engine.domain.errors import NotFound
from engine.domain.people import ZONE
from engine.store import definitions, imports, leases
from engine.store.clock import Clock
from engine.store.holidays import Calendars
from engine.workflow import definition as workflow_definition
from engine.workflow.library import Library
from forms import compile as form_compiler

#: Bytes of compiled definitions, decisions and forms that one process keeps.
CACHE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Handler:
    """A `local:` job's function, and the roles that may deploy diagrams which use it."""

    function: object  # (session, call: HandlerCall) -> (variables, changes)
    roles: frozenset


@dataclass(frozen=True)
class Certificates:
    """Who answers where a diagram asks for a certificate (bihuan:certificate), and of which kinds there are any."""

    held: object  # (session, username, kind) -> [engine.domain.certificates.Held]
    kinds: frozenset


@dataclass(frozen=True)
class Deployed:
    """A compiled process definition and the row under which it was deployed."""

    definition: object
    row: dict


class Engine:
    """One per process. Holds no state of any instance."""

    def __init__(self, store, vault, clock=None, gate=None):
        self.store, self.vault, self.clock, self.gate = store, vault, clock or Clock(), gate
        self.handlers, self.certificates = {}, Certificates(lambda *_: [], frozenset())
        self.interest = lambda *_: None
        self.library, self.calendars = Library(CACHE), Calendars()

    def register(self, job_type, function, roles=()):
        """Let diagrams call `function` in the transaction of their step, by a task of type `job_type` (which begins with local:)."""
        self.handlers[job_type] = Handler(function, frozenset(roles))

    def register_certificates(self, held, kinds):
        """Let diagrams ask for certificates of some `kinds`: `held` looks up what somebody has, inside of the transaction of the step."""
        self.certificates = Certificates(held, frozenset(kinds))

    def register_interests(self, interest):
        """Let tasks that are subject to 回避 ask `interest`(session, usernames, variables) -> (username, party, relation), or None."""
        self.interest = interest

    def time(self):
        """The engine's time, outside of any transaction; aware, in UTC."""
        with self.store.transaction() as transaction:
            return self.clock.now(transaction.cursor)

    def day(self, moment):
        """The date that a moment falls on for people, in Asia/Shanghai."""
        return moment.astimezone(ZONE).date()

    def nap(self, most):
        """Seconds until the next due row of the worker's queues, at most `most`; 0: it is due."""
        with self.store.transaction() as transaction:
            now = self.clock.now(transaction.cursor)
            due = leases.next_due(transaction.connection, now)
        return most if due is None else min(most, max(0, (due - now).total_seconds()))

    def definition(self, transaction, key):
        """The process definition behind a key, as Deployed."""

        def compile_it():
            (row,) = transaction.fetch(definitions.PROCESS_BY_KEY, key=key)
            found = workflow_definition.read(self._content(transaction, row.resource_key))
            made = next(one for one in found if one.id == row.process_id)
            return Deployed(made, row), made.weight

        return self.library.get(("process", key), compile_it)

    def requirements(self, transaction, key):
        """The compiled DMN file behind the key of its requirements, with the versions that it imported when it was deployed."""

        def compile_it():
            (row,) = transaction.fetch(definitions.REQUIREMENTS_BY_KEY, key=key)
            imported = imports.bound(transaction.connection, row.imports)
            (made,) = decisions.read(self._content(transaction, row.resource_key), imported)
            return made, made.weight

        return self.library.get(("decision", key), compile_it)

    def decisions_of(self, transaction, key):
        """{id in the requirements graph: row} of the decisions in the DMN file behind the key of its requirements, and in its imports."""

        def read_them():
            found = {row.decision_id: row for row in transaction.fetch(definitions.DECISIONS_OF, key=key)}
            (graph,) = transaction.fetch(definitions.REQUIREMENTS_BY_KEY, key=key)
            for one in imports.entries(graph.imports):
                prefix = f"{one['name']}." if one["name"] else ""
                found |= {prefix + id_: row for id_, row in self.decisions_of(transaction, one["key"]).items()}
            return found, 1024 * len(found)

        return self.library.get(("decisions of", key), read_them)

    def form(self, transaction, key):
        """The compiled form behind a key."""

        def compile_it():
            (row,) = transaction.fetch(definitions.FORM_BY_KEY, key=key)
            content = self._content(transaction, row.resource_key)
            return form_compiler.compile_form(content), len(content) * 20

        return self.library.get(("form", key), compile_it)

    def find(self, transaction, prepared, identifier, binding="latest", version_tag=None, deployment_key=None, kind="process"):
        """The row of the version that an id with a binding means (`prepared`: PROCESS, DECISION or FORM of store.definitions)."""
        wanted = {"id": identifier}
        if binding == "versionTag":
            wanted["version_tag"] = version_tag
        elif binding == "deployment":
            wanted["deployment_key"] = deployment_key
        rows = transaction.fetch(prepared[binding], **wanted)
        if not rows:
            which = f" with version tag {version_tag!r}" if binding == "versionTag" else ""
            raise NotFound(f"Expected a deployed {kind} with id {identifier!r}{which}, but there is none")
        return rows[0]

    def _content(self, transaction, resource_key):
        (row,) = transaction.fetch(definitions.CONTENT, key=resource_key)
        return bytes(row.content)
