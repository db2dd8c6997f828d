"""角色: who holds what; which role a diagram wants and nobody holds; in which queue tasks stand that nobody can take."""

from api.access import allow
from api.v2.door import engine
from cases import roles_wanted
from engine.store import account_lists, standing
from web.admin import room
from web.layout.view import RIGHTS

#: Queues that are looked through for tasks that nobody can take.
QUEUES = 2_000
#: What roles that are rights allow.
MEANS = {
    "管理员": "管理账号、日历和后台，可以办理任何任务（留痕，回避规定除外）",
    "审计": "查看全部案件，什么也不能改",
    "流程设计": "修改和发布流程图、决策表、表单，不办案件",
    "接口": "供程序使用：领取作业、发送消息",
}


def add_to(blueprint):
    """The page."""
    blueprint.add_url_rule("/admin/roles", "admin_roles", roles)


@allow("administrator")
def roles():
    """All roles that somebody holds or a diagram wants."""
    with engine().store.read() as connection:
        found = table(connection)
        stuck = without_anybody(connection)
    return room.page("admin/roles.html", "web.admin_roles", roles=found, stuck=stuck, means=MEANS)


def table(connection):
    """[{"name", "people", "units" [unit], "wanted" [process or table], "is_right"}]; first what is wanted and held by nobody."""
    wanted, held = roles_wanted.wanted(connection), {}
    for role, unit, username, _ in account_lists.holders(connection):
        people, units = held.setdefault(role, (set(), {}))
        people.add(username)
        units[unit] = True
    names = {*account_lists.role_names(connection), *wanted}
    found = [
        {
            "name": name,
            "people": len(held[name][0]) if name in held else 0,
            "units": [unit for unit in held[name][1] if unit] if name in held else [],
            "wanted": wanted.get(name, []),
            "is_right": name in RIGHTS,
        }
        for name in names
    ]
    return sorted(found, key=lambda role: (not (role["wanted"] and not role["people"]), role["is_right"], not role["wanted"], role["name"]))


def without_anybody(connection):
    """[(role, unit, open tasks)] of the queues in which tasks stand that nobody who may sign in can take."""
    held = {(role, unit) for role, unit, _, _ in account_lists.holders(connection)}
    anywhere = {role for role, _ in held}
    found = []
    for group, number in standing.open_groups(connection, QUEUES).items():
        role, _, unit = group.partition("@")
        if not ((role, unit) in held if unit else role in anywhere):
            found.append((role, unit, number))
    return found
