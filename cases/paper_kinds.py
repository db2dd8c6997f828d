"""The kinds of paper that leave the house: their templates, their words in a number, and what the law asks before they are issued."""

from dataclasses import dataclass

#: DMN-6: who acts. In its own name, by written entrustment in the name of whoever entrusted it (行政处罚法 art. 20), or not at all.
MODES = ("本级", "委托", "无")


@dataclass(frozen=True, slots=True)
class Kind:
    """`word` stands in the number behind the organ's word. `needs_authority`: binds a party, so no organ without authority may issue it."""

    name: str
    template: str  # a file of forms/documents
    word: str
    needs_authority: bool = False
    officers: bool = False  # two at least have to be named: 行政处罚法 art. 42
    respondent: str | None = None  # the kind of party that it can be addressed to


KINDS = {
    kind.name: kind
    for kind in (
        Kind("责令限期整改指令书", "rectification_order.docx", "责改", needs_authority=True, officers=True),
        Kind("隐患告知（督促）函", "hazard_notice_letter.docx", "隐告"),
        Kind("现场处理措施决定书", "site_measures_decision.docx", "现决", needs_authority=True, officers=True),
        Kind("复查意见书", "recheck_opinion.docx", "复查", officers=True),
        Kind("督促函", "urging_letter.docx", "督"),
        Kind("约谈通知书", "interview_notice.docx", "约"),
        Kind("验收单", "acceptance_form.docx", "验"),
        Kind("销号审批表", "closure_approval.docx", "销"),
        Kind("行政处罚告知书", "penalty_notice.docx", "罚告", needs_authority=True),
        Kind("听证通知书", "hearing_notice.docx", "听通", needs_authority=True),
        Kind("行政处罚决定书（单位）", "penalty_decision_unit.docx", "罚单", needs_authority=True, respondent="单位"),
        Kind("行政处罚决定书（个人）", "penalty_decision_person.docx", "罚个", needs_authority=True, respondent="个人"),
        Kind("不予行政处罚决定书", "penalty_none.docx", "不罚", needs_authority=True),
        Kind("案件移送书", "transfer_letter.docx", "移"),
        Kind("送达回证", "service_receipt.docx", "送", officers=True),
    )
}

#: Words of the organs (机关代字), by their names without the city's and the district's.
ORGAN_WORDS = {
    "小昆山镇人民政府": "松昆",
    "小昆山镇应急管理中心": "松昆应急",
    "小昆山镇安全生产委员会": "松昆安委",
    "小昆山镇安全生产委员会办公室": "松昆安委办",
    "小昆山镇综合行政执法队": "松昆综执",
    "人民政府": "松府",
    "应急管理局": "松应急",
    "消防救援支队": "松消",
    "市场监督管理局": "松市监",
    "规划和自然资源局": "松规资",
    "建设和管理委员会": "松建管",
    "住房保障和房屋管理局": "松房管",
    "城市管理行政执法局": "松城管",
}


def organ_word(organ):
    """The organ's word in numbers. Raises ValueError for an organ that has none."""
    short = organ.removeprefix("上海市").removeprefix("松江区").removeprefix("区")
    if short not in ORGAN_WORDS:
        raise ValueError(f"文书应由有机关代字的机关制发，但“{organ}”没有代字；已有代字的机关：{'、'.join(ORGAN_WORDS)}")
    return ORGAN_WORDS[short]


def check(kind, mode, data):
    """What the law asks of `data` ({name: value}, clean) before a paper of `kind` is issued. Raises ValueError: 应…，但…"""
    if mode is not None and mode not in MODES:
        raise ValueError(f"执法权限（mode）应为{'、'.join(MODES)}之一，但找到“{mode}”")
    if kind.needs_authority and mode not in ("本级", "委托"):
        found = "没有执法权（无），应改发隐患告知（督促）函或者案件移送书" if mode == "无" else "没有说明权限（mode）"
        raise ValueError(f"制发{kind.name}应有本级或者受委托的执法权，但{found}")
    if kind.officers and len(data.get("officers") or ()) < 2:
        raise ValueError(f"{kind.name}应写明两名以上执法人员（行政处罚法第四十二条），但只有{len(data.get('officers') or ())}名")
    found = (data.get("party") or {}).get("kind")
    if kind.respondent and found != kind.respondent:
        raise ValueError(f"{kind.name}的当事人（party.kind）应为{kind.respondent}，但找到“{found}”")
    if kind.respondent and not data.get("fine") and not data.get("performance"):
        # 行政处罚法 art. 59: a decision says how, and by when, it is to be performed.
        raise ValueError(f"{kind.name}应有罚款数额（fine）或者履行方式和期限（performance），但两项都没有")
