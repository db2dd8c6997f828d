"""The forms of a penalty, filled in as they should be: the lessor of 2024, who had no safety agreements with its tenants."""

from tests.forms.filled import CASE, HAZARD, officers, paper

USCC, IDENTITY = "91350100M000100Y43", "11010519491231002X"


def register_clue(**changes):
    return {
        "case_no": CASE, "hazard_no": HAZARD, "place_name": "昆港公路 88 号 3 号厂房", "enterprise": "昆港五金制品有限公司",
        "matter": "安全生产", "zone": "村庄规划区", "act_date": "2024-05-06", "clue": "未与承租单位签订安全生产管理协议。", **changes,
    }  # fmt: skip


def not_pursued(**changes):
    """The clue again, after a transfer that came to nothing."""
    return register_clue(pursue="不再办理", drop_reason="受移送机关认定违法事实不成立，无新的证据。", **changes)


def approve_dropping(outcome="同意"):
    return {"dropping": {"outcome": outcome, "opinion": "见附件。"}}


def unit(**changes):
    return {
        "kind": "单位", "name": "昆港五金制品有限公司", "uscc": USCC, "representative": "王五", "address": "昆港公路 88 号", "role": "单位",
        "article": "安全生产法103(2)", "overdue": False, "refusal": False, "first_time": True, "corrected_in_time": True, **changes,
    }  # fmt: skip


def person(**changes):
    return {
        "kind": "个人", "name": "王五", "person_id": IDENTITY, "sex": "男", "employer": "昆港五金制品有限公司", "position": "厂长",
        "address": "松江区某路 1 号", "role": "直接负责的主管人员", "article": "安全生产法103(2)", "overdue": False, "refusal": False,
        "first_time": True, "corrected_in_time": True, **changes,
    }  # fmt: skip


def file_case(*respondents, **changes):
    """F12."""
    return {
        "filing": {
            "cause": "未与承租单位签订安全生产管理协议", "source": "检查发现", "ended_on": "2024-05-06", "limitation": "二年",
            "facts": "昆港五金制品有限公司将厂房二层出租给三家企业，未签订安全生产管理协议。", "basis": "安全生产法第四十九条第二款",
            "respondents": list(respondents) or [unit(), person()], "opinion": "建议立案调查。", "officers": officers(),
            "evidence": [paper("检查记录.pdf")], **changes,
        }
    }  # fmt: skip


def approve_filing(outcome="同意立案"):
    return {"approval": {"outcome": outcome, "opinion": "见附件。"}}


def record(**changes):
    return {
        "kind": "询问笔录", "person": "王五", "started_at": "2024-05-08T09:00+08:00", "ended_at": "2024-05-08T10:30+08:00",
        "examiner": "李立", "recorder": "赵敏", "shown_ids": True, "told_rights": True,
        "content": "问：是否签订安全生产管理协议？答：没有。", "signed": "本人逐页签名", **changes,
    }  # fmt: skip


def take_statements(*records, **changes):
    """F13."""
    return {
        "investigation": {
            "records": list(records) or [record()], "records_files": [paper("笔录.pdf")], "identity_files": [paper("执照.pdf")],
            "evidence": [paper("合同.pdf")], "conclusion": "违法事实清楚，证据确实充分，建议分别处罚。",
            "officers": officers(), **changes,
        }
    }  # fmt: skip


def appraised(first="2024-05-08", last="2024-05-12"):
    """A time that does not count among the ninety days."""
    return {"from": first, "until": last, "reason": "房屋安全鉴定", "document": "鉴定委托书〔2024〕1号"}


def heed_alarm(**changes):
    return {"alarm": {"handling": "督促承办人限期作出决定", "note": "十日内报决定。", **changes}}


def report_closing(**changes):
    return {
        "closing": {
            "summary": "单位和个人的罚款均已缴清。", "archive_no": "松昆罚卷2024-01", "retention": "30年", "complete": True,
            "archive": [paper("目录.pdf")], **changes,
        }
    }  # fmt: skip


def proposing_closure():
    return report_closing(closure_proposal="一百八十日内三次受罚，存在重大事故隐患，已报区人民政府提请关闭。")


def approve_closing(outcome="同意结案"):
    return {"closing_approval": {"outcome": outcome, "opinion": "同意。"}}


def draft_penalty_notice(fine=11750, **changes):
    """F14 where no hearing has to be offered."""
    return {
        "notice": {
            "facts": "将厂房二层出租给三家企业，未与承租单位签订专门的安全生产管理协议。",
            "evidence": [{"text": "现场检查记录一份"}, {"text": "租赁合同三份"}], "violated": "安全生产法第四十九条第二款",
            "basis": "安全生产法第一百零三条第二款", "reasons": "未履行出租方的安全管理责任。",
            "discretion_reason": "首次违法，及时改正，从轻。",
            "fine": fine, "other_penalty": "", "statement_right": True,
            "contact": {"name": "沈佳", "phone": "021-57660000", "address": "文翔路 6000 号"}, "officers": officers(), **changes,
        }
    }  # fmt: skip


HEARING_RIGHT = "有权在收到本告知书之日起五日内要求听证。"


