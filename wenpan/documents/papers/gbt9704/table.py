"""Tables of an official paper: ruled, header repeated, numbers to the right, within the type area.

Pure. Widths are in mm and must not exceed 156 together; ValueError otherwise. 小五 (9 pt) in
lines of 14 pt; a row is never split over two pages. The imprint (版记) is a table of rules only.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsmap, qn
from docx.shared import Mm, Pt

from wenpan.documents.papers.gbt9704 import wordprocessing_xml as xml
from wenpan.documents.papers.paper import Imprint, PaperTable
from wenpan.documents.words.numbers import full_width
from wenpan.economy.figures.quantities import MISSING

TABLE_STYLE = "Table Grid"
TYPE_AREA = 156  # mm
_LEAST_HEIGHT = 5.5  # mm
_IMPRINT_LINE = 28  # points
_IMPRINT_WIDE = 29  # characters of 14 pt in a line of it
_CELL_MARGIN = 40  # twips, 0.7 mm


def add_table(document: Any, table: PaperTable) -> None:
    if sum(table.widths) > TYPE_AREA:
        raise ValueError(f"表格宽{sum(table.widths)}毫米, 超过版心{TYPE_AREA}毫米")
    if any(len(row) != len(table.widths) for row in (table.headers, *table.rows)):
        raise ValueError("表格各行的栏数与栏宽不一致")
    grid = document.add_table(rows=0, cols=len(table.widths), style=TABLE_STYLE)
    _frame(grid, table.widths)
    _header(grid, table.widths, table.headers)
    if table.rows:
        _rows(grid, table)


def _frame(grid: Any, widths: tuple[int, ...]) -> None:
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid.autofit = False
    properties = grid._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    xml.ordered(
        properties, "tblW", ("jc", "tblBorders", "tblLayout", "tblCellMar", "tblLook"),
        w=round(sum(widths) * 56.7), type="dxa",
    )  # fmt: skip
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        xml.child(margins, side, w=_CELL_MARGIN, type="dxa")
    look = properties.find(qn("w:tblLook"))
    look.addprevious(margins) if look is not None else properties.append(margins)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)


def _header(grid: Any, widths: tuple[int, ...], headers: tuple[str, ...]) -> None:
    row = grid.add_row()
    row.height = Mm(_LEAST_HEIGHT)
    properties = row._tr.get_or_add_trPr()
    xml.child(properties, "cantSplit")
    xml.child(properties, "tblHeader")
    for cell, width, words in zip(row.cells, widths, headers, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph._p.style = "公文表头"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if words:
            paragraph.add_run(words)


def _rows(grid: Any, table: PaperTable) -> None:
    """All rows at once: a list of 20,000 rows takes a second instead of twenty."""
    words = {column: _cell(width, _side(column, table)) for column, width in enumerate(table.widths)}
    empty = {column: _cell(width, "center") for column, width in enumerate(table.widths)}
    parts, made = [f'<w:body xmlns:w="{nsmap["w"]}">'], [dict[str, str]() for _ in table.widths]
    for row in table.rows:
        parts.append(_ROW_START)
        for column, span in enumerate(row):
            if (cell := made[column].get(span.text)) is None:  # units, days and states repeat
                text = span.text if span.text.isprintable() else _CONTROL.sub(" ", span.text)
                of = empty if text == MISSING and column in table.numeric else words
                run = f"<w:r><w:t{_kept(text)}>{escape(text)}</w:t></w:r>" if text else ""
                cell = made[column][span.text] = run.join(of[column])
            parts.append(cell)
        parts.append("</w:tr>")
    parts.append("</w:body>")
    grid._tbl.extend(list(parse_xml("".join(parts))))


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # no XML, pasted from anywhere
_ROW_START = f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{round(_LEAST_HEIGHT * 56.7)}"/></w:trPr>'


def _cell(width: int, side: str) -> tuple[str, str]:
    """What stands before and after the run of a cell."""
    before = (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{round(width * 56.7)}"/><w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="公文表文"/><w:jc w:val="{side}"/></w:pPr>'
    )
    return before, "</w:p></w:tc>"


def _kept(text: str) -> str:
    return ' xml:space="preserve"' if text != text.strip() else ""


def _side(column: int, table: PaperTable) -> str:
    if column in table.text:
        return "left"
    return "right" if column in table.numeric else "center"


def add_imprint(document: Any, imprint: Imprint, at_foot_by: Any = None, *, measured: bool = False) -> None:
    """版记: copies to, printed by and on, between rules, 4号仿宋, one character in from either side.

    `at_foot_by`: a paragraph of the last page; the imprint stands at that page's foot (GB/T 9704 7.4), in a
    box as high as its paragraphs; `measured`: as its lines, for a list of copies that needs several.
    """
    lines = [(f"抄送: {imprint.copies_to}。", "")] if imprint.copies_to else []
    if imprint.printed_by or imprint.printed_on:
        lines.append((imprint.printed_by, f"{imprint.printed_on}印发" if imprint.printed_on else ""))
    made: list[Any] = []
    for at, (left, right) in enumerate(lines):
        paragraph = document.add_paragraph()
        xml.exact_lines(paragraph.paragraph_format, _IMPRINT_LINE)
        paragraph.paragraph_format.space_before = Pt(14 if at == 0 and at_foot_by is None else 0)
        properties = paragraph._p.get_or_add_pPr()
        _rules(properties, top=at == 0, weight=12 if at in (0, len(lines) - 1) else 6)
        xml.indent(properties, left=100, right=100, size=14)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TYPE_AREA - 5), alignment=2)
        run = paragraph.add_run(full_width(left) + (f"\t{right}" if right else ""))
        run.font.size = Pt(14)
        xml.fonts(run._r.get_or_add_rPr(), "仿宋_GB2312")
        made.append(paragraph)
    if imprint.copies:
        made.append(_copies(document, imprint.copies))
    if at_foot_by is not None and made:
        more = ceil(len(lines[0][0]) / _IMPRINT_WIDE) - 1 if measured and imprint.copies_to else 0
        height = _IMPRINT_LINE * (len(made) + more) + 4
        xml.at_foot(at_foot_by, made, width=TYPE_AREA / 25.4 * 72, height=height, name="版记")


def _copies(document: Any, copies: int) -> Any:
    """(共印50份), under the last rule, one character from the right edge."""
    paragraph = document.add_paragraph()
    xml.exact_lines(paragraph.paragraph_format, _IMPRINT_LINE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    xml.indent(paragraph._p.get_or_add_pPr(), right=100, size=14)
    run = paragraph.add_run(f"（共印{copies}份）")
    run.font.size = Pt(14)
    xml.fonts(run._r.get_or_add_rPr(), "仿宋_GB2312")
    return paragraph


def _rules(properties: Any, *, top: bool, weight: int) -> None:
    borders = OxmlElement("w:pBdr")
    for side in (["top"] if top else []) + ["bottom"]:
        xml.child(borders, side, val="single", sz=weight, space=1, color="000000")
    for sibling in properties:
        if sibling.tag in {qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc")}:
            sibling.addprevious(borders)
            return
    properties.append(borders)
