"""待核实: what of the law whoever wrote a table, a diagram or its description could not check, with the place where it stands."""

from itertools import groupby
from pathlib import Path

from flask import request

from api.access import allow
from api.v2.door import engine
from cases import to_verify
from engine.store import latest_files
from web.admin import room

#: The folders of the processes that come with the product, each with its README.
BUNDLE = Path(__file__).resolve().parents[2] / "bpmn"


def add_to(blueprint):
    """The page."""
    blueprint.add_url_rule("/admin/verify", "admin_verify", verify)


@allow("administrator")
def verify():
    """All of them, by the file in which they stand; of one file with `file`."""
    found = sorted(doubts(), key=lambda doubt: (doubt.file, doubt.where))
    files = [(file, len(list(of))) for file, of in groupby(found, lambda doubt: doubt.file)]
    asked = request.args.get("file", "")
    shown = [doubt for doubt in found if doubt.file == asked] if asked else found
    grouped = [(where, list(of)) for where, of in groupby(shown, lambda doubt: (doubt.file, doubt.where))]
    return room.page("admin/verify.html", "web.admin_verify", total=len(found), files=files, asked=asked, grouped=grouped)


def doubts():
    """[Doubt] of the newest deployed tables and diagrams, and of the README of each process that comes with the product."""
    with engine().store.read() as connection:
        found = [doubt for file in latest_files.decisions(connection) for doubt in to_verify.of_tables(file.file, file.content)]
        found += [doubt for file in latest_files.processes(connection) for doubt in to_verify.of_diagram(file.file, file.content)]
    return found + to_verify.of_readmes(BUNDLE)
