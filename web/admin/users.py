"""用户: accounts are looked for, opened and given roles; what one is entitled to, how one signs in, and what happened to the account."""

from datetime import date

import orjson
from flask import g, render_template, request

from api.access import allow, hasher
from api.v2.door import engine
from cases import certificates, organisation_lists
from cases.enter_certificate import end_certificate, enter_certificate
from cases.moment import moment
from engine import history
from engine.commands.change_account import change_account
from engine.commands.create_account import create_account
from engine.commands.end_sessions import end_sessions
from engine.commands.reopen_account import reopen_account
from engine.commands.revoke_token import revoke_token
from engine.domain.errors import EngineError, Invalid, NotFound
from engine.domain.people import SYSTEM
from engine.store import account_lists, timelines
from web.admin import room

#: On a page, and of an account's history.
LIMIT, ENTRIES = 50, 30
#: Rows of a form in which one more role may be entered.
MORE = 2
#: Tasks in hand that are listed by their names.
IN_HAND = 10
STATES = {"active": ("可以登录", True), "locked": ("已停用", False)}


def add_to(blueprint):
    """The list, an account, and what its buttons do."""
    blueprint.add_url_rule("/admin/users", "admin_users", users)
    blueprint.add_url_rule("/admin/users/new", "admin_user_new", new)
    blueprint.add_url_rule("/admin/users/new", "admin_user_create", create, methods=["POST"])
    blueprint.add_url_rule("/admin/users/of/<username>", "admin_user", user)
    deeds = {"profile": profile, "lock": lock, "password": password, "sign-out": sign_out, "reopen": reopen, "certificates": certify}
    for name, view in deeds.items():
        blueprint.add_url_rule(f"/admin/users/of/<username>/{name}", f"admin_user_{name}", view, methods=["POST"])
    blueprint.add_url_rule("/admin/users/of/<username>/tokens/revoke", "admin_user_revoke", revoke, methods=["POST"])
    blueprint.add_url_rule("/admin/users/of/<username>/certificates/end", "admin_user_end_certificate", uncertify, methods=["POST"])


@allow("administrator")
def users():
    """Who is there: by a text, a role, a unit, a state."""
    asked = {
        name: " ".join(request.args.get(name, "").replace("\x00", "").split())[:60] for name in ("q", "role", "unit", "state", "after")
    }
    state = STATES.get(asked["state"])
    with engine().store.read() as connection:
        chosen = {"role": asked["role"] or None, "unit": asked["unit"] or None, "active": state and state[1]}
        found, after = account_lists.page(connection, asked["q"], **chosen, after=asked["after"] or None, limit=LIMIT)
        counts = {name: account_lists.count(connection, active) for name, (_, active) in STATES.items()}
        roles = account_lists.role_names(connection)
        closed = {name for name, _, _ in account_lists.closed(connection, engine().time())}
    told = {"found": found, "after": after, "asked": asked, "states": STATES, "counts": counts, "roles": roles, "closed": closed}
    return room.page("admin/users.html", "web.admin_users", **told)


@allow("administrator")
def new():
    """The form for a new account."""
    return room.page("admin/new_user.html", "web.admin_users", given={}, problems={}, **_choices())


@allow("administrator")
def create():
    """Open an account; its password is shown once."""
    given, made = request.form, room.a_password()
    try:
        told = (given.get("username", "").strip(), given.get("display_name", "").strip(), hasher.hash(made))
        room.ask(create_account, *told, given.get("email", "").strip() or None, _pairs())
    except EngineError as error:
        problems, status = room.refusal(error)
        rows = [*_pairs(), *[("", "")] * MORE]
        return render_template("admin/new_user_form.html", given=given, problems=problems, rows=rows, **_choices()), status
    return render_template("admin/password.html", username=told[0], name=told[1], password=made, fresh=True)


def _pairs():
    """The (role, unit) pairs of a form, in its order. Raises Invalid for a unit without its role, or an @ in either."""
    pairs = [(role.strip(), unit.strip()) for role, unit in zip(request.form.getlist("role"), request.form.getlist("unit"), strict=False)]
    for role, unit in pairs:
        if unit and not role:
            sentence = f"Expected a role beside unit {unit}, but found none"
            raise Invalid(sentence, problems={"memberships": [f"单位“{unit}”旁边应填写角色，但没有填写。"]})
        if "@" in role + unit or len(role) > 60 or len(unit) > 60:
            sentence = f"Expected a role and a unit of at most 60 characters without @, but found {role} and {unit}"
            raise Invalid(sentence, problems={"memberships": ["角色和单位不能含有“@”，各不超过 60 个字。"]})
    return list(dict.fromkeys(pair for pair in pairs if pair[0]))


def _choices():
    with engine().store.read() as connection:
        return {"role_names": account_lists.role_names(connection), "unit_names": account_lists.unit_names(connection)}


@allow("administrator")
def user(username):
    """An account."""
    before = request.args.get("before", "")
    with engine().store.read() as connection:
        account = account_lists.one(connection, username)
        if account is None:
            raise NotFound(f"Expected an account with user name {username!r:.80}, but there is none", problems={"": ["没有这个账号。"]})
        closed = {name: until for name, _, until in account_lists.closed(connection, engine().time())}
        entries = account_lists.history(connection, f"account:{username}", ENTRIES + 1, int(before) if before.isdecimal() else None)
        told = {
            "certificates": organisation_lists.certificates(connection, username),
            "tokens": account_lists.tokens(connection, username),
            "in_hand": account_lists.tasks_in_hand(connection, username, IN_HAND),
            "entries": _told(connection, entries[:ENTRIES]),
        }
    told |= {"most_in_hand": IN_HAND, "kinds": certificates.KINDS, "closed_until": closed.get(username)}
    told |= {"rows": [*account["held"], *[("", "")] * MORE], "older": entries[ENTRIES - 1]["seq"] if len(entries) > ENTRIES else None}
    return room.page("admin/user.html", "web.admin_users", account=account, given={}, problems={}, **told, **_choices())


