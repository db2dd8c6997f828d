"""What a town would write in each kind of paper: every name that a template asks for, with values like those of real cases."""

from decimal import Decimal

TOWN, BUREAU = "上海市松江区小昆山镇人民政府", "上海市松江区应急管理局"
OFFICE = "小昆山镇安全生产委员会办公室"
COMPANY = "上海昆欣金属制品有限公司"
PLACE = {"place_name": "昆欣物流园3号厂房", "place_address": "上海市松江区小昆山镇文翔路5888弄3号"}
CONTACT = {"name": "沈佳", "phone": "021-57660000", "address": "上海市松江区小昆山镇文翔路6000号"}
OFFICERS = [{"name": "周敏", "cert_no": "09170012345"}, {"name": "陆建", "cert_no": "09170012346"}]
REMEDIES = {"review_organ": "上海市松江区人民政府", "court": "上海铁路运输法院"}
HAZARDS = [
    {
        "hazard_no": "松昆安整-2024-0017-01",
        "description": "3号厂房二层仓储区内设置员工宿舍，住宿6人，与仓储部分未作防火分隔",
        "clause": "《中华人民共和国安全生产法》第四十二条第一款",
        "requirement": "立即停止住宿，清退住宿人员，拆除床铺和生活设施",
    },
    {
        "hazard_no": "松昆安整-2024-0017-02",
        "description": "北侧疏散通道被货物占用",
        "clause": "《中华人民共和国消防法》第二十八条。",
        "requirement": "清除占用物，恢复通道净宽，并设置明显标志。",
    },
]
UNIT = {
    "kind": "单位",
    "name": COMPANY,
    "uscc": "91310117MA1J0000XA",
    "representative": "钱国强",
    "address": "上海市松江区小昆山镇文翔路5888弄3号",
}
PERSON = {
    "kind": "个人",
    "name": "钱国强",
    "sex": "男",
    "id_number": "310117197503120016",
    "address": "上海市松江区某路100弄1号101室",
    "employer": COMPANY,
    "post": "总经理（主要负责人）",
}
FACTS = (
    "2024年4月12日，本机关执法人员对位于上海市松江区小昆山镇文翔路5888弄3号的厂房进行检查，发现你单位将3号厂房二层出租给三家企业使用，"
    "未与承租单位签订专门的安全生产管理协议，也未在租赁合同中约定各自的安全生产管理职责。\n"
    "2024年4月12日，本机关发出责令限期整改指令书，责令在2024年4月26日前整改完毕。2024年4月28日复查时，仍未签订安全生产管理协议。"
)
EVIDENCE = ["2024年4月12日现场检查记录1份、现场照片6张", "租赁合同3份", "对钱国强的询问笔录1份", "2024年4月28日复查意见书1份。"]
PENALTY = {
    "violated": "《中华人民共和国安全生产法》第四十九条第二款",
    "basis": "《中华人民共和国安全生产法》第一百零三条第二款",
    "discretion": "首次查处，逾期未改正，承租单位三家，未造成后果，属于一般情形。",
}
DECISION = {
    "facts": FACTS,
    "evidence": EVIDENCE,
    "notice": {"number": "松应急罚告〔2024〕5号", "served_on": "2024-05-10"},
    "statement": "在规定期限内未提出陈述、申辩，也未要求听证",
    "hearing_record": None,
    "performance": None,
    "bank": {"name": "中国建设银行上海松江支行", "holder": "上海市财政局罚没收入专户", "account": "31001000000000000000"},
} | REMEDIES

