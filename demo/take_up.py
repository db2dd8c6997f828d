"""The agenda as it stands in the database: the beginning of every story, and of what was begun before, whatever is still to be done."""

from demo import rows
from demo.play import which_of
from engine.commands.run_outbox import run_outbox
from engine.store.records import Outbox


def take_up(play):
    """Put on the agenda of a Play what is not done yet, and its clock behind what was last told."""
    for row in play.engine.store.held(Outbox):
        run_outbox(play.engine, row.key)
    play.engine.store.take()
    with play.engine.store.read() as connection:
        begun = _begun(play, connection)
        roots = list(play.story_of)
        last, tasks, timers = rows.last_entry(connection, roots), rows.tasks(connection, roots), rows.timers(connection, roots)
        known = rows.variables(connection, roots, ("hazard_no", "respondent"))
    if last is not None:
        play.engine.clock.stand_at(last)
        play.engine.store.hold_all_of(roots)
    for row in tasks:
        _task(play, row, known.get(row["instance_key"], {}))
    for instance_key, subscription, root_key, due in timers:
        play.put(due, play.fire, instance_key, subscription, root_key)
    for story in play.stories.values():
        play.begin(story, story.no in begun)


def _begun(play, connection):
    """{numbers of stories whose place is found}; tells the play whose the instances are."""
    stories, begun = {story.business_id: story for story in play.stories.values()}, set()
    for key, process, business_id in rows.begun(connection, stories):
        play.story_of[key] = stories[business_id]
        if process == "discovery_intake":
            begun.add(stories[business_id].no)
    numbers = {number: play.story_of[key] for key, number in rows.case_numbers(connection, list(play.story_of)) if number != "null"}
    for key, process, number in rows.of_cases(connection, list(numbers)):
        play.story_of.setdefault(key, numbers[number])
        if process == "place_case":
            play.cases[numbers[number].no] = key
    return begun


def _task(play, row, known):
    story, name, which = play.story_of[row["root_key"]], play.name_of(row), which_of(row, known)
    turn = play.turn_of(story, name, which)
    play.known_tasks.add(row["key"])
    if row["completed"] is None and row["status"] == "CREATED":
        play.expect(row, story, name, which, turn)
    elif row["completed"] is None:
        play.expect_confirmed(row, story, name, which, turn)
    elif row["status"] == "COMPLETED":
        play.after(name, story, which, turn, row["instance_key"], row["completed"], only_later=True)
