"""Papers as they are printed: all kinds, complete, nothing left open, and nothing that data could break or bring in."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from lxml import etree

from cases import paper_kinds, templates
from cases.printing import clean, moment, render
from engine.domain import values
from tests.cases.paper_samples import SAMPLES, issued

KINDS = list(paper_kinds.KINDS.values())
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template.removesuffix(".docx"))

#: What has to be read in a paper of a kind, besides its number, addressee, organ, seal and date.
SAID = {
    "责令限期整改指令书": (
        "现责令你单位自本指令书送达的次日起15日内（最后一日为休息日的，顺延至下一个工作日）将上述问题全部整改完毕",
        "（二）北侧疏散通道被货物占用（隐患编号：松昆安整-2024-0017-02）",
        "六十日内向上海市松江区人民政府申请行政复议，也可以自收到本指令书之日起六个月内依法向上海铁路运输法院提起行政诉讼",
        "周敏（证号：09170012345）",
    ),
    "隐患告知（督促）函": (
        "依法报告并移送上海市松江区消防救援支队",
        "不是行政处罚决定",
        "自收到本函的次日起15日内",
        "抄送：上海市松江区消防救援支队",
    ),
    "现场处理措施决定书": (
        "2024年4月12日10时20分，本机关执法人员在昆欣物流园3号厂房（二层东侧喷涂车间）",
        "当场责令你单位停产停业",
        "自2024年4月15日9时起通知有关单位停止供电",
        "经审查同意，方可恢复生产经营和使用",
        "六十日内向上海市松江区人民政府申请行政复议，也可以自收到本决定书之日起六个月内依法向上海铁路运输法院提起行政诉讼",
        "周敏（证号：09170012345）",
    ),
    "复查意见书": ("2024年4月12日，本机关向你单位发出责令限期整改指令书（松应急责改〔2024〕12号）", "不合格", "当事人未提出意见。"),
    "督促函": (
        "现就2起区域场所整治事项逾期未办结函告如下",
        "1．逐起明确责任人和完成时间，立即组织整改。",
        "松昆安整-2024-0021",
        "请在2024年5月10日前",
    ),
    "约谈通知书": ("时间：2024年5月9日14时。", "约谈后5个工作日内", "不得委托他人代替", "对你单位主要负责人钱国强进行约谈"),
    "验收单": ("镇级联合验收", "100%", "实测1.6米", "没有遗留问题。", "小昆山镇应急管理中心"),
    "销号审批表": ("2024年6月24日前", "材料齐全，同意销号", "3．验收单1份", "松昆验〔2024〕8号", "重大（红）"),
    "行政处罚告知书": (
        "罚款数额：人民币伍万元整（¥50,000.00）。",
        "你单位有权在收到本告知书之日起5个工作日内向本机关陈述和申辩",
        "你单位有权要求听证",
        "统一社会信用代码：91310117MA1J0000XA",
    ),
    "听证通知书": (
        "时间：2024年5月27日9时30分。",
        "本次听证公开举行。",
        "你就未履行主要负责人安全生产管理职责一案",
        "主持人不是本案的调查人员",
    ),
    "行政处罚决定书（单位）": (
        "当事人：上海昆欣金属制品有限公司",
        "决定给予你单位下列行政处罚：罚款。",
        "人民币伍万元整（¥50,000.00）",
        "自收到本决定书之日起十五日内缴至中国建设银行上海松江支行",
        "每日按罚款数额的百分之三加处罚款",
        "六十日内向上海市松江区人民政府申请行政复议",
        "六个月内依法向上海铁路运输法院提起行政诉讼",
        "4．2024年4月28日复查意见书1份。",
    ),
    "行政处罚决定书（个人）": (
        "身份证号码：310117197503120016",
        "所在单位和职务：上海昆欣金属制品有限公司，总经理（主要负责人）",
        "人民币贰万零伍佰元伍角整（¥20,500.50）",
        "不影响违法事实的认定，不予采纳。",
    ),
    "不予行政处罚决定书": (
        "当事人：上海昆欣金属制品有限公司",
        "本案属于下列情形：初次违法且危害后果轻微并及时改正。理由：首次查处",
        "依据《中华人民共和国行政处罚法》第三十三条第一款的规定，决定对你单位不予行政处罚。",
        "本机关对你单位进行教育",
        "六十日内向上海市松江区人民政府申请行政复议",
        "六个月内依法向上海铁路运输法院提起行政诉讼",
    ),
    "案件移送书": (
        "现将案件移送你单位",
        "移送依据：《中华人民共和国安全生产法》第六十九条",
        "请将是否受理以及处理结果书面告知本机关",
        "现场检查记录",
    ),
    "送达回证": ("1．行政处罚决定书（松应急罚单〔2024〕3号）", "直接送达", "见证人签名", "拒收理由"),
}


def printed(name, **changes):
    """A sample of the kind `name`, as it is kept and printed, with some of its data changed -> bytes."""
    data = values.read(values.write(clean(issued(name, **changes))))
    return render(templates.load(paper_kinds.KINDS[name].template).content, data)


def text_of(content):
    """All that a reader sees in a paper, paragraph by paragraph, headers and footers too."""
    document = Document(io.BytesIO(content))
    parts = [document.element.body]
    for section in document.sections:
        parts += [each._element for each in (section.header, section.even_page_header, section.footer, section.even_page_footer)]
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join("".join(t.text or "" for t in p.iter(f"{tag}t")) for part in parts for p in part.iter(f"{tag}p"))


@EVERY_KIND
def test_a_paper_is_complete(kind):
    # when
    text = text_of(printed(kind.name))
    # then
    for said in (*SAID[kind.name], "松应急试〔2024〕12号", *SAMPLES[kind.name][:2], "2024年4月12日", "— 1 —"):
        assert said in text
    assert kind.respondent == "个人" or SAMPLES[kind.name][3] in text
    assert not re.search(r"{{|}}|{%|%}|None|undefined|True|False|。。|，。|；。|作废", text)
    assert not re.search(r"\d{4}-\d\d-\d\d(?!\d)", text)


@EVERY_KIND
def test_every_part_of_a_paper_is_well_formed(kind):
    with zipfile.ZipFile(io.BytesIO(printed(kind.name))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


@EVERY_KIND
def test_a_blank_in_a_paper_is_refused_by_name(kind):
    # given: each thing that the sample says, one after the other, is nothing but blanks
    template = templates.load(kind.template).content
    optional = set(re.findall(r"{%(?:p|tr)? if (\w+) %}", "".join(templates.sources(template))))
    for name in SAMPLES[kind.name][4]:
        if name in optional or name in ("party", "closed_reason"):
            continue  # of a party only what belongs to its kind is printed, and a reason only where a hearing is closed
        # then
        with pytest.raises(ValueError, match=name):
            printed(kind.name, **{name: " \n "})


@EVERY_KIND
def test_what_is_not_given_at_all_is_refused_by_name(kind):
    data = issued(kind.name)
    for name in SAMPLES[kind.name][4]:
        with pytest.raises(ValueError, match=f"文书应写明 .*{name}.*，但没有提供"):
            render(templates.load(kind.template).content, {other: item for other, item in data.items() if other != name})


def test_a_blank_inside_of_a_list_is_named_with_its_place():
    results = [dict(each) for each in SAMPLES["复查意见书"][4]["results"]]
    results[1]["result"] = ""
    with pytest.raises(ValueError, match=r"文书应写明 results\[2\]\.result，但没有填写"):
        printed("复查意见书", results=results)


def test_what_was_mended_on_the_spot_is_re_checked_without_an_order():
    said = text_of(printed("复查意见书", order={"date": "2024-04-12", "name": None, "number": None}))
    assert "2024年4月12日，检查中发现的隐患由你单位当场改正。2024年4月28日，复查人员" in said and "本机关向你单位发出" not in said


@pytest.mark.parametrize("kind", ["复查意见书", "送达回证"])
def test_somebody_without_a_certificate_is_named_without_one(kind):
    said = text_of(printed(kind, officers=[{"name": "张三", "cert_no": None}, {"name": "周敏", "cert_no": "09170012345"}]))
    assert "张三\u3000签名" in said and "周敏（证号：09170012345）" in said


def test_an_empty_list_is_a_blank():
    with pytest.raises(ValueError, match="evidence"):
        printed("行政处罚告知书", evidence=[])


@pytest.mark.parametrize("value", [None, "", "true", 1])
def test_whether_there_is_a_right_to_a_hearing_has_to_be_decided(value):
    with pytest.raises(ValueError, match=r"hearing|应为是或者否"):
        printed("行政处罚告知书", hearing=value)


def test_a_notice_speaks_of_a_hearing_only_where_there_is_a_right_to_one():
    assert "要求听证" in text_of(printed("行政处罚告知书", hearing=True))
    assert "听证" not in text_of(printed("行政处罚告知书", hearing=False))


def test_a_decision_without_a_fine_says_nothing_of_paying():
    text = text_of(
        printed(
            "行政处罚决定书（单位）", fine=None, bank=None, penalty="责令停产停业整顿", performance="自收到本决定书之日起立即停产停业整顿"
        )
    )
    assert "责令停产停业整顿。" in text and "立即停产停业整顿。" in text
    assert "罚款数额" not in text and "缴至" not in text and "一式两份" in text


def test_whoever_did_nothing_is_not_admonished():
    text = text_of(printed("不予行政处罚决定书", education=False, exemption="违法事实不能成立"))
    assert "不予行政处罚。" in text and "进行教育" not in text and "罚款" not in text


def test_a_notice_to_a_person_says_you_and_names_the_person():
    party = SAMPLES["行政处罚决定书（个人）"][4]["party"]
    text = text_of(printed("行政处罚告知书", party=party, addressee=party["name"], facts="未督促检查", matter="未履行职责"))
    assert "你有权在收到本告知书" in text and "身份证号码：310117197503120016" in text
    assert "你单位" not in text and "统一社会信用代码" not in text


def test_what_is_no_crime_is_not_transferred_as_one():
    assert "三日内作出立案或者不予立案的决定" in text_of(printed("案件移送书", crime=True))
    assert "立案" not in text_of(printed("案件移送书", crime=False))


@pytest.mark.parametrize(
    "evil",
    [
        "<w:p><w:r><w:t>伪造</w:t></w:r></w:p>",
        "</w:t></w:r></w:p><w:p/>",
        "A&B公司 & “甲” <乙> 'c' \"d\"",
        "&lt;w:p&gt; &amp; &#60;甲",
        "<![CDATA[ x ]]> <!-- y --> <?z?>",
        "{{ 7 * 7 }}{% for a in b %}{# c #}",
        "{{ organ.__class__.__mro__ }}",
        "${jndi} %s {0} \\1 \\g<0>",
        "𠮷野家（生僻字）😀",
    ],
)
def test_data_are_printed_as_they_are_and_bring_nothing_in(evil):
    # when
    plain, paper = printed("督促函"), printed("督促函", subject=evil, requirements=[evil])
    # then
    assert f"现就{evil}函告如下" in text_of(paper)
    assert f"1．{evil}。" in text_of(paper)
    before, after = (Document(io.BytesIO(content)) for content in (plain, paper))
    assert len(after.paragraphs) == len(before.paragraphs) - 1  # one requirement less
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        etree.fromstring(archive.read("word/document.xml"))


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\t", "\x1b", "\x7f", "\x85", "\u2028", "\ufffe", "\ud800"])
def test_control_characters_become_blanks_and_open_no_page_or_paragraph(control):
    text = text_of(printed("督促函", subject=f"甲{control}乙"))
    assert "现就甲 乙函告如下" in text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\n\n \n"])
def test_a_line_break_begins_a_paragraph_of_the_same_style(line_break):
    # when
    document = Document(io.BytesIO(printed("行政处罚告知书", facts=f"第一段<1>{line_break}第二段&2")))
    # then
    first = next(number for number, paragraph in enumerate(document.paragraphs) if paragraph.text == "第一段<1>")
    assert document.paragraphs[first + 1].text == "第二段&2。"
    assert document.paragraphs[first + 1].style.name == document.paragraphs[first].style.name == "公文正文"


def template_of(text):
    """The bytes of a template with one paragraph, as someone might write it."""
    document, content = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "expression", ["contact.__class__", "contact.items", "contact.keys()", "organ.__class__.__mro__", "''.__class__", "contact", "hazards"]
)
def test_a_template_reaches_no_method_of_data_and_nothing_of_python(expression):
    with pytest.raises(ValueError, match=r"没有填写|应打印文字") as refused:
        render(template_of("{{ " + expression + " }}"), issued("责令限期整改指令书"))
    assert "class '" not in str(refused.value)


@pytest.mark.parametrize("text", ["{{ organ", "{%p for x in hazards %}", "{{ organ | nosuch }}", "{{ organ | attr('x') }}", "{% x %}"])
def test_a_mistake_in_a_template_is_told_as_one(text):
    with pytest.raises(ValueError, match="文书模板应能读懂，但写法有误"):
        render(template_of(text), issued("责令限期整改指令书"))


def test_a_closed_hearing_has_a_reason():
    assert "不公开举行，理由：涉及商业秘密。" in text_of(printed("听证通知书", open=False, closed_reason="涉及商业秘密"))
    with pytest.raises(ValueError, match="closed_reason"):
        printed("听证通知书", open=False)


def test_an_entry_may_have_the_name_of_a_method():
    assert "三件" in text_of(render(template_of("{{ contact.items }}"), {"contact": {"items": "三件"}}))


@pytest.mark.parametrize(
    "name, value, found",
    [
        ("inspected_on", "下周", "应为日期"),
        ("inspected_on", Decimal(3), "应为日期"),
        ("officers", "周敏", "name"),
        ("interim", {"a": "b"}, "应为文字"),
        ("inspected_on", "2024-02-30", "应为日期"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(name, value, found):
    with pytest.raises(ValueError, match=found):
        printed("责令限期整改指令书", **{name: value})


def test_a_fine_that_is_no_sum_of_money_is_refused():
    for fine in ("五万", Decimal("0.001"), Decimal(-1)):
        with pytest.raises(ValueError, match="金额"):
            printed("行政处罚决定书（单位）", fine=fine)


@pytest.mark.parametrize(
    "value, expected",
    [
        ("2024-05-09T14:00:00+08:00", "2024年5月9日14时"),
        ("2024-05-09T06:05:00Z", "2024年5月9日14时05分"),
        ("2024-05-08T16:30:00+00:00", "2024年5月9日0时30分"),
        ("2024-05-09T09:30:00+08:00@Asia/Shanghai", "2024年5月9日9时30分"),
        ("2024-05-09T09:30:00", "2024年5月9日9时30分"),
    ],
)
def test_moments_are_those_of_shanghai(value, expected):
    assert moment(value) == expected


def test_a_paper_printed_twice_is_the_same_file():
    assert printed("行政处罚决定书（单位）") == printed("行政处罚决定书（单位）")


def test_a_void_paper_says_so_on_every_page():
    # when
    text = text_of(printed("督促函", void={"at": "2024-05-01T00:00:00+08:00", "reason": "写错了<受函单位>"}))
    # then: odd pages and even ones have a header each
    assert text.count("本文书已于2024年5月1日作废，理由：写错了<受函单位>") == 2
