"""Ten weeks of the campaign are told to a database: `flask --app wsgi seed-demo`.

The stories have a clock of their own, which begins ten weeks before today and ends now. Each chain of history is begun by them, so it is as
old as its first entry and in order; what stood in the database before — accounts, deployments, the seals — goes on under today's clock.
No day is sealed after the fact: a seal says when it was signed, so all of it is sealed today.

What was begun and not finished goes on where it stopped: the open tasks and timers are the rest of the stories.
"""

import copy
from contextlib import closing
from datetime import datetime

import orjson

from demo import plots, rows, town
from demo.cast import Cast
from demo.clock import StoryClock
from demo.held import HELD, HeldStore
from demo.play import Play
from demo.take_up import take_up
from demo.uploads import Uploads
from engine.commands.command import command
from engine.commands.make_seal import make_seal
from engine.domain.people import THE_SYSTEM, ZONE

#: The chain that says that, and how, the stories were told.
SUBJECT = "demonstration"
BEGUN, FINISHED = "演示数据：开始", "演示数据：完成"
PLACES = 60


@command
def note(step, name, told):
    """An entry of history about the demonstration itself."""
    step.record(SUBJECT, step.key(), "setting:changed", {"name": name, **told})
    return step.save()


def seed(engine, signing_key, files, places=PLACES, findings=3):
    """Tell everything that is not told yet; yields lines in Chinese. `files`: the folder of uploads.

    Does nothing but say so where it is done. What was begun with another number of places is finished with that.
    """
    begun = _told(engine)
    if begun and begun[-1]["name"] == FINISHED:
        day = engine.day(datetime.fromisoformat(begun[-1]["at"]))
        yield f"演示数据已在 {day} 写入（{begun[0]['places']} 处场所），没有改动。"
        return
    yield from town.set_up(engine)
    if not begun:
        today = engine.time().astimezone(ZONE)
        note(engine, THE_SYSTEM, BEGUN, {"until": today.isoformat(), "places": places, "findings": findings})
        begun = _told(engine)
    else:
        yield "上次没有写完，接着写。"
    until = datetime.fromisoformat(begun[0]["until"])
    forces = yield from tell(engine, Uploads(files), until, begun[0]["places"], begun[0]["findings"])
    town.form_task_forces(engine, THE_SYSTEM, SUBJECT, FINISHED, forces)
    make_seal(engine, signing_key)


def tell(engine, keep, until, places, findings):
    """Play the stories until the moment `until`; yields lines. Returns the task forces that were named (see forces_of)."""
    own = copy.copy(engine)  # with all that is registered; only where it writes and what time it is are the story's own
    own.clock = StoryClock(datetime.fromtimestamp(0, ZONE))
    told = plots.stories(places, findings)
    with closing(HeldStore(engine.store.engine, engine.time() + HELD)) as own.store:
        play = Play(own, Cast(engine, [username for username, _, _ in town.everybody()]), keep, until, told)
        take_up(play)
        yield f"{len(told)} 处场所，{sum(len(story.place.findings) for story in told)} 条隐患，{plots.LENGTH} 个工作日："
        for day, done in play.run():
            yield f"  {day}  办理 {done} 件"
            own.store.hold(engine.time() + HELD)
        own.store.release()
        forces = forces_of(play)
    for sentence in play.refused:
        yield f"  没有办成：{sentence}"
    return forces


def forces_of(play):
    """The task forces that were named when serious places were assigned: who leads is of the implementer, the rest of whom it concerns."""
    found = []
    for no, case in sorted(play.cases.items()):
        facts = play.variables_of(case)
        assignment = facts.get("assignment") or {}
        if assignment.get("task_force"):
            groups = [f"实施主体@{assignment['implementer']}", f"行业部门@{assignment['industry_dept']}", f"居村@{facts['village']}"]
            people = [play.cast.of_group(group, no) for group in groups]
            told = {"name": assignment["task_force"], "place_no": facts["place_no"], "unit": assignment["implementer"]}
            found.append({**told, "lead": people[0], "members": people[1:], "formed": play.assigned_on(case)})
    return found


def _told(engine):
    """The data of the entries about the demonstration, oldest first, with the moment of each."""
    with engine.store.read() as connection:
        bodies = rows.entries(connection, SUBJECT)
    return [{**body["data"], "at": body["at"]} for body in map(orjson.loads, bodies)]
