"""Every form of the hazard process, filled in as it should be: a three-in-one workshop of April 2024. Each call gives fresh data."""

CASE, HAZARD = "松昆安整-2024-0137", "松昆安整-2024-0137-01"
LNG, LAT = 121.130000, 31.030000


def photo(name, taken_at, lng=LNG, lat=LAT):
    """A reference to an uploaded photo."""
    found = {"key": "2251", "name": name, "sha256": "ab" * 32, "size": 2_400_000, "type": "image/jpeg"}
    return {**found, "taken_at": taken_at, "lng": lng, "lat": lat}


def paper(name="回证.pdf"):
    """A reference to an uploaded scan."""
    return {"key": "2252", "name": name, "sha256": "cd" * 32, "size": 120_000, "type": "application/pdf"}


def officers():
    return [{"name": "李立", "cert_no": "09170001"}, {"name": "赵敏", "cert_no": "09170002"}]


def register_hazard(**changes):
    """F02. A 三合一 with six sleepers and no proper exit: red."""
    return {
        "case_no": CASE, "hazard_no": HAZARD, "place_name": "昆港公路 88 号 3 号厂房", "place_address": "昆港公路 88 号 3 幢二层",
        "place_lng": LNG, "place_lat": LAT, "enterprise": "昆港五金制品有限公司", "unlicensed": False, "uscc": "91350100M000100Y43",
        "person": "王五", "person_mobile": "13800138000", "location": "二层东侧车间", "field": "消防", "category": "H03",
        "description": "二层东侧车间内隔出三间宿舍，住六人，仅一部敞开楼梯。", "clauses": ["消防法第十九条", "上海市消防条例第四十二条"],
        "grade": "一般", "source": "排查", "found_at": "2024-04-01T09:30+08:00",
        "finders": [{"name": "张三", "unit": "陈坊村", "cert_no": ""}, {"name": "李立", "unit": "应急管理中心", "cert_no": "09170001"}],
        "photos": [photo("宿舍.jpg", "2024-04-01T09:20+08:00")], "photo_reason": "", "sleepers": 6, "n_operators": 1, "exits_ok": False,
        "on_site_measures": "责令当日搬离住宿人员，切断隔间电源。", "fixed_on_spot": False, "suggested_days": 30, **changes,
    }  # fmt: skip


def major(**changes):
    """F02 where a standard of major hazards is met."""
    found = register_hazard(grade="重大", second_confirmer="陈平", standard_hits=["10号令-3(1)"], **changes)
    del found["fixed_on_spot"]
    return found


def fixed(**changes):
    """F02 of an ordinary hazard that was mended while the inspectors stood there."""
    found = register_hazard(
        category="H10", sleepers=0, fixed_on_spot=True, fixed_photos=[photo("已更换.jpg", "2024-04-01T09:40+08:00")], **changes
    )
    for name in ("exits_ok", "suggested_days"):
        del found[name]
    return found


def issue_notice(days=60, **changes):
    """F03, where the town has no authority: a letter comes of it."""
    return {
        "notice": {
            "officers": officers(), "facts": "二层东侧车间内隔出三间宿舍，住六人，生产与住宿未分开。", "clauses": ["消防法第十九条"],
            "requirements": [
                {"text": "拆除三间隔间，搬离全部住宿人员", "clause": "消防法第十九条"},
                {"text": "增设一部封闭楼梯间", "clause": "上海市消防条例第四十二条"},
            ],
            "days": days, "protection": "当日搬离住宿人员，夜间断电，专人巡查。", "recheck_note": "期限届满或者收到整改完成报告后复查。",
            "contact_name": "沈佳", "contact_phone": "021-57760000", "contact_address": "小昆山镇人民政府 203 室", **changes,
        }
    }  # fmt: skip


def order(days=60, **changes):
    """F03, where the bureau has entrusted the town: an order comes of it."""
    return issue_notice(days, entrustment="沪松应急委〔2024〕3 号", rights=True, **changes)


def acknowledge_notice(**changes):
    return {"receipt": {"name": "王五", "position": "厂长", "mobile": "13800138000", "electronic": True, "statement": "", **changes}}


def serve_notice(served_at="2024-04-08T10:00+08:00", **changes):
    """F18, handed over."""
    return {
        "service": {
            "method": "直接送达", "served_at": served_at, "recipient": "王五", "recipient_role": "厂长", "refused": False,
            "servers": [{"name": "张三", "cert_no": ""}, {"name": "李立", "cert_no": "09170001"}], "evidence": [paper()], **changes,
        }
    }  # fmt: skip


def not_accepted(served_at="2024-04-08T10:00+08:00"):
    """F18, where nobody takes it."""
    return serve_notice(served_at, refused=True, refusal_reason="称须与股东商量，拒绝签收。")


