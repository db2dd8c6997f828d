"""The forms of 群众举报受理, filled in as they should be: somebody tells of a workshop where people sleep. Each call gives fresh data."""

from datetime import datetime

from tests.forms import filled
from tests.forms.making import SHANGHAI

NOW = datetime(2024, 4, 2, 15, tzinfo=SHANGHAI)
NAME, MOBILE = "闵举安", "13712345678"
#: In the reporter's own words, by which they could be known.
WORDS = "我在厂里做夜班，班长老丁睡在我对面，二楼住了六个人。"
NUMBER = "松昆举-2024-0001"


def accept_report(at_risk=False, **passed_on):
    """From somebody who gave their name."""
    return {
        "reporter": {"kind": "实名", "name": NAME, "mobile": MOBILE, "at_risk": at_risk},
        "report": {"channel": "电话", "received_at": "2024-04-01T09:00+08:00", "content": WORDS, "photos": []},
        "passed_on": {
            "village": "陈坊村居委会", "address": "昆港公路 88 号 3 幢二层", "seen_on": "2024-03-30",
            "text": "二层车间内隔出房间住人，约六人，楼梯仅一部。", **passed_on,
        },
    }  # fmt: skip


def anonymous():
    """A letter without a name, with a photo."""
    found = accept_report()
    found["reporter"] = {"kind": "匿名", "at_risk": False}
    found["report"] |= {"channel": "来信", "photos": [filled.photo("二层.jpg", "2024-03-30T21:00+08:00")]}
    return found


def heed_report(at="2024-04-02T10:00+08:00", **changes):
    return {"heeding": {"measures": "安排专人联系，夜间加强巡逻。", "at": at, **changes}}


def answer_reporter(answered_at="2024-04-02T14:00+08:00", **changes):
    return {"answer": {"way": "电话", "answered_at": answered_at, "content": "情况属实，已经列入整治。", **changes}}


KNOWN = {
    "accept_report": {},
    "heed_report": {"report_no": NUMBER, **accept_report(at_risk=True)},
    "answer_reporter": {"report_no": NUMBER, "report": {"received_at": "2024-04-01T09:00:00+08:00"}},
}
RIGHT = {
    "accept_report": [accept_report(), accept_report(at_risk=True), anonymous()],
    "heed_report": [heed_report()],
    "answer_reporter": [answer_reporter(), answer_reporter(way="联系不上", content="一日三次拨打，均无人接听。")],
}
