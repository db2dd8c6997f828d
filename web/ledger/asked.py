"""What a page of the ledger was asked for, from its address; and the addresses of its neighbours."""

import base64
import binascii
from datetime import date

import orjson
from flask import g, request, url_for

from cases import ledger_columns, ledger_list, ledger_sight
from cases.hazards import STATUSES as OF_HAZARDS
from cases.ledger_filter import ANY, NONE, Wanted
from cases.ledger_sight import HAZARDS, PLACES
from cases.places import PROGRAMMES, SUPERVISED
from cases.places import STATUSES as OF_PLACES
from engine.domain.errors import Invalid

KINDS = {PLACES: "场所", HAZARDS: "隐患"}
STATUSES = {PLACES: OF_PLACES, HAZARDS: OF_HAZARDS}
#: What a page is put in order by, as its readers say it.
ORDERS = {"new": "新编号在前", "old": "旧编号在前", "risk": "风险高的在前", "due": "期限近的在前", "name": "按场所名称"}
#: Filters that are a choice, in the order of the page: {name: (label, the choices; None: whatever the town has called them)}.
CHOSEN = {
    "risk_level": ("风险", (*ledger_list.LEVELS, "未定")),
    "disposition": ("处置方式", ("整治", "改造", "腾退", "拔点", "未定")),
    "village": ("居村/公司", None),
    "programme": ("专项类别", PROGRAMMES),
    "implementer": ("实施主体", None),
    "industry_dept": ("行业部门", None),
    "sponsor": ("包案领导", None),
    "supervised": ("挂牌督办", (ANY, *SUPERVISED, NONE)),
    "grade": ("隐患等级", ("一般", "重大")),
}
#: Filters that are a day.
DAYS = {"since": "上账自", "until": "上账至", "due_since": "期限自", "due_until": "期限至"}
LONGEST = 60
#: `of`: whoever works for a unit sees its places first; with this, all of the town's.
WHOLE_TOWN = "all"


class Asked:
    """`kind`, `wanted` (Wanted), `order`, `after`; `own`: the units by which it is narrowed beforehand, or would be."""

    def __init__(self):
        given = request.args
        self.kind = HAZARDS if given.get("list") == HAZARDS else PLACES
        self.order = given.get("order") if self.kind in ledger_list.ORDERS.get(given.get("order"), ()) else "new"
        self.own = ledger_sight.own_units(g.actor)
        self.narrowed = bool(self.own) and given.get("of") != WHOLE_TOWN
        told = {name: _text(given.get(name)) or None for name in ("status", "place", *CHOSEN)}
        self.wanted = Wanted(
            **told,
            overdue=given.get("overdue") == "1",
            since=_day("since"),
            until=_day("until"),
            due_since=_day("due_since"),
            due_until=_day("due_until"),
            text=_text(given.get("q")),
            units=self.own if self.narrowed else {},
        )
        self.columns = self._columns(given.getlist("col"))

    def _columns(self, chosen):
        """The columns of the page: those that were chosen, and what no list goes without."""
        known = ledger_columns.columns(self.kind, g.actor)
        self.chosen = [column.name for column in known if column.name in chosen]
        if not self.chosen:
            return [column for column in known if self.kind in column.shown]
        return [column for column in known if column.name in self.chosen or column.name in ledger_columns.ALWAYS[self.kind]]

    @property
    def after(self):
        """The position behind which the page begins, or None."""
        text = request.args.get("after")
        if not text:
            return None
        try:
            return orjson.loads(base64.urlsafe_b64decode(text))
        except (binascii.Error, ValueError) as error:
            raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error

    def parameters(self):
        """{name: value} of the address, without the position."""
        wanted, named = self.wanted, ("status", "place", *CHOSEN)
        return {
            "list": self.kind if self.kind != PLACES else None,
            **{name: getattr(wanted, name) for name in named},
            "overdue": "1" if wanted.overdue else None,
            **{name: getattr(wanted, name) and getattr(wanted, name).isoformat() for name in DAYS},
            "q": wanted.text or None,
            "of": WHOLE_TOWN if self.own and not self.narrowed else None,
            "order": self.order if self.order != "new" else None,
            "col": self.chosen or None,
        }

    def link(self, endpoint="web.ledger", **changes):
        """The address of the same page, but for the changes."""
        return url_for(endpoint, **{name: value for name, value in (self.parameters() | changes).items() if value is not None})

    def other(self, kind):
        """The address of the other list under the same filters of places."""
        apart = {"status": None, "col": None, "order": None}
        return self.link(list=kind if kind != PLACES else None, **apart, **({"grade": None} if kind == PLACES else {}))

    def behind(self, position):
        """The address of the page after this one."""
        return self.link(after=base64.urlsafe_b64encode(orjson.dumps(position)).decode())

    def narrowing(self):
        """[(sentence, address without it)] of the filters that are on, but for the status."""
        wanted = self.wanted
        found = []
        if self.narrowed:
            units = list(dict.fromkeys(unit for units in self.own.values() for unit in units))
            found.append((f"本单位：{'、'.join(units)}", self.link(of=WHOLE_TOWN)))
        found += [
            (f"{label}：{getattr(wanted, name)}", self.link(**{name: None})) for name, (label, _) in CHOSEN.items() if getattr(wanted, name)
        ]
        for name, label in DAYS.items():
            if getattr(wanted, name):
                found.append((f"{label} {getattr(wanted, name).isoformat()}", self.link(**{name: None})))
        if wanted.place:
            found.append((f"场所 {wanted.place}", self.link(place=None)))
        if wanted.overdue:
            found.append(("已超期", self.link(overdue=None)))
        if wanted.text:
            found.append((f"「{wanted.text}」", self.link(q=None)))
        return found


def _text(given):
    return " ".join((given or "").replace("\x00", "").split())[:LONGEST]


def _day(name):
    try:
        return date.fromisoformat(request.args[name]) if request.args.get(name) else None
    except ValueError as error:
        raise Invalid(
            f"Expected {name} to be a day such as 2024-04-02, but it is not", problems={"": ["日期应写成 2024-04-02 这样。"]}
        ) from error
