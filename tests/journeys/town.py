"""The town that the journeys go through, and the people in it: each asks the server over HTTP in their own name."""

import re
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import httpx
from sqlalchemy import select

from api.demo import PASSWORD
from engine.store import deployed, models, people, records
from tests.engine.content import made
from tests.server import ROOT, start_server

HERE = Path(__file__).parent
SHANGHAI = timezone(timedelta(hours=8))
#: The same for whoever prepares the database and for the servers on it.
SECRET = "only for tests, and nothing else"
ADMIN_PASSWORD = "only for the administrator"

#: Beside the demonstration accounts: user name -> (name, [(role, unit)]).
MORE_PEOPLE = {
    "gu.lin": ("顾林", [("居村", "陈坊村居委会"), ("复查组", "城管中队")]),
    "duo.mian": ("多面", [("实施主体", "陈坊村居委会"), ("安委办", "安委会办公室")]),
    "hu.tong": ("胡通", [("应急管理中心", "应急管理中心"), ("复查组", "应急管理中心")]),
    "qin.jian": ("秦检", [("复查组", "派出所"), ("分管领导", "镇政府")]),
    **{f"clerk.{n:02d}": (f"窗口{n:02d}", [("窗口", "受理中心")]) for n in range(20)},
}
CLERKS = [name for name in MORE_PEOPLE if name.startswith("clerk.")]

#: How a stack trace looks, from Python and from a driver.
TRACE = re.compile(r"Traceback|File \"|, line \d+, in |psycopg|sqlite3|sqlalchemy")
#: So long may take what the worker does on its own. Seconds.
PATIENCE = 30

#: What a refused request leaves as it was.
TABLES = (
    *(models.ProcessInstance, models.ElementInstance, models.UserTask, models.TaskCandidate, models.Job, models.Timer),
    *(models.MessageSubscription, models.Message, models.Incident, models.Variable, models.DecisionInstance),
    *(deployed.Deployment, deployed.Resource, deployed.ProcessDefinition, deployed.Decision, deployed.Form),
    *(records.Outbox, records.Idempotency, records.Attachment, records.ClockOffset),
    *(people.Account, people.Membership, people.Token),
)


class Town:
    """`server`: the running one. `person(name)` is somebody of api/demo.py or MORE_PEOPLE; `admin` moves the clock."""

    def __init__(self, server, database_url, data_dir, reading):
        self.server, self.database_url, self.data_dir, self._reading = server, database_url, data_dir, reading
        self._people = {}
        self.admin = self.person("admin")

    def person(self, username):
        """The Person with a user name, by Basic authentication."""
        if username not in self._people:
            self._people[username] = Person(self.server.url, username)
        return self._people[username]

    def leave(self):
        """Everybody hangs up."""
        for person in self._people.values():
            person.hang_up()

    def set_clock(self, moment):
        """The engine's clock stands at "2024-04-01T10:00", in Shanghai, and goes on from there."""
        at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        self.admin.json("PUT", "/v2/clock", {"timestamp": round(at.timestamp() * 1000)}, status=204)

    def wait(self, look):
        """What `look()` gives once it is true: the worker comes round on its own."""
        end = time.monotonic() + PATIENCE
        while not (found := look()):
            assert time.monotonic() < end, self.server.said()[-2000:]
            time.sleep(0.1)
        return found

    def deploy(self, *names):
        """Deploy files that lie beside the tests, as the designer -> the answer."""
        return self.person("shen.design").deploy([(name, (HERE / name).read_bytes()) for name in names])

    def second_server(self):
        """Another server on the same database: certainly another process."""
        return start_server(self.database_url, self.data_dir, watched=True, CLOCK_CONTROL=1)

    def picture(self):
        """All rows that a refused request must leave as they are, and all entries of history but those of the daily seals."""
        with self._reading.connect() as connection:
            found = {table.__tablename__: sorted(map(repr, connection.execute(select(table.__table__)))) for table in TABLES}
            # The worker clears away what is over, once a minute and whenever that is: drafts of tasks, and messages that met nobody.
            open_tasks = select(models.UserTask.key).where(models.UserTask.completed.is_(None))
            of_open = select(records.Draft.__table__).where(records.Draft.task_key.in_(open_tasks))
            found["draft"] = sorted(map(repr, connection.execute(of_open)))
            living = select(models.Message.__table__).where(models.Message.expires > self._now(connection))
            found["message"] = sorted(map(repr, connection.execute(living)))
            of_history = select(records.History.chain, records.History.hash).where(records.History.chain != 0)
            return found | {"history": sorted(map(tuple, connection.execute(of_history)))}

    def settled(self):
        """A picture, once the worker has done what was due on its own, and nothing is on its way to another case."""
        self.wait(lambda: not self._due())
        return self.picture()

    def changed(self, before):
        """{table: [(row, "gone" or "come")]} of what is another now than in a picture."""
        gone_and_come = ((name, set(before[name]), set(rows)) for name, rows in self.picture().items())
        return {
            name: [*((row, "gone") for row in was - now), *((row, "come") for row in now - was)]
            for name, was, now in gone_and_come
            if was != now
        }

    def _due(self):
        """Is there a row that the worker has to do, or is doing?"""
        with self._reading.connect() as connection:
            now = self._now(connection)
            timers = select(models.Timer.key).where(models.Timer.due <= now, ~models.Timer.dead)
            return any(connection.execute(rows.limit(1)).first() for rows in (timers, select(records.Outbox.key)))

    @staticmethod
    def _now(connection):
        moved = connection.execute(select(records.ClockOffset.microseconds)).scalar()
        return datetime.now(UTC) + timedelta(microseconds=moved or 0)

    def command_line(self, *words):
        """What a command of the product prints: ("flask", …) or ("verify_history.py", …), with its exit status."""
        command = [sys.executable, *(("-m", "flask", "--app", "wsgi", *words[1:]) if words[0] == "flask" else words)]
        settings = {"DATABASE_URL": self.database_url, "DATA_DIR": str(self.data_dir), "SECRET_KEY": SECRET, "PATH": "/usr/bin:/bin"}
        done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
        return done.stdout, done.returncode


