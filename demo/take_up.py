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
        if process == ("public_report" if stories[business_id].reported else "discovery_intake"):
            begun.add(stories[business_id].no)
    # what a report has set going is known by its number, and all that is about a place by that of its case
    _follow(play, connection, "report_no", "ticket_no")
    for key, process in _follow(play, connection, "case_no", "case_no"):
        if process == "place_case":
            play.cases[play.story_of[key].no] = key
    return begun


def _follow(play, connection, told, heard):
    """[(key, process)] of the instances that carry, as `heard`, a number that one of a story carries as `told`; the play knows whose."""
    stories = {number: play.story_of[key] for key, number in rows.numbers(connection, told, list(play.story_of))}
    found = rows.numbered(connection, heard, list(stories))
    for key, _, number in found:
        play.story_of.setdefault(key, stories[number])
    return [(key, process) for key, process, _ in found]


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
