"""系统管理: what needs a hand, and the pages on which it is put right."""

from api.access import allow
from web.admin import deputies, holidays, incidents, lists, roles, room, users, verify, worker
from web.admin.concerns import concerns


def add_to(blueprint):
    """The first page, and all others of the administrator's."""
    blueprint.add_url_rule("/admin", "admin", overview)
    for page in (users, roles, deputies, holidays, lists, incidents, worker, verify):
        page.add_to(blueprint)


@allow("administrator")
def overview():
    """What needs a hand."""
    found, fine = concerns()
    return room.page("admin/overview.html", "web.admin", concerns=found, fine=fine)
