"""代码表: how the town is organised — units, grids with their keepers, task forces, sponsoring leaders — and where diagrams' tables are."""

from flask import request

from api.access import allow
from api.v2.door import engine, read_key
from cases import organisation_lists
from cases.change_organisation import change_grid, change_unit, dissolve_task_force, form_task_force
from engine.domain.errors import NotFound
from engine.store import account_lists, latest_files
from web.admin import room

#: Units on a page.
LIMIT = 100


def add_to(blueprint):
    """The lists, and what changes them."""
    blueprint.add_url_rule("/admin/lists", "admin_lists", lists)
    blueprint.add_url_rule("/admin/lists/units", "admin_units", units)
    blueprint.add_url_rule("/admin/lists/unit", "admin_unit", unit)
    blueprint.add_url_rule("/admin/lists/unit", "admin_unit_save", save_unit, methods=["POST"])
    blueprint.add_url_rule("/admin/lists/grid", "admin_grid", grid)
    blueprint.add_url_rule("/admin/lists/grid", "admin_grid_save", save_grid, methods=["POST"])
    blueprint.add_url_rule("/admin/lists/forces", "admin_force_form", form_force, methods=["POST"])
    blueprint.add_url_rule("/admin/lists/forces/<key>/dissolve", "admin_force_dissolve", dissolve, methods=["POST"])


@allow("administrator")
def lists():
    """Everything but the units, which are many."""
    with engine().store.read() as connection:
        told = {
            "grids": organisation_lists.grids(connection),
            "forces": organisation_lists.task_forces(connection),
            "sponsors": organisation_lists.sponsors(connection),
            "tables": latest_files.decisions(connection),
            **_choices(connection),
        }
    return room.page("admin/lists.html", "web.admin_lists", given={}, problems={}, **told)


def _choices(connection):
    return {"people": account_lists.names(connection), "unit_names": account_lists.unit_names(connection)}


def _chosen():
    with engine().store.read() as connection:
        return _choices(connection)


@allow("administrator")
def units():
    """Units by name, by what they are."""
    asked = {name: " ".join(request.args.get(name, "").replace("\x00", "").split())[:60] for name in ("q", "type", "after")}
    with engine().store.read() as connection:
        found, after = organisation_lists.units(connection, asked["q"], asked["type"] or None, asked["after"] or None, LIMIT)
        types = organisation_lists.unit_types(connection)
    return room.page("admin/units.html", "web.admin_lists", found=found, after=after, asked=asked, types=types)


@allow("administrator")
def unit():
    """The form of a unit, or of a new one."""
    name = request.args.get("name", "")
    with engine().store.read() as connection:
        found, _ = organisation_lists.units(connection, name, limit=LIMIT) if name else ([], None)
        types = organisation_lists.unit_types(connection)
        told = _choices(connection)
    one = next((each for each in found if each["name"] == name), None)
    if name and one is None:
        raise NotFound(f"Expected a unit {name!r:.80}, but there is none", problems={"": ["没有这个单位。"]})
    return room.page("admin/unit.html", "web.admin_lists", one=one, types=types, given={}, problems={}, **told)


@allow("administrator")
def save_unit():
    """单位."""
    given = request.form
    name, kinds = given.get("name", "").strip(), given.getlist("type")
    with engine().store.read() as connection:
        types = organisation_lists.unit_types(connection)
    one = {"name": name, "parent": given.get("parent", ""), "types": kinds} if given.get("known") else None
    return room.do(
        lambda: room.ask(change_unit, name, kinds, given.get("parent", "").strip() or None),
        "admin/unit_form.html",
        ("web.admin_units", "saved", {"q": name}),
        one=one,
        types=types,
        chosen=kinds,
        **_chosen(),
    )


@allow("administrator")
def grid():
    """The form of a grid, or of a new one."""
    code = request.args.get("code", "")
    with engine().store.read() as connection:
        one = next((each for each in organisation_lists.grids(connection) if each["code"] == code), None)
        told = _choices(connection)
    if code and one is None:
        raise NotFound(f"Expected a grid {code!r:.80}, but there is none", problems={"": ["没有这个网格。"]})
    return room.page("admin/grid.html", "web.admin_lists", one=one, given={}, problems={}, **told)


@allow("administrator")
def save_grid():
    """网格."""
    given = request.form
    code, new = given.get("code", "").strip(), given.get("new") == "1"
    told = [given.get(name, "").strip() for name in ("name", "unit", "keeper")]
    one = None if new else dict(zip(("code", "name", "unit", "keeper"), (code, *told), strict=True))
    return room.do(
        lambda: room.ask(change_grid, code, told[0], told[1], told[2] or None, new),
        "admin/grid_form.html",
        ("web.admin_lists", "saved", {}),
        one=one,
        **_chosen(),
    )


@allow("administrator")
def form_force():
    """组建专班."""
    given = request.form
    members = [each for each in given.get("members", "").replace("，", " ").replace("、", " ").replace(",", " ").split() if each]
    told = [given.get(name, "").strip() for name in ("name", "unit", "lead")]
    return room.do(
        lambda: room.ask(form_task_force, *told, members, given.get("place_no", "").strip() or None),
        "admin/force_form.html",
        ("web.admin_lists", "formed", {}),
        **_chosen(),
    )


@allow("administrator")
def dissolve(key):
    """撤销专班."""
    return room.do(lambda: room.ask(dissolve_task_force, read_key(key)), "admin/refused.html", ("web.admin_lists", "dissolved", {}))
