"""Demonstration accounts: one or two people for every role, so that each step can be done under its own name. Only with DEMO=1."""

import zlib
from datetime import date

from api.access import hasher
from cases import certificates
from cases.certificates import LAWYER, OFFICER
from cases.enter_certificate import enter_certificate
from engine.commands.create_account import create_account
from engine.domain.people import AUDITOR, DESIGNER, INTEGRATION, THE_SYSTEM
from engine.store import accounts

#: Of every demonstration account; the README says so.
PASSWORD = "bihuan-demo"  # noqa: S105 - it is meant to be known

#: (user name, the name that people read, (role, unit) pairs). People and companies are invented.
PEOPLE = (
    ("chen.amei", "陈阿妹", [("居村", "陈坊村居委会")]),
    ("tang.jianguo", "汤建国", [("居村", "汤村居委会")]),
    ("lu.gen", "陆根", [("实施主体", "陈坊村居委会"), ("居村", "陈坊村居委会")]),
    ("gao.keji", "高可纪", [("实施主体", "高科技公司")]),
    ("wang.zhiqiang", "王志强", [("应急管理中心", "应急管理中心")]),
    ("li.min", "李敏", [("应急管理中心", "应急管理中心")]),
    ("bai.he", "白荷", [("举报受理", "应急管理中心")]),
    ("su.wen", "苏文", [("行业部门", "应急管理中心")]),
    ("pan.yue", "潘岳", [("复查组", "应急管理中心")]),
    ("tao.jun", "陶军", [("复查组", "应急管理中心")]),
    ("zhao.lei", "赵磊", [("复查组", "城管中队")]),
    ("qian.fang", "钱芳", [("复查组", "派出所")]),
    ("sun.wei", "孙伟", [("复查组", "消防救援站")]),
    ("zhou.ping", "周萍", [("安委办", "安委会办公室")]),
    ("xu.jing", "徐静", [("安委办", "安委会办公室")]),
    ("wu.hai", "吴海", [("分管领导", "镇政府")]),
    ("he.yun", "何云", [("分管领导", "镇政府")]),
    ("gu.changming", "顾长明", [("主要领导", "镇政府")]),
    ("ma.li", "马丽", [("执法队", "综合行政执法队")]),
    ("lin.tao", "林涛", [("执法队", "综合行政执法队")]),
    ("hu.bing", "胡冰", [("执法负责人", "综合行政执法队")]),
    ("fang.ze", "方则", [("法制审核", "司法所")]),
    ("yan.jun", "严军", [("听证主持人", "司法所")]),
    ("zheng.qiang", "郑强", [("企业", "昆港五金制品有限公司")]),
    ("feng.lan", "冯兰", [("企业", "文翔包装材料厂")]),
    ("zhou.dahai", "周大海", [("企业", "陈坊资产经营有限公司")]),
    ("jiang.audit", "蒋审", [(AUDITOR, "")]),
    ("shen.design", "沈图", [(DESIGNER, "")]),
    ("yin.design", "尹绘", [(DESIGNER, "")]),
    ("robot", "一网统管接口", [(INTEGRATION, "")]),
)

#: role -> the certificate that whoever holds it has, and who issued it.
CERTIFIED = {
    **dict.fromkeys(("应急管理中心", "复查组", "执法队", "执法负责人"), (OFFICER, "松江区人民政府")),
    "法制审核": (LAWYER, "司法部"),
}
VALID = date(2023, 1, 1), date(2028, 12, 31)


def seed(engine):
    """Create the accounts that are not there yet; yields a line if it did."""
    with engine.store.read() as connection:
        missing = [person for person in PEOPLE if not accounts.exists(connection, person[0])]
    password = hasher.hash(PASSWORD) if missing else None  # one for all: everybody may know it
    for username, name, memberships in missing:
        create_account(engine, THE_SYSTEM, username, name, password, None, memberships)
    certify(engine, PEOPLE)
    if missing:
        yield f"{len(missing)} demonstration accounts, {missing[0][0]} to {missing[-1][0]}, each with the password {PASSWORD}"


def certify(engine, people):
    """Give the officers among `people`, as in PEOPLE, the certificates that they do not have yet. The numbers are invented."""
    with engine.store.read() as connection:
        there = certificates.numbers(connection)
    wanted = {(username, *CERTIFIED[role]) for username, _, pairs in people for role, _ in pairs if role in CERTIFIED}
    for username, kind, issuer in sorted(wanted):
        number = f"0917{zlib.crc32(f'{kind} {username}'.encode()) % 10**7:07d}"
        if number not in there:
            enter_certificate(engine, THE_SYSTEM, username, number, kind, issuer, *VALID)
