"""Tables of an official paper: ruled, header repeated, numbers to the right, within the type area.

Pure. Widths are in mm and must not exceed 156 together; ValueError otherwise. 小五 (9 pt) in
lines of 14 pt; a row is never split over two pages. The imprint (版记) is a table of rules only.
"""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from wenpan.documents import docx_xml as xml
from wenpan.documents.numbers import MISSING, full_width
from wenpan.documents.paper import Imprint, Table

TYPE_AREA = 156  # mm
_LEAST_HEIGHT = 5.5  # mm
_CELL_MARGIN = 40  # twips, 0.7 mm
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def add_table(document: Any, table: Table) -> None:
    if sum(table.widths) > TYPE_AREA:
        raise ValueError(f"表格宽{sum(table.widths)}毫米, 超过版心{TYPE_AREA}毫米")
    if any(len(row) != len(table.widths) for row in (table.headers, *table.rows)):
        raise ValueError("表格各行的栏数与栏宽不一致")
    grid = document.add_table(rows=0, cols=len(table.widths), style="Table Grid")
    _frame(grid, table.widths)
    _row(grid, table.widths, [(words, _CENTRE) for words in table.headers], header=True)
    for row in table.rows:
        sides = [_side(span.text, at, table) for at, span in enumerate(row)]
        cells = list(zip((span.text for span in row), sides, strict=True))
        _row(grid, table.widths, cells, header=False)


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


def _row(grid: Any, widths: tuple[int, ...], cells: list[tuple[str, Any]], *, header: bool) -> None:
    row = grid.add_row()
    row.height = Mm(_LEAST_HEIGHT)
    properties = row._tr.get_or_add_trPr()
    xml.child(properties, "cantSplit")
    if header:
        xml.child(properties, "tblHeader")
    for cell, width, (words, side) in zip(row.cells, widths, cells, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph._p.style = "公文表头" if header else "公文表文"
        paragraph.alignment = side
        if words:
            paragraph.add_run(words)


def _side(words: str, column: int, table: Table) -> WD_ALIGN_PARAGRAPH:
    if column in table.text:
        return WD_ALIGN_PARAGRAPH.LEFT
    return WD_ALIGN_PARAGRAPH.RIGHT if column in table.numeric and words != MISSING else _CENTRE


def add_imprint(document: Any, imprint: Imprint) -> None:
    """版记: copies to, printed by and on, between rules, 4号仿宋, one character in from either side."""
    lines = [(f"抄送: {imprint.copies_to}。", "")] if imprint.copies_to else []
    if imprint.printed_by or imprint.printed_on:
        lines.append((imprint.printed_by, f"{imprint.printed_on}印发" if imprint.printed_on else ""))
    for at, (left, right) in enumerate(lines):
        paragraph = document.add_paragraph()
        xml.exact_lines(paragraph.paragraph_format, 28)
        properties = paragraph._p.get_or_add_pPr()
        _rules(properties, top=at == 0, weight=12 if at in (0, len(lines) - 1) else 6)
        xml.indent(properties, left=100, right=100, size=14)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TYPE_AREA - 5), alignment=2)
        run = paragraph.add_run(full_width(left) + (f"\t{right}" if right else ""))
        run.font.size = Pt(14)
        xml.fonts(run._r.get_or_add_rPr(), "仿宋_GB2312")


def _rules(properties: Any, *, top: bool, weight: int) -> None:
    borders = OxmlElement("w:pBdr")
    for side in (["top"] if top else []) + ["bottom"]:
        xml.child(borders, side, val="single", sz=weight, space=1, color="000000")
    for sibling in properties:
        if sibling.tag in {qn(f"w:{name}") for name in ("shd", "tabs", "spacing", "ind", "jc")}:
            sibling.addprevious(borders)
            return
    properties.append(borders)
