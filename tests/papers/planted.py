"""Faults that a page must not have unseen, each planted in a paper: {name: (the paper, what is done to its .docx)}."""

import io

from docx import Document
from docx.shared import Mm, Pt


def _paragraph_lost(document):
    text = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "公文正文" and paragraph.text]
    shortest = min(text, key=lambda paragraph: len(paragraph.text))
    shortest._p.getparent().remove(shortest._p)


def _margin_wider(document):
    document.sections[0].left_margin += Mm(5)


def _title_larger(document):
    document.styles["公文标题"].font.size += Pt(2)


def _title_moved(document):
    (title,) = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "公文标题"]
    title.paragraph_format.space_before += Pt(6)


def _page_broken_earlier(document):
    (heading,) = [paragraph for paragraph in document.paragraphs if paragraph.text == "二、整改责任"]
    heading._p.getprevious().getprevious().get_or_add_pPr()._add_pageBreakBefore()


def _seal_moved(document):
    (seal,) = [table for table in document.tables if "此处加盖" in table.cell(0, 0).text]
    seal.alignment = 0


PLANTED = {
    "a line lost": ("penalty_decision_unit", _paragraph_lost),
    "a margin 5 mm wider": ("service_receipt", _margin_wider),
    "a title 2 points larger": ("urging_letter", _title_larger),
    "a title 2 mm lower": ("urging_letter", _title_moved),
    "a page that ends earlier": ("hazard_notice_letter", _page_broken_earlier),
    "a seal on the left": ("closure_approval", _seal_moved),
}


def planted(papers):
    """{name: bytes of a .docx} with each fault, made of `papers`."""
    made = {}
    for fault, (name, plant) in PLANTED.items():
        document, content = Document(io.BytesIO(papers[name])), io.BytesIO()
        plant(document)
        document.save(content)
        made[fault.replace(" ", "_")] = content.getvalue()
    return made
