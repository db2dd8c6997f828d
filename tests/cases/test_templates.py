"""The templates in forms/documents: which there are, what each asks for, and that they are laid out as GB/T 9704 wants."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from cases import paper_kinds, templates
from cases.printing import FILTERS
from tests.cases.paper_samples import SAMPLES, issued

KINDS = list(paper_kinds.KINDS.values())
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template.removesuffix(".docx"))

#: Style -> (font, size in points).
FONTS = {
    "公文正文": ("仿宋_GB2312", 16),
    "主送机关": ("仿宋_GB2312", 16),
    "发文字号": ("仿宋_GB2312", 16),
    "署名": ("仿宋_GB2312", 16),
    "公文标题": ("方正小标宋简体", 22),
    "一级标题": ("黑体", 16),
    "二级标题": ("楷体_GB2312", 16),
    "版记": ("仿宋_GB2312", 14),
    "页码": ("宋体", 14),
}
#: Kinds with a letterhead in red: what one organ writes to another, or to a unit, without binding it.
LETTERS = {"隐患告知（督促）函", "督促函", "约谈通知书"}
FORMS = {"验收单", "销号审批表", "送达回证"}
#: Kinds that begin with whom they are about, instead of a line of address.
WITHOUT_ADDRESS = FORMS | {"不予行政处罚决定书"} | {kind.name for kind in KINDS if kind.respondent}


def opened(kind):
    """The template of a kind, as python-docx reads it."""
    return Document(templates.FOLDER / kind.template)


def leaves(value, path=""):
    """Every name in data behind which no further name stands, and every list, as `needs` writes them."""
    if isinstance(value, dict):
        return {leaf for name, item in value.items() for leaf in leaves(item, f"{path}.{name}" if path else name)}
    if isinstance(value, list):
        return {path} | {leaf for item in value for leaf in leaves(item, f"{path}[]")}
    return {path}


def test_every_template_has_its_kind_and_every_kind_its_template():
    assert {path.name for path in templates.FOLDER.glob("*")} == {kind.template for kind in KINDS}
    assert len({kind.template for kind in KINDS}) == len(KINDS)
    assert SAMPLES.keys() == paper_kinds.KINDS.keys()


def test_no_two_kinds_share_their_numbers():
    words = [kind.word for kind in KINDS]
    assert len(set(words)) == len(words)
    # Nor does an organ's word with a kind's make what another pair makes.
    series = [organ + word for organ in paper_kinds.ORGAN_WORDS.values() for word in words]
    assert len(set(series)) == len(series)


@EVERY_KIND
def test_samples_have_all_that_a_template_asks_for_and_nothing_else(kind):
    # given
    content, data = templates.load(kind.template).content, SAMPLES[kind.name][4]
    needs = templates.needs(content)
    # then: of a party, a notice asks what belongs to its kind
    asked = {path for path in needs if not path.startswith("party.") or path.removeprefix("party.") in data["party"]}
    assert asked - {"void.at", "void.reason"} <= leaves(issued(kind.name))
    assert {path for path in leaves(data) if not path.startswith("party.")} <= needs
    assert templates.missing(content, issued(kind.name)) == []


def test_needs_go_into_lists_loops_conditions_headers_and_filters():
    # given
    document = Document()
    for text in (
        "{%p for one in hazards %}",
        "{{ loop.index }} {{ one.due | day }} {{ one.place.name }}",
        "{%p for each in one.steps %}",
        "{{ each }}",
        "{%p endfor %}",
        "{%p endfor %}",
        '{%p set you = "你单位" if party.kind == "单位" else "你" %}',
        "{{ you }}{% if fine %}{{ bank.name }}{% endif %}",
    ):
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "{{ mark }}"
    content = io.BytesIO()
    document.save(content)
    # then
    assert templates.needs(content.getvalue()) == {
        *("hazards", "hazards[].due", "hazards[].place.name", "hazards[].steps", "hazards[].steps[]"),
        *("party.kind", "fine", "bank.name", "mark"),
    }
    assert templates.missing(content.getvalue(), {"hazards": [], "fine": None, "party": {}}) == ["bank", "mark"]


@EVERY_KIND
def test_the_page_is_that_of_an_official_document(kind):
    (section,) = opened(kind).sections
    found = [section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    for length, expected in zip(found, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(length - Mm(expected)) < Mm(0.1)
    # 225 mm high, 156 mm wide: 22 lines of 28 characters
    text_height = section.page_height - section.top_margin - section.bottom_margin
    text_width = section.page_width - section.left_margin - section.right_margin
    style = opened(kind).styles["公文正文"]
    assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert text_height // style.paragraph_format.line_spacing == 22
    pitch = Pt(16) + Pt(int(opened(kind).styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20)
    assert text_width // pitch == 28


@EVERY_KIND
def test_the_fonts_are_those_of_an_official_document(kind):
    styles = opened(kind).styles
    for name, (font, size) in FONTS.items():
        assert styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert styles[name].font.size == Pt(size)
    first = styles["公文正文"].element.pPr.find(qn("w:ind"))
    assert first.get(qn("w:firstLineChars")) == "200"


@EVERY_KIND
def test_no_paragraph_leaves_its_style(kind):
    document = opened(kind)
    cells = [paragraph for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]
    for paragraph in document.paragraphs + cells:
        assert paragraph.style.name != "Normal" or not paragraph.text
        assert all(run.font.size is None and run.font.name is None for run in paragraph.runs)


@EVERY_KIND
def test_page_numbers_stand_between_dashes_right_on_odd_and_left_on_even_pages(kind):
    document = opened(kind)
    (section,) = document.sections
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert [each.text.strip() for each in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert paragraph.text == "— 1 —" and paragraph.style.name == "页码"
        assert paragraph.alignment.name.lower() == side
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"


@EVERY_KIND
def test_the_parts_stand_in_their_order(kind):
    # given
    document = opened(kind)
    body = [Paragraph(each, document._body) for each in document.element.body.iter(qn("w:p"))]
    texts = [each.text for each in body if each.text.strip()]
    styles = [each.style.name for each in body if each.text.strip()]
    # then: the organ, title and number; the body; the seal's place between the organ's name and the date; what stands at the foot
    assert texts[0] == "{{ organ }}"
    head = ["发文机关标志", "发文字号", "公文标题"] if kind.name in LETTERS else ["文书机关", "公文标题", "发文字号"]
    assert styles[:3] == head
    assert texts[styles.index("公文标题")] == kind.name.partition("（单位）")[0].partition("（个人）")[0]
    seal = texts.index("（此处加盖：{{ seal }}）")
    assert texts[seal - 1 : seal + 2] == ["{{ organ }}", "（此处加盖：{{ seal }}）", "{{ issued | day }}"]
    assert set(styles[seal + 2 :]) <= {"版记", "表格文字"}  # a row of a table that holds a tag is a text of the table
    assert (styles[-1] == "版记") is (kind.name != "送达回证")
    if kind.name not in WITHOUT_ADDRESS:
        assert texts[styles.index("主送机关")] == "{{ addressee }}："


@EVERY_KIND
def test_the_foot_lies_at_the_bottom_of_the_text_area_and_the_seal_never_stands_alone(kind):
    document = opened(kind)
    (seal,) = [table for table in document.tables if "此处加盖" in table.cell(0, 0).text]
    before = seal._tbl.getprevious()
    assert before.pPr.find(qn("w:keepNext")) is not None
    assert seal.rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None
    if kind.name != "送达回证":
        place = document.tables[-1]._tbl.tblPr.find(qn("w:tblpPr"))
        assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")


@EVERY_KIND
def test_a_template_uses_only_the_filters_that_printing_has(kind):
    known = {function.__name__ for function in FILTERS}
    for source in templates.sources(templates.load(kind.template).content):
        for expression in re.findall(r"{{(.*?)}}|{%(.*?)%}", source):
            used = set(re.findall(r"\|\s*(\w+)", "".join(expression)))
            assert used <= known


@EVERY_KIND
def test_a_template_names_nobody(kind):
    with zipfile.ZipFile(templates.FOLDER / kind.template) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
    assert not [name for name in names if name.endswith((".bin", ".png", ".jpeg", ".jpg"))]
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
    assert kind.name in core