def service(served_at, method="直接送达", **changes):
    """F18."""
    return {
        "service": {
            "method": method, "served_at": served_at, "recipient": "王五", "recipient_role": "厂长", "servers": officers(),
            "evidence": [paper()], **changes,
        }
    }  # fmt: skip


def review_statement(**changes):
    points = [{"claim": "已补签协议。", "result": "部分采纳", "reason": "已作为从轻情节。"}]
    return {"statement_review": {"points": points, "conclusion": "裁量时已经考虑，处罚不变。", **changes}}


def legal_review(outcome="通过", **changes):
    """F16."""
    items = {"items": ["主体", "权限", "事实和证据", "适用依据", "裁量", "程序", "文书"]} if outcome == "通过" else {}
    return {"legal": {"outcome": outcome, **items, "opinion": "程序合法，裁量适当。", "qualified": True, "collective": False, **changes}}


def collective_discussion(**changes):
    people = [{"name": name, "position": "负责人", "vote": "同意"} for name in ("周一", "吴二", "郑三")]
    told = {"held_at": "2024-06-03T09:00+08:00", "chair": "周一", "participants": people, "minutes": "逐人发表意见，一致同意。"}
    return {"discussion": {**told, "conclusion": "同意处罚。", **changes}}


def decide_penalty(fine=11750, **changes):
    """F17."""
    return {
        "decision": {
            "outcome": "处罚", "fine": fine, "other_penalty": "", "performance": "自收到决定书之日起十五日内缴纳罚款",
            "bank": "中国建设银行上海松江支行", "bank_holder": "上海市财政局罚没收入专户", "bank_account": "31001000000000000000",
            "review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院", "reason": "事实清楚，裁量适当。", **changes,
        }
    }  # fmt: skip


def not_punished(**changes):
    told = {"outcome": "不予处罚", "exemption": "初次违法且危害后果轻微并及时改正", "reason": "已全部改正。"}
    told |= {"review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院"}
    return {"decision": {**told, **changes}}


def handed_over(**changes):
    return {"decision": {"outcome": "移送", "transfer_to": "松江区公安分局", "reason": "涉嫌危险作业罪。", **changes}}


def sent_back(**changes):
    return {"decision": {"outcome": "退回", "reason": "事实部分须补充。", **changes}}


def examine_hearing(held_at="2024-05-28T09:30+08:00", **changes):
    """F15."""
    return {
        "examination": {
            "requested_on": "2024-05-13", "accepted": True, "held_at": held_at, "place": "区应急管理局听证室", "host": "张文",
            "host_post": "法制科科长", "recorder": "李悦", "recorder_post": "法制科科员", "public": True, **changes,
        }
    }  # fmt: skip


def refuse_hearing(**changes):
    return {"examination": {"requested_on": "2024-05-13", "accepted": False, "reason": "不属于应当听证的处罚。", **changes}}


def notify_hearing(served_at="2024-05-14T10:00+08:00", **changes):
    told = {"method": "直接送达", "served_at": served_at, "recipient": "王五", "challenge_told": True, "servers": officers()}
    return {"convened": {**told, "evidence": [paper()], **changes}}


def hold_hearing(held_at="2024-05-28T09:30+08:00", **changes):
    return {
        "hearing": {
            "outcome": "已举行", "held_at": held_at, "host": "张文", "recorder": "李悦",
            "participants": [{"name": "王五", "role": "当事人"}, {"name": "李立", "role": "调查人员"}], "issues": "裁量是否适当。",
            "minutes": "调查人员提出事实、证据和建议；当事人申辩、质证。", "opinion": "维持拟处罚意见。", "record": [paper("听证笔录.pdf")],
            "independent": True, **changes,
        }
    }  # fmt: skip


def no_hearing(outcome="无正当理由不到场", **changes):
    told = {"outcome": outcome, "held_at": "2024-05-28T09:30+08:00", "host": "张文", "recorder": "李悦", "note": "经通知未到场。"}
    return {"hearing": {**told, "independent": True, **changes}}


def publish_decision(published_at, **changes):
    told = {"channel": "镇政府网站", "url": "2024-1", "published_at": published_at, "checker": "陈平"}
    told["text"] = "未签订安全生产管理协议，处以罚款。"
    return {"publication": {**told, **changes}}


def demand_payment(pay_by, **changes):
    """F19."""
    told = {"next": "继续催缴", "no": "松应急催〔2024〕1号", "pay_by": pay_by, "served_how": "当面送达", "note": "逾期申请强制执行。"}
    return {"demand": {**told, **changes}}


def to_court(**changes):
    return {"demand": {"next": "申请强制执行", "court": "松江区人民法院", "note": "催告后仍未履行。", **changes}}


def approve_instalment(pay_by="2024-12-31", **changes):
    told = {"approved": True, "pay_by": pay_by, "plan": "分三期缴清。", "reason": "确有经济困难。"}
    return {"instalment": {**told, **changes}}


def refuse_instalment(**changes):
    return {"instalment": {"approved": False, "reason": "未提供证明。", **changes}}


def withdraw_publication(**changes):
    told = {"withdrawn_at": "2024-07-02T09:00+08:00", "refunded": 0, "reason": "复议撤销，公开说明理由。", "evidence": [paper("截图.pdf")]}
    return {"withdrawal": {**told, **changes}}
