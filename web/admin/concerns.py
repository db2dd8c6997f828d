"""What of the administrator's matters needs a hand: one line each, with the page on which it is put right; and what was found in order."""

from dataclasses import dataclass
from datetime import timedelta

from flask import g, url_for

from api.v2.door import engine
from cases import organisation_lists, provisional_terms
from engine.domain.people import ZONE
from engine.store import account_lists, holidays, standing
from web import when
from web.admin import roles
from web.admin.worker import State

#: From this month on the State Council has as a rule published the next year's holidays, or is about to.
PUBLISHED_FROM = 11
#: So long after midnight a worker has made the day's seal. Minutes.
SEALED_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Concern:
    """`sentence`; `link`, `where`: the address that puts it right, and what it is called; `grave`: work stands still, or proof is lost."""

    sentence: str
    link: str
    where: str
    grave: bool = False


def concerns():
    """([Concern], the grave ones first; [sentence] of what is in order)."""
    with engine().store.transaction() as transaction:
        connection, now = transaction.connection, engine().clock.now(transaction.cursor)
        calendar, told, fine = engine().calendars.current(transaction.cursor), [], []
        for look in (_incidents, _worker, _seals, _accounts, _certificates, _roles, _grids):
            found, in_order = look(connection, now)
            told += found
            fine += in_order if not found else []
        found, in_order = _calendar(connection, now, calendar)
    return sorted(told + found, key=lambda concern: not concern.grave), fine + (in_order if not found else [])


def _incidents(connection, now):
    count, since = standing.count_incidents(connection)
    if not count:
        return [], ["没有案件停在异常上。"]
    return [Concern(f"{count} 项异常等待处理，最早的发生于 {when.short(since, now)}。", url_for("web.admin_incidents"), "去处理", True)], []


def _worker(connection, now):
    state, found, link = State(connection, now), [], url_for("web.admin_worker")
    if state.is_silent:
        since = when.short(state.first, now)
        found.append(Concern(f"后台服务没有在办理：{state.due} 项到期事项没有执行，最早的应于 {since}。", link, "去查看", True))
    given_up = len(standing.given_up(connection, 50))
    if given_up:
        found.append(Concern(f"{given_up} 项到期事项多次失败，已停止自动重试。", link, "去处理", True))
    act = f"，最近一次动作在 {when.short(state.act[0], now)}" if state.act else ""
    return found, [f"没有到期未办的事项{act}。"]


def _seals(connection, now):
    local, found = now.astimezone(ZONE), []
    today, yesterday = local.date(), local.date() - timedelta(days=1)
    began, last, link = standing.began(connection), standing.last_seal(connection), url_for("web.admin_worker")
    is_new = began is None or began.astimezone(ZONE).date() > yesterday
    # A seal lists every chain that grew since the one before it: one that came late holds what was missed.
    if not is_new and (last is None or last[1] < yesterday.isoformat()):
        told = f"最近一次封印在 {last[1]}" if last else "还从来没有封印"
        found.append(Concern(f"昨天（{when.day(yesterday)}）的历史没有封印，{told}。", link, "去查看", True))
    if local.hour * 60 + local.minute >= SEALED_WITHIN and not standing.sealed(connection, today):
        found.append(Concern("今天的历史还没有封印，后台服务今天可能没有运行。", link, "去查看", True))
    return found, ["系统今天启用，历史从今天起封印。" if is_new else "昨天为止的历史已经封印。"]


def _accounts(connection, now):
    found = [
        Concern(
            f"{name}（{username}）登录失败次数过多，{until.astimezone(ZONE):%H:%M} 前不能登录。",
            url_for("web.admin_user", username=username),
            "去查看",
        )
        for username, name, until in account_lists.closed(connection, now)
    ]
    return found, ["没有账号因登录失败受限。"]


def _certificates(connection, now):
    today = now.astimezone(ZONE).date()
    found = [
        Concern(
            f"{one['name']}的{one['kind']}（{one['no']}）{'已于' if one['valid_to'] < today else '将于'} {when.day(one['valid_to'])}到期。",
            url_for("web.admin_user", username=one["username"]),
            "去登记",
        )
        for one in organisation_lists.expiring(connection, today)
    ]
    return found, [f"证件在 {organisation_lists.SOON.days} 天内都不到期。"]


def _roles(connection, _):
    link = url_for("web.admin_roles")
    found = [
        Concern(f"流程需要“{role['name']}”，但没有人担任。", link, "去查看")
        for role in roles.table(connection)
        if role["wanted"] and not role["people"]
    ]
    stuck = roles.without_anybody(connection)
    if stuck:
        named = "、".join(f"{role}（{unit}）" if unit else role for role, unit, _ in stuck[:3])
        total = sum(number for _, _, number in stuck)
        found.append(Concern(f"{total} 件任务所在的队列没有人能办：{named}{'等' if len(stuck) > 3 else ''}。", link, "去查看", True))
    return found, ["流程需要的角色都有人担任，有任务的队列都有人能办。"]


def _grids(connection, _):
    vacant = [grid["name"] for grid in organisation_lists.grids(connection) if not grid["keeper_name"]]
    found = [Concern(f"网格没有包干责任人：{'、'.join(vacant)}。", url_for("web.admin_lists"), "去指定")] if vacant else []
    return found, ["网格都有包干责任人。"]


def _calendar(connection, now, calendar):
    today, found = now.astimezone(ZONE).date(), []
    known = {table["year"] for table in holidays.tables(connection)}
    terms = len(provisional_terms.provisional(connection, g.actor, calendar))
    link = url_for("web.admin_holidays", year=today.year)
    if today.year not in known:
        found.append(Concern(f"{today.year} 年的节假日安排没有公布到系统，期限都是暂定的。", link, "去录入", True))
    following = url_for("web.admin_holidays", year=today.year + 1)
    if today.year + 1 not in known and (today.month >= PUBLISHED_FROM or terms):
        told = f"，在办案件已有 {terms} 个暂定的期限" if terms else "，一般在 11 月发布"
        found.append(Concern(f"{today.year + 1} 年的节假日安排还没有公布到系统{told}。", following, "去录入"))
    return found, ["今年的节假日安排已经公布，没有暂定的期限。"]