def leave_notice(served_at="2024-04-08T15:00+08:00", **changes):
    """F18, left with a witness."""
    return {
        "service": {
            "served_at": served_at, "recipient": "王五", "recipient_role": "厂长", "refusal_reason": "称须与股东商量，拒绝签收。",
            "attested": "见证人", "witness": "陈平", "witness_unit": "陈坊村村民委员会", "servers": officers(), "evidence": [paper()],
            **changes,
        }
    }  # fmt: skip


def left_on_film(served_at="2024-04-08T15:00+08:00"):
    """F18, left without a witness, before a camera."""
    found = leave_notice(served_at, attested="拍照、录像", recording=[photo("门前.jpg", served_at)])
    for name in ("witness", "witness_unit"):
        del found["service"][name]
    return found


def draft_plan(due="2024-05-20", **changes):
    """F04 of a major hazard."""
    return {
        "plan": {
            "goal": "拆除宿舍隔间，住宿与生产完全分开。",
            "measures": [{"text": "拆除三间隔间", "person": "王五"}, {"text": "增设封闭楼梯间", "person": "周工"}],
            "person": "王五", "mobile": "13800138000", "organisation": "厂长任组长，车间主任、安全员参加。", "funds": 12.5,
            "fund_source": "企业自筹", "milestones": [{"text": "隔间拆除", "due": "2024-04-20"}, {"text": "楼梯间完工", "due": due}],
            "emergency": "夜间专人值守，设疏散集合点，每周演练一次。", "interim": "住宿人员搬至镇外租房，隔间断电上锁。",
            "signed_by_head": True, "attachments": [paper("方案签字页.pdf")], **changes,
        }
    }  # fmt: skip


def review_plan(**changes):
    return {"review": {"outcome": "通过", "five": ["责任", "措施", "资金", "时限", "预案"], "opinion": "五项落实，同意。", **changes}}


def returned(**changes):
    return {"review": {"outcome": "退回", "opinion": "资金来源须附证明。", **changes}}


def report_progress(as_of="2024-04-10", **changes):
    progress = {
        "percent": 40,
        "as_of": as_of,
        "text": "隔间已拆除两间。",
        "difficulties": "",
        "photos": [photo("进度.jpg", "2024-04-10T09:00+08:00")],
    }
    return {"progress": {**progress, **changes}}


def report_completion(finished_at="2024-05-18T16:00+08:00", **changes):
    """F05; the requirements are those of the notice."""
    return {
        "completion": {
            "items": [
                {"requirement": "拆除三间隔间，搬离全部住宿人员", "done": "已完成", "note": "已拆除并搬离。"},
                {"requirement": "增设一部封闭楼梯间", "done": "已完成", "note": "已完工并自检。"},
            ],
            "before": [photo("前.jpg", "2024-04-03T09:00+08:00")], "after": [photo("后.jpg", "2024-05-18T15:00+08:00")],
            "photo_reason": "", "documents": [paper("检测报告.pdf")], "finished_at": finished_at, "cost": 11.8,
            "root_cause": "厂房租金压力下违规改造，出租方未检查。", "long_term": "租赁合同写明禁止住宿，每月联合检查。",
            "reporter": "王五", "reporter_mobile": "13800138000", **changes,
        }
    }  # fmt: skip


def recheck(visited_at="2024-05-21T10:00+08:00", **changes):
    """F06: passed."""
    return {
        "recheck": {
            "visited_at": visited_at, "check_code": "SH-2024-000137", "outcome": "合格",
            "items": [
                {"requirement": "拆除三间隔间，搬离全部住宿人员", "result": "合格", "note": ""},
                {"requirement": "增设一部封闭楼梯间", "result": "合格", "note": ""},
            ],
            "note": "两项要求均已完成，现场无住宿痕迹。", "photos": [photo("复查.jpg", "2024-05-21T10:05+08:00")], "photo_reason": "",
            "party_signed": "签字", "party_name": "王五", "party_opinion": "", **changes,
        }
    }  # fmt: skip


def failed(new_days=20, **changes):
    """F06: one of two requirements is not met."""
    found = recheck(outcome="部分合格", new_days=new_days, next_step="重新下达通知，限期完成楼梯间。", **changes)
    found["recheck"]["items"][1]["result"] = "不合格"
    return found


def refused(outcome="拒检", **changes):
    """F06: the officers were not let in, or nothing was done although it was ordered."""
    found = recheck(
        outcome=outcome, next_step="移送立案。", refusal_facts="负责人锁闭大门，拒绝两名执法人员进入车间。",
        refusal_evidence=[{**paper("执法记录.mp4"), "type": "video/mp4"}], party_signed="拒签", witness="陈平", **changes,
    )["recheck"]  # fmt: skip
    del found["party_name"]
    if outcome == "拒检":
        del found["items"]
    else:
        found["items"][1]["result"] = "不合格"
    return {"recheck": found}


def urge(at="2024-05-23T09:30+08:00", **changes):
    return {"urge": {"way": "上门", "at": at, "contact": "王五", "forecast": "能按期完成", "note": "楼梯间主体已完工。", **changes}}
