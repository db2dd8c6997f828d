"""A paper as a page that a browser shows: an HTML fragment made of the .docx. How it looks says web/paper/paper.css, by classes alone.

A browser breaks no pages: the paper is one sheet, as wide as A4 and as long as it gets. What is printed and served is the .docx.
"""

import io
from html import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink

#: Styles that are headings: of the sheet, of its sections, of what is inside of them.
HEADINGS = {"公文标题": "h2", "一级标题": "h3", "二级标题": "h4"}

#: In this style, a cell of a table says what stands beside or below it.
LABEL = "表格栏名"

#: In this style, and in the page's head, a void paper says that it is one.
VOID = "作废标记"

SIDES = {WD_ALIGN_PARAGRAPH.CENTER: "center", WD_ALIGN_PARAGRAPH.RIGHT: "right", WD_ALIGN_PARAGRAPH.LEFT: "left"}

#: Columns of a table are so many parts of its width, because a class can say no percentage.
PARTS = 40

RED = "FF0000"


def page(content):
    """The bytes of a .docx -> HTML text: `<article class="paper">` with everything that its body says, and nothing that could act.

    A paragraph has the class paper-<its style>, and one for its side (paper-center, …) or its line (paper-line, paper-red-line).
    """
    document = Document(io.BytesIO(content))
    (section,) = document.sections
    marks = [paragraph for paragraph in section.header.paragraphs if paragraph.style.name == VOID and paragraph.text.strip()]
    parts = [_paragraph(mark) for mark in marks] + _blocks(document)
    return "\n".join(['<article class="paper" lang="zh-CN">', *filter(None, parts), "</article>"])


def _blocks(parent):
    """What a body or a cell consists of, in order."""
    return [_table(block) if isinstance(block, Table) else _paragraph(block) for block in parent.iter_inner_content()]


def _paragraph(paragraph):
    """One paragraph; nothing for one that Word needs behind a table and hides."""
    if not paragraph.text and paragraph._p.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:vanish')}") is not None:
        return ""
    style = paragraph.style.name
    classes = [f"paper-{'-'.join(style.split())}", *_side(paragraph), *_line(paragraph)]
    words = "".join(_words(run) for run in _runs(paragraph))
    if "\t" in words:
        # What a tab holds apart stands at both ends.
        classes.append("paper-apart")
        words = "".join(f"<span>{part}</span>" for part in words.split("\t"))
    tag = HEADINGS.get(style, "p")
    named = escape(" ".join(classes))
    return f'<{tag} class="{named}">{words}</{tag}>'


def _runs(paragraph):
    for inner in paragraph.iter_inner_content():
        yield from inner.runs if isinstance(inner, Hyperlink) else [inner]


def _words(run):
    words = escape(run.text).replace("\n", "<br>")
    for wanted, tag in ((run.bold, "strong"), (run.italic, "em"), (run.underline, "u")):
        if wanted and words:
            words = f"<{tag}>{words}</{tag}>"
    return words


def _side(paragraph):
    """How a paragraph is aligned, by itself or by its style; what is justified needs no class."""
    found, style = paragraph.alignment, paragraph.style
    while found is None and style is not None:
        found, style = style.paragraph_format.alignment, style.base_style
    return [f"paper-{SIDES[found]}"] if found in SIDES else []


def _line(paragraph):
    """The line below a paragraph: the red one parts the letterhead from the letter."""
    border = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:bottom')}")
    if border is None:
        return []
    return ["paper-red-line" if border.get(qn("w:color"), "").upper() == RED else "paper-line"]


def _table(table):
    """A table: ruled all round, or one that stands somewhere: at the foot of the sheet, or at a side."""
    properties = table._tbl.tblPr
    classes = ["paper-table"]
    if properties.find(qn("w:tblpPr")) is not None:
        classes.append("paper-foot")
    elif table.style is not None and table.style.name == "Table Grid":
        classes.append("paper-grid")
    elif table.alignment is not None and table.alignment.name == "RIGHT":
        classes.append("paper-at-right")
    widths = [int(column.get(qn("w:w"), 0)) for column in table._tbl.tblGrid.iterchildren(qn("w:gridCol"))]
    columns = "".join(f'<col class="paper-part-{_parts(width, sum(widths))}">' for width in widths) if len(widths) > 1 else ""
    rows = "\n".join(f"<tr>{''.join(_cells(row))}</tr>" for row in table.rows)
    named = " ".join(classes) + ("" if "paper-grid" in classes else '" role="presentation')
    return f'<table class="{named}"><colgroup>{columns}</colgroup><tbody>\n{rows}\n</tbody></table>'


def _parts(width, whole):
    return min(PARTS, max(1, round(PARTS * width / whole))) if whole else PARTS


def _cells(row):
    known = {cell._tc: cell for cell in row.cells}
    # The lower part of a cell that goes over several rows is not among the known.
    cells = [(tc, known[tc]) for tc in row._tr.tc_lst if tc in known]
    labels = [all(paragraph.style.name == LABEL for paragraph in cell.paragraphs) for _, cell in cells]
    for (tc, cell), label in zip(cells, labels, strict=True):
        tag = "th" if label else "td"
        told = {"scope": ("col" if all(labels) else "row") if label else 1, "colspan": tc.grid_span, "rowspan": tc.bottom - tc.top}
        named = "".join(f' {name}="{value}"' for name, value in told.items() if value != 1)
        yield f"<{tag}{named}>{''.join(_blocks(cell))}</{tag}>"