#: Name of a kind -> (organ, seal, mode, addressee, data).
SAMPLES = {
    "责令限期整改指令书": (
        BUREAU,
        "上海市松江区应急管理局行政执法专用章",
        "委托",
        COMPANY,
        PLACE
        | REMEDIES
        | {
            "inspected_on": "2024-04-12",
            "hazards": HAZARDS,
            "basis": "《中华人民共和国安全生产法》第六十五条第一款第二项、第三项",
            "term": "15日",
            "interim": "停止在二层仓储区住宿和使用明火，安排专人每日巡查疏散通道",
            "officers": OFFICERS,
            "contact": CONTACT,
        },
    ),
    "隐患告知（督促）函": (
        TOWN,
        TOWN,
        "无",
        COMPANY,
        PLACE
        | {
            "inspected_on": "2024-04-12",
            "hazards": HAZARDS,
            "term": "15日",
            "transfer_to": "上海市松江区消防救援支队",
            "contact": CONTACT,
            "copy_to": "上海市松江区消防救援支队，小昆山派出所，陈坊村村民委员会",
        },
    ),
    "现场处理措施决定书": (
        BUREAU,
        "上海市松江区应急管理局行政执法专用章",
        "委托",
        COMPANY,
        {
            "place_name": PLACE["place_name"],
            "location": "二层东侧喷涂车间",
            "ordered_at": "2024-04-12T10:20:00+08:00",
            "measure": "停产停业",
            "facts": "喷涂车间内稀释剂桶倾倒，大量挥发，可燃气体报警器报警，同一楼层有明火作业，12名工人在场。",
            "basis": "《中华人民共和国安全生产法》第六十五条第一款第三项",
            "content": "二层全部停产停业，人员撤出，断开用电设备；清除泄漏的稀释剂，停止明火作业，检测合格前不得恢复",
            "power_cut_at": "2024-04-15T09:00:00+08:00",
            "officers": OFFICERS,
        }
        | REMEDIES,
    ),
    "复查意见书": (
        BUREAU,
        "上海市松江区应急管理局行政执法专用章",
        "委托",
        COMPANY,
        {
            "order": {"name": "责令限期整改指令书", "number": "松应急责改〔2024〕12号", "date": "2024-04-12"},
            "rechecked_on": "2024-04-28",
            "results": [
                {"hazard_no": each["hazard_no"], "description": each["description"], "result": result, "note": note}
                for each, result, note in zip(HAZARDS, ("合格", "不合格"), (None, "通道仍堆放货物两处"), strict=True)
            ],
            "conclusion": "部分合格：2项隐患中1项已经整改，1项未整改",
            "next_step": "未整改的隐患重新责令限期整改，在2024年5月6日前整改完毕；逾期未整改的依法立案查处",
            "party_opinion": None,
            "officers": OFFICERS,
        },
    ),
    "督促函": (
        OFFICE,
        OFFICE,
        None,
        "陈坊村村民委员会",
        {
            "basis": "《关于开展安全问题隐患突出区域场所综合整治工作的通知》（松昆府〔2024〕21号）",
            "subject": "2起区域场所整治事项逾期未办结",
            "cases": [
                {
                    "case_no": "松昆安整-2024-0017",
                    "place_name": "昆欣物流园3号厂房",
                    "problem": "疏散通道占用未整改",
                    "due": "2024-04-26",
                    "overdue_days": 5,
                },
                {
                    "case_no": "松昆安整-2024-0021",
                    "place_name": "陈坊路沿街商铺",
                    "problem": "未报整改方案",
                    "due": "2024-04-24",
                    "overdue_days": 7,
                },
            ],
            "requirements": ["逐起明确责任人和完成时间，立即组织整改", "整改完成前落实临时管控措施，每日巡查。"],
            "reply_by": "2024-05-10",
            "contact": CONTACT,
            "copy_to": "镇分管领导，镇应急管理中心",
        },
    ),
    "约谈通知书": (
        OFFICE,
        OFFICE,
        None,
        COMPANY,
        {
            "reason": "昆欣物流园3号厂房2项安全隐患逾期未整改",
            "basis": "《关于开展安全问题隐患突出区域场所综合整治工作的通知》（松昆府〔2024〕21号）",
            "interviewee": {"name": "钱国强", "post": "主要负责人"},
            "at": "2024-05-09T14:00:00+08:00",
            "location": "小昆山镇人民政府203会议室",
            "interviewer": {"name": "沈佳", "post": "安委办主任"},
            "problems": ["北侧疏散通道长期被货物占用，两次复查仍未清除", "未与承租单位签订安全生产管理协议"],
            "materials": ["营业执照复印件", "租赁合同和承租单位名册", "整改情况书面说明"],
            "report_days": 5,
            "contact": CONTACT,
            "copy_to": None,
        },
    ),
    "验收单": (
        TOWN,
        TOWN,
        None,
        "陈坊村村民委员会",
        PLACE
        | {
            "level": "镇级联合验收",
            "accepted_on": "2024-05-20",
            "disposition": "整治",
            "sample_percent": 100,
            "results": [
                {
                    "hazard_no": "松昆安整-2024-0017-01",
                    "standard": "住宿人员全部清退，床铺和生活设施拆除",
                    "result": "合格",
                    "note": None,
                },
                {
                    "hazard_no": "松昆安整-2024-0017-02",
                    "standard": "疏散通道畅通，净宽不小于1.4米",
                    "result": "合格",
                    "note": "实测1.6米",
                },
            ],
            "expert_opinion": "消防专家现场查看，同意通过验收",
            "conclusion": "全部隐患整改到位，同意通过验收",
            "remaining": None,
            "members": [
                {"unit": "陈坊村村民委员会", "name": "顾平"},
                {"unit": "小昆山镇应急管理中心", "name": "周敏"},
                {"unit": "小昆山派出所", "name": "陆建"},
            ],
        },
    ),
    "销号审批表": (
        TOWN,
        TOWN,
        None,
        "陈坊村村民委员会",
        PLACE
        | {
            "risk_level": "重大（红）",
            "disposition": "整治",
            "hazards_total": 2,
            "hazards_verified": 2,
            "acceptance_number": "松昆验〔2024〕8号",
            "responsible": "顾平",
            "reason": "2项隐患全部复查合格，镇级联合验收通过",
            "root_cause": "产权方对承租单位未统一协调管理，厂房内设置宿舍无人制止",
            "long_term_measure": "签订安全生产管理协议，纳入网格每月巡查；园区设置集中宿舍",
            "materials": ["整改完成报告2份", "复查意见书2份", "验收单1份"],
            "relapse_check_on": "2024-06-24",
            "approvals": [
                {"role": "安委办", "name": "沈佳", "opinion": "材料齐全，同意销号", "date": "2024-05-22"},
                {"role": "分管领导", "name": "陆平", "opinion": "同意", "date": "2024-05-23"},
            ],
        },
    ),
    "行政处罚告知书": (
        BUREAU,
        BUREAU,
        "委托",
        COMPANY,
        PENALTY
        | {
            "party": UNIT,
            "matter": "未与承租单位签订专门的安全生产管理协议",
            "facts": FACTS,
            "evidence": EVIDENCE,
            "penalty": "罚款",
            "fine": Decimal("50000"),
            "statement_days": 5,
            "hearing": True,
            "contact": CONTACT,
        },
    ),
    "听证通知书": (
        BUREAU,
        BUREAU,
        "本级",
        "钱国强",
        {
            "party": PERSON,
            "requested_on": "2024-05-13",
            "matter": "未履行主要负责人安全生产管理职责",
            "notice_number": "松应急罚告〔2024〕6号",
            "at": "2024-05-27T09:30:00+08:00",
            "location": "上海市松江区应急管理局听证室",
            "open": True,
            "closed_reason": None,
            "host": {"name": "张文", "post": "法制科科长"},
            "recorder": {"name": "李悦", "post": "法制科科员"},
            "contact": CONTACT,
        },
    ),
    "行政处罚决定书（单位）": (
        BUREAU,
        BUREAU,
        "本级",
        COMPANY,
        PENALTY | DECISION | {"party": UNIT, "penalty": "罚款", "fine": Decimal("50000")},
    ),
    "行政处罚决定书（个人）": (
        BUREAU,
        BUREAU,
        "本级",
        "钱国强",
        PENALTY
        | DECISION
        | {
            "party": PERSON,
            "facts": "你作为上海昆欣金属制品有限公司的主要负责人，未督促、检查本单位的安全生产工作，未及时消除生产安全事故隐患。",
            "violated": "《中华人民共和国安全生产法》第二十一条第五项",
            "basis": "《中华人民共和国安全生产法》第九十四条第一款",
            "penalty": "罚款",
            "fine": Decimal("20500.5"),
            "hearing_record": "2024年5月27日，本机关根据你的要求公开举行听证。经审查，你提出的意见不影响违法事实的认定，不予采纳",
        },
    ),
    "不予行政处罚决定书": (
        BUREAU,
        BUREAU,
        "委托",
        COMPANY,
        {
            "party": UNIT,
            "matter": "未与承租单位签订专门的安全生产管理协议",
            **{name: DECISION[name] for name in ("facts", "evidence", "notice", "statement", "hearing_record", *REMEDIES)},
            "exemption": "初次违法且危害后果轻微并及时改正",
            "reason": "首次查处，三份安全生产管理协议已在告知后两日内补签，没有造成危害后果",
            "basis": "《中华人民共和国行政处罚法》第三十三条第一款",
            "education": True,
            "violated": PENALTY["violated"],
        },
    ),
    "案件移送书": (
        TOWN,
        TOWN,
        "无",
        "上海市松江区消防救援支队",
        {
            "found_on": "2024-04-12",
            "matter": "厂房内违规设置员工宿舍",
            "parties": [{"name": COMPANY, "role": "经营者"}, {"name": "上海昆山资产经营有限公司", "role": "产权人"}],
            "facts": "2024年4月12日巡查发现，3号厂房二层仓储区内设置员工宿舍，住宿6人，与仓储部分未作防火分隔。",
            "reason": "该行为由消防救援机构处罚，不属于本机关职权",
            "basis": "《中华人民共和国安全生产法》第六十九条、《中华人民共和国消防法》第七十条",
            "crime": False,
            "attachments": [{"name": "现场检查记录", "copies": 1, "pages": 3}, {"name": "现场照片", "copies": 6, "pages": 6}],
            "contact": CONTACT,
        },
    ),
    "送达回证": (
        BUREAU,
        BUREAU,
        "本级",
        COMPANY,
        {
            "matter": "未与承租单位签订专门的安全生产管理协议",
            "documents": [{"name": "行政处罚决定书", "number": "松应急罚单〔2024〕3号"}],
            "location": "上海市松江区小昆山镇文翔路5888弄3号",
            "method": "直接送达",
            "officers": OFFICERS,
            "served_at": None,
            "received_by": None,
            "substitute": None,
            "refusal": None,
            "witness": None,
            "remark": None,
        },
    ),
}


def issued(kind, **changes):
    """All that the template of `kind` is given once the paper is issued, with some of it changed."""
    organ, seal, _, addressee, data = SAMPLES[kind]
    head = {
        "organ": organ,
        "seal": seal,
        "addressee": addressee,
        "case_no": "松昆安整-2024-0017",
        "hazard_no": None,
        "number": "松应急试〔2024〕12号",
        "issued": "2024-04-12",
        "void": None,
    }
    return data | head | changes
