"""What an audit page was asked for, from its address; the addresses of its neighbours; and how a search is written down."""

import base64
import binascii
from datetime import date, datetime, time, timedelta

import orjson
from flask import request, url_for

from cases import audit_words
from engine import history
from engine.domain.errors import Invalid
from engine.domain.people import SYSTEM, ZONE
from engine.store import audit_search
from engine.store.audit_search import Wanted

LONGEST = 60
NAMES = ("q", "who", "since", "until", "kind", "element")


class Asked:
    """`told`: {name: text} of what was asked; `kind`: a group of events, or None; `after`: the position behind which the page begins."""

    def __init__(self, endpoint, **fixed):
        self._endpoint, self._fixed = endpoint, fixed
        self.told = {name: " ".join(request.args.get(name, "").replace("\x00", "").split())[:LONGEST] for name in NAMES}
        self.kind = self.told["kind"] if self.told["kind"] in audit_words.groups() else None
        self.since, self.until = _day("since", self.told), _day("until", self.told)
        self.after = _position(request.args.get("after"))

    def wanted(self, connection, roots=None):
        """The same as the store takes it: names as user names, days as moments."""
        who = self.told["who"]
        return Wanted(
            actors=((SYSTEM,) if who == "系统" else audit_search.people(connection, who)) if who else None,
            kinds=audit_words.kinds(self.kind) if self.kind else None,
            since=self.since and _begins(self.since),
            until=self.until and _begins(self.until + timedelta(days=1)),
            roots=roots,
            element=self.told["element"] or None,
        )

    def link(self, **changes):
        """The address of the same page, but for the changes."""
        return url_for(self._endpoint, **self._fixed, **{name: text for name, text in {**self.told, **changes}.items() if text})

    def behind(self, position):
        """The address of the page after this one."""
        return self.link(after=base64.urlsafe_b64encode(orjson.dumps(position)).decode())

    @property
    def is_narrowed(self):
        """Was anything asked for?"""
        return any(self.told.values())

    def words(self, wanted):
        """What is looked for, for the record: whose acts and which days; of a text alone that there was one, for it may be a number."""
        period = f"{self.since or '最早'} 至 {self.until or '今天'}" if self.since or self.until else None
        parts = [
            f"办理人：{'、'.join(wanted.actors) or '查无此人'}" if self.told["who"] else None,
            period and f"期间：{period}",
            self.kind and f"事件：{audit_words.groups()[self.kind]}",
            "案件号、场所、当事人" if self.told["q"] else None,
        ]
        return "；".join(filter(None, parts)) or "全部"


def _begins(day):
    return history.timestamp(datetime.combine(day, time(), ZONE))


def _day(name, told):
    try:
        return date.fromisoformat(told[name]) if told[name] else None
    except ValueError as error:
        raise Invalid(
            f"Expected {name} to be a day such as 2024-04-02, but it is not", problems={"": ["日期应写成 2024-04-02 这样。"]}
        ) from error


def _position(text):
    if not text:
        return None
    try:
        at, chain, seq = orjson.loads(base64.urlsafe_b64decode(text))
        if type(at) is not str or "\x00" in at or not 0 <= int(chain) < 1 << 63 or not 0 <= int(seq) < 1 << 31:
            raise ValueError(text)
        return at, int(chain), int(seq)
    except (binascii.Error, ValueError, TypeError) as error:
        raise Invalid("Expected `after` to be the cursor of the page before, but it is not one") from error