class Person:
    """Somebody before the server; `sign_in` exchanges Basic authentication for a session with its CSRF token."""

    def __init__(self, url, username):
        self.url, self.username = url, username
        password = ADMIN_PASSWORD if username == "admin" else PASSWORD
        self._password, self._elsewhere = password, []
        self.client = httpx.Client(base_url=url, auth=(username, password), timeout=60, trust_env=False, verify=False)

    def at(self, url):
        """The same person before another server, who hangs up when this one does."""
        other = Person(url, self.username)
        self._elsewhere.append(other)
        return other

    def hang_up(self):
        """Close all connections."""
        for person in self._elsewhere:
            person.hang_up()
        self.client.close()

    def sign_in(self):
        """A session of this person's: another Person, whose requests carry the cookie and the token."""
        other = self.at(self.url)
        other.client.auth = None
        session = other.json("POST", "/api/session", {"username": self.username, "password": self._password})
        other.client.headers["X-CSRF-Token"] = session["csrf_token"]
        return other

    def ask(self, method, path, body=None, **more):
        """The answer, which is sound: no fault of the server's, and every error in the one shape that errors have."""
        if body is not None:
            more["json"] = body
        answer = self.client.request(method, path, **more)
        expect_sound(answer)
        return answer

    def json(self, method, path, body=None, status=200, **more):
        """The answer's JSON, which must come with this status."""
        answer = self.ask(method, path, body, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def refused(self, status, method, path, body=None, **more):
        """The sentence of a refusal, which must come with this status."""
        return self.json(method, path, body, status, **more)["detail"]

    def deploy(self, files, status=200):
        """Deploy [(name, content)]."""
        return self.json("POST", "/v2/deployments", files=[("resources", file) for file in files], status=status)

    def start(self, process, variables=None, **more):
        """The key of a process instance that was just started."""
        given = {"processDefinitionId": process, "variables": variables or {}, **more}
        return self.json("POST", "/v2/process-instances", given)["processInstanceKey"]

    def status(self, instance):
        """ACTIVE, COMPLETED or TERMINATED."""
        return self.json("GET", f"/v2/process-instances/{instance}")["state"]

    def tasks(self, instance):
        """[(element, key)] of the open tasks of an instance that this person can see."""
        asked = {"filter": {"processInstanceKey": instance, "state": "CREATED"}, "sort": [{"field": "creationDate"}]}
        found = self.json("POST", "/v2/user-tasks/search", asked)["items"]
        return [(task["elementId"], task["userTaskKey"]) for task in found]

    def task(self, instance, element):
        """The key of the one open task of an element."""
        (key,) = [key for name, key in self.tasks(instance) if name == element]
        return key

    def claim(self, task):
        """签收."""
        self.json("POST", f"/v2/user-tasks/{task}/assignment", {"assignee": self.username, "allowOverride": False}, status=204)

    def complete(self, task, variables=None):
        """提交, with the files uploaded before."""
        self.json("POST", f"/v2/user-tasks/{task}/completion", {"variables": self.uploaded(variables or {})}, status=204)

    def turned_back(self, task, variables):
        """提交 is pressed, and what was filled in is wrong -> what is said to it, as one text."""
        answer = self.json("POST", f"/v2/user-tasks/{task}/completion", {"variables": self.uploaded(variables)}, status=400)
        return str(answer["problems"])

    def uploaded(self, value):
        """`value` with the answer to an upload in place of every reference to a file: a real one of that name, type, time and place."""
        if isinstance(value, list):
            return [self.uploaded(inner) for inner in value]
        if not isinstance(value, dict):
            return value
        if "sha256" not in value:
            return {name: self.uploaded(inner) for name, inner in value.items()}
        return self.json("POST", "/api/attachments", status=201, files=[("files", made.standing_for(value))])[0]

    def do(self, instance, element, variables=None):
        """Take the open task of an element out of the queue, and hand it in -> its key."""
        task = self.task(instance, element)
        self.claim(task)
        self.complete(task, variables)
        return task

    def variables(self, instance):
        """{name: value as JSON text} of the instance's own scope."""
        asked = {"filter": {"processInstanceKey": instance, "scopeKey": instance}, "page": {"limit": 1000}}
        found = self.json("POST", "/v2/variables/search?truncateValues=false", asked)["items"]
        return {each["name"]: each["value"] for each in found}

    def timeline(self, instance):
        """All entries of the case, a page after the other."""
        found, after = [], ""
        while after is not None:
            answer = self.json("GET", f"/api/instances/{instance}/timeline", params={"after": after} if after else {})
            found, after = found + answer["entries"], answer["after"]
        return found


def expect_sound(answer):
    """No fault of the server's; an error says so in a sentence, and shows nothing of the inside."""
    path = f"{answer.request.method} {answer.request.url}"
    assert answer.status_code < 500 or answer.status_code in (503, 504), f"{path}: {answer.text}"
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json", path
        problem = answer.json()
        assert {"type", "title", "status", "detail", "instance"} <= set(problem), path
        assert problem["status"] == answer.status_code
        assert problem["detail"].strip(), path
        assert not TRACE.search(answer.text), path
