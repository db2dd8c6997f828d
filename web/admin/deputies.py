"""代理: who acts for whom, from which day to which; appointed and ended by an administrator where people cannot do it themselves."""

from flask import request

from api.access import allow
from api.v2.door import engine, read_key
from engine.commands.appoint_deputy import LONGEST, appoint_deputy
from engine.commands.end_deputy import end_deputy
from engine.store import account_lists, timelines
from web.admin import room
from web.admin.users import a_day

#: Of those that are over.
OVER = 20


def add_to(blueprint):
    """The list, appointing and ending."""
    blueprint.add_url_rule("/admin/deputies", "admin_deputies", deputies)
    blueprint.add_url_rule("/admin/deputies", "admin_appoint", appoint, methods=["POST"])
    blueprint.add_url_rule("/admin/deputies/<key>/end", "admin_end_deputy", end, methods=["POST"])


@allow("administrator")
def deputies():
    """Those who act for somebody now or later, and the last that did."""
    today = engine().day(engine().time())
    with engine().store.read() as connection:
        found = account_lists.deputies(connection, today)
        over = account_lists.deputies_over(connection, today, OVER)
        people = {one[who] for one in (*found, *over) for who in ("principal", "deputy")}
        told = {"names": timelines.display_names(connection, people), "people": account_lists.names(connection)}
    return room.page("admin/deputies.html", "web.admin_deputies", found=found, over=over, given={}, problems={}, longest=LONGEST, **told)


@allow("administrator")
def appoint():
    """委托代理."""
    given = request.form

    def change():
        days = (a_day(given, "first"), a_day(given, "last"))
        room.ask(appoint_deputy, given.get("principal", "").strip(), given.get("deputy", "").strip(), *days)

    with engine().store.read() as connection:
        people = account_lists.names(connection)
    return room.do(change, "admin/deputy_form.html", ("web.admin_deputies", "appointed", {}), people=people, longest=LONGEST)


@allow("administrator")
def end(key):
    """终止代理."""
    return room.do(lambda: room.ask(end_deputy, read_key(key)), "admin/refused.html", ("web.admin_deputies", "ended", {}))
