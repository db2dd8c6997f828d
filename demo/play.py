"""The stories are played: one act after the other as the clock goes on, each by the person whose it is, through the product's commands."""

from datetime import timedelta

import orjson

from demo import rows
from demo.agenda import Agenda
from demo.answers import FORMS
from demo.events import EVENTS
from demo.scene import Scene, with_keys
from engine.commands.add_attachments import add_attachments
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.confirm_task import confirm_task
from engine.commands.fire_timer import fire_timer
from engine.commands.run_outbox import run_outbox
from engine.commands.start_instance import start_instance
from engine.domain import separation, values
from engine.domain.errors import Conflict, EngineError, Invalid, NotFound, NotPermitted, Separated, WrongState
from engine.domain.outcome import State
from engine.domain.people import THE_SYSTEM, ZONE
from engine.store import instances, tasks
from engine.store.records import Outbox
from engine.store.rounds import Outside
from engine.workflow import runner

#: What another person may have been faster with, or time has taken away.
GONE = (Conflict, NotFound, WrongState)
#: Elements of one id in two processes, told apart by their forms.
BY_FORM = ("serve_notice", "serve_decision", "draft_notice")
#: What nobody insists on: done half of the time, and withdrawn by itself otherwise.
SOMETIMES = ("urge", "report_progress")
#: How many take a task out of the queue before they hand it in, and how long it lies on their desks then.
TAKEN, DESK = 0.1, timedelta(minutes=7)
#: Who is nearest where it is not the village: the other units of those who re-check sign acceptances, where they may not have re-checked;
#: and it is the leader who protects a reporter.
NEAREST = {"recheck": "应急管理中心", "inspect_resume": "应急管理中心", "heed_report": "镇政府"}


