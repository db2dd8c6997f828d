"""A paper as a page of a browser: everything that the .docx says, each part with its class, and nothing that could act."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH

from cases import paper_kinds
from cases.paper_page import PARTS, page
from tests.cases.test_printing import printed

KINDS = list(paper_kinds.KINDS.values())
EVERY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template.removesuffix(".docx"))
CSS = Path(__file__).parents[2] / "web" / "paper" / "paper.css"
#: The elements that a page consists of.
SHOWN = {"article", "h2", "h3", "h4", "p", "br", "span", "table", "colgroup", "col", "tbody", "tr", "th", "td"}
VOID = {"at": "2024-05-01T00:00:00+08:00", "reason": "写错了<受函单位>"}


class Page(HTMLParser):
    """What a browser finds in a page: `elements` [(tag, attributes)], `texts` of its paragraphs, `unclosed` tags."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.texts, self.unclosed = [], [""], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in ("br", "col"):
            self.unclosed.append(tag)
        if tag in ("p", "h2", "h3", "h4"):
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.unclosed.pop() == tag

    def handle_data(self, data):
        self.texts[-1] += data.strip("\n")

    @property
    def classes(self):
        """All classes, without paper- before them."""
        return {name.removeprefix("paper-") for _, attributes in self.elements for name in attributes.get("class", "").split()}


def said(content):
    """The words of the body of a .docx, in order."""
    body = Document(io.BytesIO(content)).element.body
    return "".join(node.text or "" for node in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


def written(build):
    """The bytes of a .docx that `build(document)` fills."""
    document, content = Document(), io.BytesIO()
    build(document)
    document.save(content)
    return content.getvalue()


@EVERY_KIND
def test_a_page_says_what_the_paper_says_in_its_order(kind):
    # when
    content = printed(kind.name)
    found = Page(page(content))
    # then
    assert "".join(found.texts) == said(content)
    assert found.unclosed == []


@EVERY_KIND
def test_a_page_needs_nothing_but_classes(kind):
    # when
    found = Page(page(printed(kind.name)))
    # then: no style, no script, no address
    assert {tag for tag, _ in found.elements} <= SHOWN
    names = {name for _, attributes in found.elements for name in attributes}
    assert names <= {"class", "lang", "role", "scope", "colspan", "rowspan"}


@EVERY_KIND
def test_the_style_sheet_knows_every_class(kind):
    known = set(re.findall(r"\.paper-([\w-]+)", CSS.read_text()))
    # What is set as the sheet itself is needs no rule of its own, nor do an addressee, a signature and a table with nothing special.
    assert Page(page(printed(kind.name))).classes - {"paper", "主送机关", "署名"} <= known


def test_the_style_sheet_has_a_width_for_every_part_of_a_table():
    assert set(re.findall(r"\.paper-part-(\d+)", CSS.read_text())) == {str(parts) for parts in range(1, PARTS + 1)}


def test_a_letter_has_its_red_head_and_its_foot():
    html = page(printed("督促函"))
    assert '<p class="paper-发文机关标志 paper-center">小昆山镇安全生产委员会办公室</p>' in html
    assert '<p class="paper-发文字号 paper-center paper-red-line">松应急试〔2024〕12号</p>' in html
    assert '<h2 class="paper-公文标题 paper-center">督促函</h2>' in html
    assert '<table class="paper-table paper-at-right" role="presentation">' in html
    foot = html[html.index('<table class="paper-table paper-foot" role="presentation">') :]
    assert "<span>小昆山镇安全生产委员会办公室</span><span>2024年4月12日印发</span>" in foot


def test_a_form_has_its_labels_and_the_widths_of_its_columns():
    html = page(printed("销号审批表"))
    assert '<table class="paper-table paper-grid"><colgroup><col class="paper-part-7">' in html
    assert '<th scope="row"><p class="paper-表格栏名 paper-center">案件号</p></th><td colspan="2">' in html
    assert '<th scope="col"><p class="paper-表格栏名 paper-center">审批环节</p></th>' in html


def test_a_void_paper_says_so_before_all_else_and_once():
    # when
    html = page(printed("督促函", void=VOID))
    # then
    assert html.splitlines()[1] == '<p class="paper-作废标记 paper-center">本文书已于2024年5月1日作废，理由：写错了&lt;受函单位&gt;</p>'
    assert html.count("作废，") == 1 and "作废" not in page(printed("督促函"))


def test_page_numbers_stay_on_paper():
    assert "— 1 —" not in page(printed("督促函"))


@pytest.mark.parametrize(
    "evil",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</article><b>", "&lt;b&gt; &amp; &#60;甲", "' onclick='x", "]]>-->"],
)
def test_data_are_shown_as_they_are_and_bring_nothing_in(evil):
    # when
    plain, found = Page(page(printed("督促函"))), Page(page(printed("督促函", subject=evil, addressee=evil)))
    # then
    assert f"现就{evil}函告如下" in "".join(found.texts) and f"{evil}：" in found.texts
    assert [tag for tag, _ in found.elements] == [tag for tag, _ in plain.elements]


def test_a_name_of_a_style_brings_nothing_in_either():
    def build(document):
        paragraph = document.add_paragraph("甲", document.styles.add_style("x", WD_STYLE_TYPE.PARAGRAPH))
        paragraph.style.name = 'x" onclick="alert(1)'

    ((_, attributes),) = [each for each in Page(page(written(build))).elements if each[0] == "p"]
    assert set(attributes) == {"class"}


def test_what_a_designer_marks_in_word_is_seen():
    def build(document):
        paragraph = document.add_paragraph("甲")
        paragraph.add_run("乙\n丙").bold = True
        paragraph.add_run("丁").underline = True
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    assert '<p class="paper-Normal paper-right">甲<strong>乙<br>丙</strong><u>丁</u></p>' in page(written(build))


def test_cells_that_go_over_rows_and_columns_stay_together():
    def build(document):
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(1, 1)).text = "大"
        table.cell(2, 2).text = "小"

    html = page(written(build))
    assert '<td colspan="2" rowspan="2"><p class="paper-Normal">大</p></td>' in html
    assert [row.count("<td") for row in html.split("<tr>")[1:]] == [2, 1, 3]
