"""The ledger as an Excel sheet, to be printed on A3 across: its head stays on the screen and comes again on every page."""

import re
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from cases import ledger_columns
from engine.domain.people import ZONE

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What Excel, or whoever makes a CSV of it, takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
#: No sheet may hold these.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: As many characters as Excel lets a cell hold.
LONGEST = 32_000
_LINE = Side(style="thin", color="FFD5DAE1")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_TEXT = Alignment(vertical="top", wrap_text=True)
_HEAD = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FONT, _BOLD = Font("宋体", 10), Font("宋体", 10, bold=True)
_FILL = PatternFill("solid", "FFE6EDF6")


def write(columns, rows, name, who, now):
    """A BytesIO of the sheet: `rows` (dicts, one after another) under `columns`, with a running number before them.

    `name`: of the list; `who` takes it along at `now` (aware datetime), which stands at the foot of each page.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(f"{name}台账")
    _lay_out(page, columns, name, who, now)
    page.append([_head(page, label) for label in ("序号", *(column.label for column in columns))])
    count = 0
    for count, row in enumerate(rows, 1):
        page.append([cell(page, count), *(cell(page, ledger_columns.value(column, row)) for column in columns)])
    page.auto_filter.ref = f"A1:{get_column_letter(len(columns) + 1)}{count + 1}"
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return content


def _lay_out(page, columns, name, who, now):
    page.freeze_panes = "B2"
    for number, width in enumerate((6, *(column.width for column in columns)), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.print_title_rows = "1:1"
    page.page_setup.paperSize, page.page_setup.orientation = Worksheet.PAPERSIZE_A3, Worksheet.ORIENTATION_LANDSCAPE
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6, header=0.3, footer=0.3)
    page.oddHeader.center.text = f"安全隐患整治{name}台账"
    page.oddFooter.left.text = f"{who.replace('&', '&&')} {now.astimezone(ZONE):%Y-%m-%d %H:%M} 导出"
    page.oddFooter.right.text = "第 &P 页，共 &N 页"


def _head(page, label):
    made = WriteOnlyCell(page, label)
    made.font, made.fill, made.alignment, made.border = _BOLD, _FILL, _HEAD, _BORDER
    return made


def cell(page, told):
    """A cell of what `ledger_columns.value` gives. A text is a text, however it begins, and stays one when it is edited."""
    if isinstance(told, str):
        told = _CONTROL.sub("", told)[:LONGEST]
        made = WriteOnlyCell(page, told)
        made.data_type = "s"  # openpyxl makes a formula of what begins with =
        made.quotePrefix = told.startswith(_FORMULA)
    elif isinstance(told, datetime):
        made = WriteOnlyCell(page, told.astimezone(ZONE).replace(tzinfo=None))
        made.number_format = "yyyy-mm-dd"
    else:
        made = WriteOnlyCell(page, told)
    made.font, made.alignment, made.border = _FONT, _TEXT, _BORDER
    return made