class Play(Agenda):
    """`engine` has a StoryClock and a HeldStore; `keep` an Uploads; `until` is today's moment, at which all of it ends."""

    def __init__(self, engine, cast, keep, until, stories):
        with engine.store.transaction() as transaction:
            super().__init__(engine.clock, engine.calendars.current(transaction.cursor), until)
        self.engine, self.cast, self.keep = engine, cast, keep
        self.stories, self.story_of = {story.no: story for story in stories}, {}
        self.cases = {}  # number of a story -> the instance of its place's main process
        self.turns, self.known_tasks, self.refused = {}, set(), []
        self.forms = {}  # key of a form -> its id

    # -- how a story begins, and what is heard of it

    def begin(self, story, begun=False):
        """The finding of its place is on the agenda, and what is to happen beside; of a story that was `begun`, what has not happened."""
        if not begun:
            days = story.start if story.overdue is None else self.served_before(story.overdue) + story.lead("report_completion")
            self.put(self.ago(days, story.chance("begin")), self.find, story)
        for days, event, *given in story.beside:
            moment = self.ago(days, story.chance(event, days))
            if not begun or moment > self.clock.moment:
                self.put(moment, self.happen, event, story, None, *given)

    def find(self, story):
        """The place is found by somebody of its village, or told of by somebody of the public."""
        if story.reported:
            self.happen("report", story, None)
            return
        given = {}
        if story.reopens:
            earlier = self.cases.get(story.reopens)
            if earlier is None:
                return
            given["reopened_from"] = self.variables_of(earlier)["case_no"]
        who = self.cast[self.neighbour(story)].actor
        start_instance(self.engine, who, "discovery_intake", variables=given, business_id=story.business_id)
        self.heard(story)

    def neighbour(self, story):
        """Somebody of the village, by user name."""
        return self.cast.of_group(f"居村@{story.place.village}", story.no)

    def heard(self, story):
        """Take up what the last command has opened: instances, tasks, timers, and what it left for others."""
        opened, timers, started, sent = self.engine.store.take()
        if sent:
            for row in self.engine.store.held(Outbox):
                run_outbox(self.engine, row.key)
            more = self.engine.store.take()
            opened, timers, started = opened + more[0], timers + more[1], started + more[2]
        for row in started:
            self.story_of.setdefault(row["root_key"], story)
            if row["process_id"] == "place_case":
                self.cases[story.no] = row["key"]
        for row in timers:
            self.put(row["due"], self.fire, row["instance_key"], row["subscription"], row["root_key"])
        for row in {row["key"]: row for row in opened}.values():  # as it was written last
            if row["completed"] is None and row["status"] == "CREATED" and row["key"] not in self.known_tasks:
                self.arrived(row)

    def fire(self, instance_key, subscription, root_key):
        """A timer is due, if it is still there."""
        with self.engine.store.read() as connection:
            found = rows.timer(connection, instance_key, subscription)
        if found is not None and found.due <= self.clock.moment:
            fire_timer(self.engine, THE_SYSTEM, found.key)
            self.heard(self.story_of[root_key])

    # -- tasks

    def arrived(self, row):
        """A task is open: when is it done? A row of user_task."""
        self.known_tasks.add(row["key"])
        which = which_of(row, self.variables_of(row["instance_key"]))
        story, name = self.story_of[row["root_key"]], self.name_of(row)
        self.expect(row, story, name, which, self.turn_of(story, name, which))

    def turn_of(self, story, name, which):
        """How often this task has come, with this time."""
        turn = self.turns[story.no, name, which] = self.turns.get((story.no, name, which), 0) + 1
        return turn

    def expect(self, row, story, name, which, turn):
        """Put on the agenda when an open task is taken, and when it is done."""
        hold, chance = story.told(story.hold, name, which, turn), story.chance(name, which, turn)
        if name in SOMETIMES and hold is None and chance.random() < 0.5:
            return
        if hold == "claimed":
            self.put(self.later(row["created"], 0, chance), self.claim, story, row["key"])
        if not hold:
            moment = self.later(row["created"], story.days(name, which, turn), chance)
            if chance.random() < TAKEN:
                self.put(moment - DESK, self.claim, story, row["key"])
            self.put(moment, self.act, story, row["key"], name, which, turn)

    def expect_confirmed(self, row, story, name, which, turn):
        """Put on the agenda when a task that somebody filed is confirmed."""
        if not story.told(story.hold, f"confirm {name}", which, turn):
            moment = self.later(self.clock.moment, story.days("confirm"), story.chance("confirm", name, which, turn))
            self.put(moment, self.confirm, story, row["key"], name, which, turn)

    def name_of(self, row):
        """What stories call a task."""
        return self.form_of(row) if row["element_id"] in BY_FORM else row["element_id"]

    def people(self, row, story):
        """Who may do a task, whoever is nearest first."""
        return self.cast.for_task(row, story.no, {NEAREST.get(row["element_id"], story.place.village)})

    def form_of(self, row):
        """The id of the form of a task; one that was only just written says it itself."""
        key = row["form_key"]
        if key is None:
            return row["form_id"]
        if key not in self.forms:
            with self.engine.store.transaction() as transaction:
                self.forms[key] = self.engine.form(transaction, key).id
        return self.forms[key]

    def look(self, key):
        """(the row of an open task, its definition, {name: value} that its form sees), or None where it is not open any more."""
        with self.engine.store.transaction() as transaction:
            row, instance, variables = transaction.load(tasks.LOAD, tasks.tasks, key)
            if row is None or row["completed"] is not None:
                return None
            definition = self.engine.definition(transaction, row["definition_key"]).definition
            scopes = {}
            for each in variables:
                scopes.setdefault(each["scope"], {})[each["name"]] = each["value"]
            state = State(bytes(instance["state"]), scopes, Outside(transaction, instance["key"]))
            return row, definition, runner.visible_variables(definition, state, row["number"])

    def claim(self, story, key):
        """Somebody has it on their desk."""
        seen = self.look(key)
        for person in self.people(seen[0], story) if seen else ():
            try:
                return claim_task(self.engine, person.actor, key)
            except (NotPermitted, Separated):
                continue
            except GONE:
                return None
        return None

    def act(self, story, key, name, which, turn):
        """The task is done by the first who may; where it takes two, the second confirms it later on."""
        seen = self.look(key)
        if seen is None or seen[0]["status"] != "CREATED":
            return
        row, definition, known = seen
        people, form, refused = self.people(row, story), FORMS.get(self.form_of(row)), []
        for place, person in enumerate(people if form else ()):
            scene = self.scene(story, which, turn, known, person, people[(place + 1) % len(people)])
            try:
                data = form(scene, **story.told(story.say, name, which, turn, {}))
                self.hand_in(person.actor, key, scene, data)
            except (NotPermitted, Separated) as error:
                refused.append(error.sentence)
                continue
            except Invalid as error:
                refused = [f"{person.actor.username}: {error.sentence} {error.details.get('problems', '')}"]
                break
            except (LookupError, TypeError, ValueError) as error:
                refused = [f"{person.actor.username}: {type(error).__name__}: {error}"]
                break
            except GONE:
                if refused:
                    break
                return
            self.done += 1
            if separation.officers(definition.elements[row["element_id"]].properties) > 1:
                self.expect_confirmed(row, story, name, which, turn)
            else:
                self.after(name, story, which, turn, row["instance_key"], self.clock.moment)
            self.heard(story)
            return
        self.left(story, name, refused)

    def left(self, story, name, refused):
        """What the story wanted done, and nobody could do, is left as it is: a designer may have changed what it asks."""
        self.refused.append(f"{name}，故事 {story.no}（{story.name}）：{' '.join(refused) or '没有人能办'}")

    def scene(self, story, which, turn, known, who, second):
        finding = story.finding(which) if isinstance(which, int) else story.place.findings[0]
        return Scene(story, story.place, finding, known, self.local, who, second, turn, self.calendar)

    def hand_in(self, actor, key, scene, data):
        """Upload what goes with it, and complete the task."""
        if scene.files:
            facts = [self.keep(file) for file in scene.files]
            keys = add_attachments(self.engine, actor, facts, key)["keys"]
            data = with_keys(data, keys)
        complete_task(self.engine, actor, key, data)

    def confirm(self, story, key, name, which, turn):
        """Further officers confirm what was filed, one after the other, until there are enough."""
        seen = self.look(key)
        if seen is None:
            return
        row, definition, _ = seen
        needed, refused = separation.officers(definition.elements[row["element_id"]].properties) - 1, []
        for person in self.people(row, story):
            if person.actor.username == row["completed_by"]:
                continue
            try:
                confirm_task(self.engine, person.actor, key)
            except (NotPermitted, Separated) as error:
                refused.append(error.sentence)
                continue
            except GONE:
                return
            needed -= 1
            if not needed:
                self.after(name, story, which, turn, row["instance_key"], self.clock.moment)
                self.heard(story)
                return
        self.left(story, f"确认 {name}", refused)

    # -- events

    def after(self, name, story, which, turn, instance_key, since, only_later=False):
        """Put on the agenda what follows a task that is done; `only_later`: what was to follow before now has done so."""
        for days, event, *given in story.told(story.after, name, which, turn, ()):
            moment = self.later(since, days, story.chance(event, name, which, turn))
            if not only_later or moment > self.clock.moment:
                self.put(moment, self.happen, event, story, instance_key, *given)

    def happen(self, event, story, instance_key, given=None):
        """Something begins beside the tasks."""
        facts = {}
        for key in (self.cases.get(story.no), instance_key):
            facts |= self.variables_of(key) if key else {}
        try:
            EVENTS[event](self, story, facts, **(given or {}))
        except (EngineError, LookupError, TypeError) as error:
            self.left(story, event, [f"{type(error).__name__}: {error}"])
        self.heard(story)

    def assigned_on(self, case):
        """The day on which a place was assigned."""
        with self.engine.store.read() as connection:
            (done,) = [row["completed"] for row in rows.tasks(connection, [case]) if row["element_id"] == "assign_place"]
        return done.astimezone(ZONE).date()

    def variables_of(self, instance_key):
        """{name: value} of an instance's own scope."""
        with self.engine.store.transaction() as transaction:
            found = transaction.fetch(instances.VARIABLES_OF, instance_key=instance_key)
        return {row["name"]: values.read(row["value"]) for row in found if row["scope"] == 1}


def which_of(row, known):
    """Which of several tasks of a name it is: the serial of the hazard, the kind of the respondent, the group of the signer; or None."""
    if row["process_id"] == "graded_acceptance":
        return orjson.loads(row["candidate_groups"])[0]
    if row["process_id"] in ("respondent_penalty", "penalty_hearing", "penalty_execution"):
        return known["respondent"]["kind"]
    number = known.get("hazard_no")
    return int(number.rpartition("-")[2]) if isinstance(number, str) else None