def _told(connection, entries):
    """[{"at", "sentence", "notes"}] of the history of an account."""
    bodies = [orjson.loads(entry["body"]) for entry in entries]
    people = {body[who] for body in bodies for who in ("actor", "for")} | {
        (body["data"] or {}).get(who) for body in bodies for who in ("username", "deputy", "principal")
    }
    names = {SYSTEM: "系统"} | timelines.display_names(connection, people - {None})
    return [_entry(entry, body, names) for entry, body in zip(entries, bodies, strict=True)]


def _entry(entry, body, names):
    data = dict(body["data"] or {})
    named = {who: names.get(data[who], data[who]) for who in ("username", "deputy", "principal") if who in data}
    sentence = history.wording(body["kind"], names.get(body["actor"], body["actor"]), data=data | named, behalf_of=names.get(body["for"]))
    return {"at": moment(entry["at"]), "sentence": sentence, "notes": list(_notes(body["kind"], data))}


def _notes(kind, data):
    if kind not in ("account:created", "account:changed"):
        return
    if data.get("password"):
        yield "重设了密码"
    if "active" in data:
        yield "启用" if data["active"] else "停用"
    if "display_name" in data:
        yield f"姓名：{data['display_name']}"
    if "email" in data and kind == "account:changed":
        yield f"邮箱：{data['email'] or '无'}"
    if data.get("roles") is not None:
        yield "角色：" + ("、".join(f"{role}（{unit}）" if unit else role for role, unit in data["roles"]) or "无")


@allow("administrator")
def profile(username):
    """姓名、邮箱、角色."""
    given = request.form
    with engine().store.read() as connection:
        account = account_lists.one(connection, username)

    def change():
        changes = {"display_name": given.get("display_name", "").strip(), "email": given.get("email", "").strip() or None}
        pairs = _pairs()
        before = account or {"held": []}
        room.ask(
            change_account,
            username,
            {name: value for name, value in changes.items() if value != before.get(name)},
            None if sorted(pairs) == sorted(before["held"]) else pairs,
        )

    rows = zip(given.getlist("role"), given.getlist("unit"), strict=False)
    told = {"account": account, "rows": [*(pair for pair in rows if any(pair)), *[("", "")] * MORE], **_choices()}
    return room.do(change, "admin/profile_form.html", ("web.admin_user", "saved", {"username": username}), **told)


@allow("administrator")
def lock(username):
    """停用, or 启用 again."""
    active = request.form.get("active") == "1"
    then = ("web.admin_user", "unlocked" if active else "locked", {"username": username})
    return room.do(lambda: room.ask(change_account, username, {"active": active}), "admin/refused.html", then)


@allow("administrator")
def password(username):
    """A new password, made up here and shown once."""
    made = room.a_password()
    try:
        room.ask(change_account, username, {"password_hash": hasher.hash(made)})
    except EngineError as error:
        problems, status = room.refusal(error)
        return render_template("admin/refused.html", problems=problems), status
    with engine().store.read() as connection:
        name = account_lists.one(connection, username)["display_name"]
    return render_template(
        "admin/password.html", username=username, name=name, password=made, fresh=False, own=username == g.actor.username
    )


@allow("administrator")
def sign_out(username):
    """结束全部登录."""
    return room.do(lambda: room.ask(end_sessions, username), "admin/refused.html", ("web.admin_user", "signed-out", {"username": username}))


@allow("administrator")
def reopen(username):
    """解除登录限制."""
    return room.do(lambda: room.ask(reopen_account, username), "admin/refused.html", ("web.admin_user", "reopened", {"username": username}))


@allow("administrator")
def revoke(username):
    """吊销令牌."""
    then = ("web.admin_user", "revoked", {"username": username})
    return room.do(lambda: room.ask(revoke_token, username, request.form.get("name", "")), "admin/refused.html", then)


@allow("administrator")
def certify(username):
    """登记证件."""
    given = request.form

    def change():
        days = (a_day(given, "first"), a_day(given, "last"))
        room.ask(enter_certificate, username, *(given.get(name, "") for name in ("number", "kind", "issuer")), *days)

    then = ("web.admin_user", "certified", {"username": username})
    return room.do(change, "admin/certificate_form.html", then, account={"username": username}, kinds=certificates.KINDS)


@allow("administrator")
def uncertify(username):
    """证件提前截止."""
    given, number = request.form, request.form.get("number", "")
    then = ("web.admin_user", "certificate-ended", {"username": username})
    told = {"account": {"username": username}, "one": {"no": number}}
    return room.do(
        lambda: room.ask(end_certificate, number, a_day(given, "last"), given.get("reason", "")),
        "admin/end_certificate_form.html",
        then,
        **told,
    )


def a_day(given, name):
    """The date in a field. Raises Invalid, naming it."""
    try:
        return date.fromisoformat(given.get(name, ""))
    except ValueError as error:
        sentence = f"Expected {name} to be a day such as 2024-04-02, but it is not"
        raise Invalid(sentence, problems={name: ["日期应写成 2024-04-02 这样。"]}) from error
